import Foundation

/// Names of Swift made of words that devices and topics use.
enum SwiftName {
    /// `ENERGY.Power` as `energyPower`: for a property or a constant.
    static func property(_ text: String) -> String {
        let words = words(of: text)
        guard let first = words.first else { return "value" }
        // A word all in capitals is one word, and not a row of letters.
        let head =
            first.allSatisfy { !$0.isLowercase }
            ? first.lowercased() : first.prefix(1).lowercased() + first.dropFirst()
        let name = head + words.dropFirst().map(capitalised).joined()
        if reserved.contains(name) { return name + "Value" }
        return name.first?.isNumber == true ? "value" + name : name
    }

    /// `elevator status` as `ElevatorStatus`: for a type.
    static func type(_ text: String) -> String {
        let name = words(of: text).map(capitalised).joined()
        guard let first = name.first else { return "DeviceReading" }
        return first.isNumber ? "Device" + name : name
    }

    /// The first name that is not taken: with a number behind it if need be.
    static func free(_ name: String, _ taken: inout Set<String>) -> String {
        var (free, number) = (name, 2)
        while !taken.insert(free).inserted {
            free = "\(name)\(number)"
            number += 1
        }
        return free
    }

    private static func words(of text: String) -> [String] {
        // `Départ` as `Depart`: the accents are signs of their own then.
        let plain = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        return String(String.UnicodeScalarView(plain))
            .split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.map(String.init)
    }

    private static func capitalised(_ word: String) -> String {
        word.prefix(1).uppercased()
            + (word.allSatisfy { !$0.isLowercase } ? word.dropFirst().lowercased() : String(word.dropFirst()))
    }

    private static let reserved: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum",
        "extension", "fallthrough", "false", "fields", "for", "func", "guard", "if", "import", "in", "init",
        "inout", "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
        "return", "sample", "self", "static", "struct", "subscript", "super", "switch", "throw", "throws",
        "true", "try", "typealias", "var", "where", "while",
    ]
}
