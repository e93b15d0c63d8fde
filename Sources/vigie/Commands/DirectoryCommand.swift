import Interactions
import PipelineKit
import Pipelines
import Store
import Telemetry

extension Command {
    static let directory = Command(
        name: "directory",
        summary: "imports and shows the sites, assets and people that Vigie knows",
        flags: ["json", "clear"],
        usage: """
            vigie directory import FILE.json|FOLDER
            vigie directory show [--json] [--clear] [ID]

            import reads one JSON document or a folder of CSV tables and tells all problems at once; with an error
            nothing is imported. What is imported replaces what was there, and is noted in the audit. Columns (*
            must be there); JSON has a list of objects for each table:

            \(indented(DirectoryImport.formats))

            show tells what is in force: all of it in numbers, or the asset, person or site with an id. --json
            prints JSON for programs. Telephone numbers are masked unless --clear is given, which is noted in the
            audit.

            Exit codes: 0 done, 65 the directory has an error or the id is not in it, 74 a file cannot be read.
            """,
        example: "vigie directory import customers/"
    ) { arguments in
        let action = try arguments.action(of: ["import", "show"])
        guard action == "show" else {
            guard arguments.rest.count == 2, !arguments.has("json"), !arguments.has("clear") else {
                throw CommandFailure(.usage, "import takes one FILE.json or FOLDER and no option")
            }
            try arguments.allow([])
            return try Operator().importDirectory(from: arguments.rest[1])
        }
        try arguments.allow([])
        guard arguments.rest.count <= 2 else { throw CommandFailure(.usage, "show takes one ID, or none") }
        try show(arguments.rest.dropFirst().first, arguments, by: Operator())
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    }

    private static func show(_ id: String?, _ arguments: Arguments, by person: Operator) throws {
        let isClear = arguments.has("clear")
        let store = try person.store(isClear ? .readWrite : .readOnly)
        if try store.isDirectoryWaiting() {
            Terminal.say("a newer directory waits for the running process and is not shown")
        }
        guard let stored = try store.directory() else {
            throw CommandFailure(.data, "there is no directory yet; see vigie directory import")
        }
        var directory = try Directory(json: stored.json)
        if isClear {
            try person.audit("directory show clear", on: id ?? "all", in: store)
        } else {
            directory.maskNumbers()
        }
        let view = DirectoryView(directory)
        if let id {
            let found = try view.records(of: id)
            guard !found.isEmpty else {
                throw CommandFailure(.data, "\"\(id)\" is no asset, person or site of the directory")
            }
            for record in found { Terminal.print(arguments.has("json") ? "\(record.json)" : record.text) }
        } else if arguments.has("json") {
            Terminal.print(String(decoding: directory.json, as: UTF8.self))
        } else {
            Terminal.print("directory of \(stored.at)\n\(view.overview)")
        }
    }
}

extension Operator {
    fileprivate func importDirectory(from path: String) throws {
        let (directory, found) = try DirectorySource.sound(path, zone: settings.zone)
        for role in directory.rolesMissing(for: allPipelines) {
            Terminal.say(
                "\(path): note: pipelines speak to \"\(role)\", and nobody has that role; "
                    + "such messages have no recipient"
            )
        }
        let problems = directory.escalationProblems(of: allPipelines)
        for problem in problems {
            Terminal.say("\(path): warning: \(problem)")
        }
        let entry = Entry.directory(at: SystemClock.read(), json: directory.json)
        try post(entry, to: storeOrNew(), as: "directory import", on: path)
        Terminal.say("\(found.summary(withWarnings: problems.count)); imported; \(Operator.whenTaken)")
    }
}

extension Directory {
    /// Roles that pipelines speak to and nobody has, in order.
    func rolesMissing(for pipelines: PipelineSet) -> [String] {
        let known = Set(relations.map(\.role))
        let asked = pipelines.pipelines.flatMap { pipeline in
            pipeline.plan.root.detectors.flatMap { $0.reactions.flatMap(\.roles) }
        }
        // Who wears a device or lives in a home is said by the asset and the person, not by a relation.
        let implied: Set<String> = [DirectoryIndex.Role.wearer, DirectoryIndex.Role.tenant]
        return Set(asked).subtracting(known).subtracting(implied).sorted()
    }
}

extension Directory {
    /// Escalations that would find nobody, each once.
    func escalationProblems(of pipelines: PipelineSet) -> [EscalationProblem] {
        var policies: [Escalation] = []
        for pipeline in pipelines.pipelines {
            for case .escalate(let policy, _, _) in pipeline.plan.root.detectors.flatMap(\.reactions)
            where !policies.contains(policy) {
                policies.append(policy)
            }
        }
        return policies.flatMap { $0.problems(in: self) }
    }
}

extension Store {
    /// Whether an imported directory has not been taken by the running process yet.
    func isDirectoryWaiting() throws -> Bool {
        try mail(limit: 1000).contains { if case .directory = $0.entry { true } else { false } }
    }
}
