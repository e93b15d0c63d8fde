/// Where a value is in a message, as Home Assistant's templates say it, as far as they only point at it.
///
/// Understood are `{{ value }}` and `{{ value_json.a.b }}`, also as `value_json['a'][0]`, with the filters `float`,
/// `int`, `round` and `is_defined`, which change how a number is shown and not what it is. Everything that calculates
/// or decides is not.
enum ValueTemplate {
    /// The path of the value, empty for the whole payload; nil for a template that is not understood.
    static func path(of template: String) -> String? {
        var text = template[...].trimmed
        guard text.hasPrefix("{{"), text.hasSuffix("}}"), text.count >= 4 else { return nil }
        text = text.dropFirst(2).dropLast(2)
        // `{{-` and `-}}` only say that spaces around them are not meant.
        if text.first == "-" { text = text.dropFirst() }
        if text.last == "-" { text = text.dropLast() }
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map(\.trimmed)
        guard let value = parts.first, parts.dropFirst().allSatisfy({ isHarmless($0) }) else { return nil }
        if value == "value" { return "" }
        guard value.hasPrefix("value_json") else { return nil }
        return levels(value.dropFirst("value_json".count))?.joined(separator: ".")
    }

    private static func isHarmless(_ filter: Substring) -> Bool {
        let name = filter.prefix { $0 != "(" }.trimmed
        let arguments = filter.dropFirst(name.count).trimmed
        guard arguments.isEmpty || (arguments.hasPrefix("(") && arguments.hasSuffix(")")) else {
            return false
        }
        return ["float", "int", "round", "is_defined"].contains(name)
            && arguments.allSatisfy { $0.isNumber || "(),.- ".contains($0) }
    }

    /// `.a['b'][0]` as its three levels; nil for anything else, and for no level at all.
    private static func levels(_ text: Substring) -> [String]? {
        var rest = text
        var levels: [String] = []
        while let first = rest.first {
            rest = rest.dropFirst()
            let level: Substring
            if first == "." {
                level = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                rest = rest.dropFirst(level.count)
            } else if first == "[", let end = rest.firstIndex(of: "]") {
                guard let inside = unquoted(rest[..<end].trimmed) else { return nil }
                level = inside
                rest = rest[rest.index(after: end)...]
            } else {
                return nil
            }
            guard !level.isEmpty else { return nil }
            levels.append(String(level))
        }
        return levels.isEmpty ? nil : levels
    }

    /// A name in quotes of either kind, or a place in a list.
    private static func unquoted(_ text: Substring) -> Substring? {
        if !text.isEmpty, text.allSatisfy(\.isNumber) { return text }
        guard text.count > 2, let quote = text.first, quote == "'" || quote == "\"", text.last == quote else {
            return nil
        }
        let inside = text.dropFirst().dropLast()
        return inside.contains(quote) || inside.contains("\\") ? nil : inside
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" }
        var text = drop(while: isSpace)
        while let last = text.last, isSpace(last) { text = text.dropLast() }
        return text
    }
}
