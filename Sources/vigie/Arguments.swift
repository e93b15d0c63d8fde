/// The words after a command: `--name value`, `--flag`, and the rest in order.
struct Arguments {
    private var options: [String: [String]] = [:]
    private(set) var rest: [String] = []
    private let flags: Set<String>

    init(_ words: [String], flags: Set<String>) throws {
        self.flags = flags
        var words = words[...]
        while let word = words.popFirst() {
            guard word.hasPrefix("--"), word != "--" else {
                rest.append(word)
                continue
            }
            let name = String(word.dropFirst(2))
            if flags.contains(name) {
                options[name, default: []].append("")
            } else if let value = words.popFirst() {
                options[name, default: []].append(value)
            } else {
                throw CommandFailure(.usage, "--\(name) needs a value")
            }
        }
    }

    func has(_ flag: String) -> Bool { options[flag] != nil }

    func value(_ name: String) -> String? { options[name]?.last }

    func values(_ name: String) -> [String] { options[name] ?? [] }

    /// Refuses options that the command does not have.
    func allow(_ names: Set<String>) throws {
        let unknown = options.keys.filter { !names.contains($0) && !flags.contains($0) }.sorted()
        guard let first = unknown.first else { return }
        let known = names.union(flags).sorted().map { "--\($0)" }.joined(separator: ", ")
        throw CommandFailure(
            .usage,
            "there is no option --\(first); known: \(known.isEmpty ? "none" : known)"
        )
    }
}
