import Foundation
import Glibc
import Synchronization

/// A stand-in for a broker, for what a real one does not show: refusing MQTT 5, sending as fast as it can.
///
/// It knows the five packets that a client needs to believe it, and serves connections one after the other.
public final class StandInBroker: Sendable {
    public struct Behaviour: Sendable {
        /// Answers CONNECT of MQTT 5 with MQTT 3.1.1's "unacceptable protocol version".
        public var refusesV5 = false
        /// The code of SUBACK for each filter.
        public var grant: @Sendable (String) -> UInt8 = { _ in 1 }
        /// What it sends after SUBACK, with QoS 1, without waiting for acknowledgements.
        public var messages = 0
        public var topic = "load/test"
        public var payload = [UInt8](repeating: 0x78, count: 150)
        /// Packets that it sends after SUBACK instead, as they are.
        public var packets: [UInt8] = []

        public init() {}
    }

    public struct Seen: Equatable, Sendable {
        /// The protocol level of each CONNECT: 4 is MQTT 3.1.1, 5 is MQTT 5.
        public var levels: [UInt8] = []
        public var cleanSessions: [Bool] = []
        public var filters: [String] = []
    }

    public let port: Int
    private let listener: Int32
    private let behaviour: Behaviour
    private let state = Mutex(Seen())
    private let connection = Mutex<Int32?>(nil)

    public init(_ behaviour: Behaviour) throws {
        let (descriptor, port) = try Loopback.listen()
        listener = descriptor
        self.port = port
        self.behaviour = behaviour
        let thread = Thread { [weak self, descriptor] in
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { return }
                guard let self else {
                    close(client)
                    return
                }
                self.serve(client)
            }
        }
        thread.start()
    }

    deinit { stop() }

    public var seen: Seen { state.withLock { $0 } }

    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        connection.withLock { if let client = $0 { shutdown(client, Int32(SHUT_RDWR)) } }
    }

    private func serve(_ client: Int32) {
        connection.withLock { $0 = client }
        defer {
            connection.withLock { $0 = nil }
            close(client)
        }
        var isV5 = false
        while let (command, body) = readPacket(client) {
            switch command & 0xF0 {
            case 0x10:
                guard body.count > 7 else { return }
                isV5 = body[6] == 5
                state.withLock {
                    $0.levels.append(body[6])
                    $0.cleanSessions.append(body[7] & 2 != 0)
                }
                if isV5, behaviour.refusesV5 {
                    send(client, [0x20, 2, 0, 1])
                    return
                }
                send(client, isV5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0])
            case 0x80:
                subscribe(client, body, isV5: isV5)
                if behaviour.messages > 0 { blast(client, isV5: isV5) }
                if !behaviour.packets.isEmpty { sendPackets(client) }
            case 0xA0: send(client, [0xB0, isV5 ? 3 : 2] + body[0..<2] + (isV5 ? [0] : []))
            case 0xC0: send(client, [0xD0, 0])
            case 0xE0: return
            default: continue
            }
        }
    }

    private func subscribe(_ client: Int32, _ body: [UInt8], isV5: Bool) {
        var position = isV5 ? 3 + Int(body[2]) : 2
        var codes: [UInt8] = []
        while position + 2 < body.count {
            let length = Int(body[position]) << 8 | Int(body[position + 1])
            let filter = String(decoding: body[(position + 2)..<(position + 2 + length)], as: UTF8.self)
            state.withLock { $0.filters.append(filter) }
            codes.append(behaviour.grant(filter))
            position += 3 + length
        }
        let head = body[0..<2] + (isV5 ? [0] : [])
        send(client, [0x90, UInt8(head.count + codes.count)] + head + codes)
    }

    /// Writes in large pieces and throws the acknowledgements away, so that only the client is measured.
    private func blast(_ client: Int32, isV5: Bool) {
        let topic = [UInt8](behaviour.topic.utf8)
        var sent = 0
        var trash = [UInt8](repeating: 0, count: 65_536)
        while sent < behaviour.messages {
            var piece: [UInt8] = []
            let end = min(sent + 512, behaviour.messages)
            for number in sent..<end {
                let id = number % 65_535 + 1
                let length = 2 + topic.count + 2 + (isV5 ? 1 : 0) + behaviour.payload.count
                piece.append(0x32)
                if length >= 128 {
                    piece += [UInt8(length & 127 | 128), UInt8(length >> 7)]
                } else {
                    piece.append(UInt8(length))
                }
                piece += [UInt8(topic.count >> 8), UInt8(topic.count & 255)] + topic
                piece += [UInt8(id >> 8), UInt8(id & 255)] + (isV5 ? [0] : []) + behaviour.payload
            }
            sent = end
            guard send(client, piece) else { return }
            while recv(client, &trash, trash.count, Int32(MSG_DONTWAIT)) > 0 {}
        }
    }

    private func sendPackets(_ client: Int32) {
        var trash = [UInt8](repeating: 0, count: 65_536)
        var rest = behaviour.packets[...]
        while !rest.isEmpty {
            guard send(client, [UInt8](rest.prefix(65_536))) else { return }
            rest = rest.dropFirst(65_536)
            while recv(client, &trash, trash.count, Int32(MSG_DONTWAIT)) > 0 {}
        }
    }

    @discardableResult
    private func send(_ client: Int32, _ bytes: [UInt8]) -> Bool {
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(
                    client,
                    $0.baseAddress! + position,
                    $0.count - position,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard count > 0 else { return false }
            position += count
        }
        return true
    }

    private func readPacket(_ client: Int32) -> (UInt8, [UInt8])? {
        guard let command = read(client, 1)?.first else { return nil }
        var length = 0
        var shift = 0
        while let byte = read(client, 1)?.first {
            length |= Int(byte & 127) << shift
            shift += 7
            if byte & 128 == 0 { return read(client, length).map { (command, $0) } }
        }
        return nil
    }

    private func read(_ client: Int32, _ count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var position = 0
        while position < count {
            let got = bytes.withUnsafeMutableBytes {
                recv(client, $0.baseAddress! + position, count - position, 0)
            }
            guard got > 0 else { return nil }
            position += got
        }
        return bytes
    }
}
