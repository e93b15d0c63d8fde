/// A payload that is one value: a number with or without a unit (`21.5`, `230 V`), a switch's word (`ON`, `true`), or a
/// short text. The name is the last level of the topic and the subject what stands before it: `21.5` on
/// `hall/ground/temperature` is the temperature of `hall/ground`. A subject that an envelope has named stays.
public struct PlainDecoder: MessageDecoder {
    public static let name = "plain"
    /// The longest text and the longest unit, in bytes.
    public static let textLimit = 255
    public static let unitLimit = 16

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard message.payload.isUTF8, message.topic.isUTF8 else { throw .notUTF8 }
        let value = NumberText.trimmed(message.payload)
        guard !value.isEmpty else { throw .empty }
        let separator = message.topic.lastIndex(of: UInt8(ascii: "/"))
        let start = separator.map { $0 + 1 } ?? 0
        if readings.subject == .empty {
            readings.subject = readings.intern(
                UnsafeRawBufferPointer(rebasing: message.topic[..<(separator ?? 0)])
            )
        }
        let name = readings.intern(UnsafeRawBufferPointer(rebasing: message.topic[start...]))

        let split = value.firstIndex { !Self.isOfNumber($0) } ?? value.count
        let digits = UnsafeRawBufferPointer(rebasing: value[..<split])
        let unit = NumberText.trimmed(UnsafeRawBufferPointer(rebasing: value[split...]))
        if let number = NumberText.number(value) {
            readings.append(name, number)
        } else if Self.isUnit(unit), let number = NumberText.number(digits) {
            readings.append(name, number, unit: readings.intern(unit))
        } else if let flag = NumberText.flag(value, ["true", "on"], ["false", "off"]) {
            readings.append(name, flag: flag)
        } else {
            guard value.count <= Self.textLimit, !value.contains(where: { $0 < 0x20 }) else {
                throw .notUnderstood("a payload that is neither a value nor one short line of text")
            }
            readings.append(name, text: readings.intern(value))
        }
    }

    private static func isOfNumber(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "+")
    }

    /// `°C`, `%`, `m3/h`: begins with a letter or a sign, and has no digits but those of a square or a cube.
    private static func isUnit(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let first = text.first, text.count <= unitLimit else { return false }
        let isBegin = first | 0x20 &- UInt8(ascii: "a") < 26 || first == UInt8(ascii: "%") || first >= 0x80
        return isBegin
            && text.allSatisfy { byte in
                byte > 0x20
                    && (byte &- UInt8(ascii: "0") >= 10 || byte == UInt8(ascii: "2")
                        || byte == UInt8(ascii: "3"))
            }
    }
}
