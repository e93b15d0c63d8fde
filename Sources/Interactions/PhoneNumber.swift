/// A telephone number in E.164, made from what people and gateways write. It never prints itself.
public struct PhoneNumber: Hashable, Sendable {
    /// `+33612345678`: for the gateway and for comparing, never for a log line.
    public let e164: String

    /// Reads a number as a person writes it: `+33 6 12 34 56 78`, `0033 612345678`, `+33 (0)6 12…`, and the
    /// national French forms `06 12 34 56 78` and `06.12.34.56.78`. Nil when it is no such number.
    public init?(_ text: String) {
        guard let written = Self.written(text) else { return nil }
        if written.isInternational {
            self.init(international: written.digits)
        } else if written.digits.hasPrefix("00") {
            self.init(international: String(written.digits.dropFirst(2)))
        } else if written.digits.hasPrefix("0"), written.digits.count == 10 {
            self.init(international: "33" + written.digits.dropFirst())
        } else {
            return nil
        }
    }

    /// Reads the sender of an incoming message: as above, and also without the leading `+` (`33612345678`), as
    /// some gateways write it. Nil for short codes and alphanumeric senders.
    public init?(sender text: String) {
        if let number = PhoneNumber(text) {
            self = number
            return
        }
        guard let written = Self.written(text), !written.isInternational, written.digits.count >= 10 else {
            return nil
        }
        self.init(international: written.digits)
    }

    /// 06 and 07: the numbers that can read a text message in metropolitan France.
    public var isFrenchMobile: Bool {
        e164.utf8.count == 12 && (e164.hasPrefix("+336") || e164.hasPrefix("+337"))
    }

    /// `…78`: enough for an operator to tell two numbers apart, too little to call one.
    public var masked: String {
        "…" + e164.suffix(2)
    }

    private init?(international digits: String) {
        var digits = digits
        if digits.hasPrefix("33") {
            // "+33 06…" is common; the 0 is the national prefix and no part of the number.
            if digits.hasPrefix("330"), digits.count == 12 { digits = "33" + digits.dropFirst(3) }
            guard digits.count == 11, !digits.hasPrefix("330") else { return nil }
        }
        guard (8...15).contains(digits.count), !digits.hasPrefix("0") else { return nil }
        e164 = "+" + digits
    }

    private static func written(_ text: String) -> (isInternational: Bool, digits: String)? {
        var digits = ""
        var isInternational = false
        // "+44 (0)20…" says: dial the 0 only within the country.
        for scalar in text.replacing("(0)", with: "").unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where digits.isEmpty && !isInternational: isInternational = true
            case " ", "\u{A0}", "\u{202F}", "\u{2009}", ".", "-", "\u{2011}", "/", "(", ")": continue
            default: return nil
            }
        }
        return digits.isEmpty ? nil : (isInternational, digits)
    }
}

extension PhoneNumber: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { masked }
    public var debugDescription: String { masked }
    public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
