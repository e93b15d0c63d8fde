/// What a device sent, as its network server passes it on; valid only during the call.
public struct LoRaWANFrame {
    /// The port; nil where the server leaves it out.
    public var port: UInt8?
    public var payload: UnsafeRawBufferPointer

    public init(port: UInt8?, payload: UnsafeRawBufferPointer) {
        self.port = port
        self.payload = payload
    }
}

/// The frames of one family of devices.
public protocol LoRaWANCodec: Sendable {
    /// Appends what the frame says.
    ///
    /// `readings` already has the subject and, in `at` and `clock`, when the network took the frame in: stored
    /// values are counted back from there and marked as historical. Both are as before afterwards.
    ///
    /// - Throws: why it cannot be read. What was appended before is then not to be used.
    func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem)
}

extension LoRaWANCodec {
    /// The port, when it is one of those the family sends on; without one nothing is refused.
    func check(_ frame: LoRaWANFrame, ports: ClosedRange<UInt8>) throws(FrameProblem) {
        guard let port = frame.port, !ports.contains(port) else { return }
        let expected = ports.count == 1 ? "\(ports.lowerBound)" : "\(ports.lowerBound) to \(ports.upperBound)"
        throw .unexpectedPort(port, expected: expected)
    }
}
