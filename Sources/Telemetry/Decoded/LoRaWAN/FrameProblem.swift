/// Why the bytes of a LoRaWAN frame did not become readings.
public enum FrameProblem: Error, Hashable, Sendable {
    /// A frame without bytes: the device answered the network and said nothing.
    case empty
    /// No codec for this maker, or not for this model of it.
    case unknownDevice(maker: String, model: String)
    case unexpectedPort(UInt8, expected: String)
    case tooShort(bytes: Int, expected: Int)
    /// A report, channel or command that is not in the family's table.
    case unknownCode(UInt32, of: String, offset: Int)
    /// A byte that the family's document does not allow there.
    case notAllowed(offset: Int, expected: String)

    /// The stable word for counters.
    public var reason: String {
        switch self {
        case .empty: "empty frame"
        case .unknownDevice: "unknown device"
        case .unexpectedPort: "unexpected port"
        case .tooShort: "frame too short"
        case .unknownCode: "unknown code"
        case .notAllowed: "not allowed"
        }
    }
}

extension FrameProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "the frame has no bytes"
        case .unknownDevice(let maker, let model):
            LoRaWANFamilies.makers.contains(maker.lowercased())
                ? "the model \"\(model)\" of \"\(maker)\" is not in our tables"
                : "no decoder for devices of \"\(maker)\"; known makers: "
                    + LoRaWANFamilies.makers.joined(separator: ", ")
        case .unexpectedPort(let port, let expected): "port \(port) is not used here: expected \(expected)"
        case .tooShort(let bytes, let expected):
            "the frame ends after \(bytes) bytes, \(expected) are needed for what it says it holds"
        case .unknownCode(let code, let kind, let offset):
            "byte \(offset): \(kind) 0x\(String(code, radix: 16)) is not in the table of this family"
        case .notAllowed(let offset, let expected): "byte \(offset): expected \(expected)"
        }
    }
}
