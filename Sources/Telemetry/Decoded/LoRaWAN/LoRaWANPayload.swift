/// Messages whose payload is one LoRaWAN frame of a known type of device, without the envelope of a network server: as
/// bytes, or as a text of hexadecimal digits or Base64.
///
/// The subject is the last level of the topic. A payload that is text in both senses is taken for hexadecimal digits.
public struct LoRaWANPayload: MessageDecoder {
    public static let name = "lorawan"

    private let codec: any LoRaWANCodec
    private let port: UInt8?

    /// - Parameter port: of every frame; nil when it is not known.
    public init(_ codec: any LoRaWANCodec, port: UInt8? = nil) {
        self.codec = codec
        self.port = port
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard !message.payload.isEmpty else { throw .empty }
        guard message.topic.isUTF8 else { throw .notUTF8 }
        if let level = TopicParts(message.topic)[-1] { readings.subject = readings.intern(level) }
        let problem: FrameProblem? = Self.bytes(of: message.payload).withUnsafeBytes { bytes in
            do throws(FrameProblem) {
                try codec.decode(LoRaWANFrame(port: port, payload: bytes), into: &readings)
                return nil
            } catch {
                return error
            }
        }
        if let problem { throw .frame(problem) }
    }

    /// What a payload stands for, whichever way it is written.
    static func bytes(of payload: UnsafeRawBufferPointer) -> [UInt8] {
        let text = payload.filter { $0 != 0x20 && !(0x09...0x0D ~= $0) }
        let digits = text.compactMap(JSONScanner.hexadecimalDigit)
        if digits.count == text.count, digits.count % 2 == 0 {
            return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
        }
        var bytes: [UInt8] = []
        let isBase64 = text.withUnsafeBytes { Base64.decode($0, to: &bytes) }
        return isBase64 ? bytes : [UInt8](payload)
    }
}
