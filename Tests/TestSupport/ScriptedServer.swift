import Foundation
import Glibc
import Synchronization

/// A real HTTP server on loopback whose every answer, and every misbehaviour, a test writes itself.
public final class ScriptedServer: Sendable {
    public struct Received: Sendable {
        public var method = ""
        public var target = ""
        public var headers: [(name: String, value: String)] = []
        public var body: [UInt8] = []

        public func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        public var text: String { String(decoding: body, as: UTF8.self) }

        /// The decoded items of the query.
        public var query: [String: String] {
            guard let mark = target.firstIndex(of: "?") else { return [:] }
            var items: [String: String] = [:]
            for item in target[target.index(after: mark)...].split(separator: "&") {
                let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count > 1 ? String(parts[1]).replacing("+", with: " ") : ""
                items[String(parts[0])] = value.removingPercentEncoding ?? "undecodable: \(value)"
            }
            return items
        }

        /// The bytes of a query item that is not text.
        public func queryBytes(_ name: String) -> [UInt8] {
            guard let start = target.range(of: "\(name)=")?.upperBound else { return [] }
            var bytes: [UInt8] = []
            var rest = target[start...].prefix { $0 != "&" }[...]
            while let first = rest.first {
                if first == "%", let byte = UInt8(rest.dropFirst().prefix(2), radix: 16) {
                    bytes.append(byte)
                    rest = rest.dropFirst(3)
                } else {
                    bytes.append(contentsOf: (first == "+" ? " " : String(first)).utf8)
                    rest = rest.dropFirst()
                }
            }
            return bytes
        }
    }

    /// One request's way back.
    public struct Reply: Sendable {
        let descriptor: Int32

        public func send(_ text: String) {
            let bytes = Array(text.utf8)
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }

        public func answer(_ status: Int, _ headers: [String] = [], body: String = "") {
            let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + headers
            send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        /// Waits until the caller gives up, for answers that never come.
        public func stall() {
            var byte: UInt8 = 0
            while recv(descriptor, &byte, 1, 0) > 0 {}
        }
    }

    private struct State {
        var received: [Received] = []
        var connections: Set<Int32> = []
        var opened = 0
        var isStopped = false
    }

    public let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let script: @Sendable (Received, Reply) -> Bool

    /// - Parameter script: answers one request; false closes the connection after it.
    public init(port: UInt16 = 0, _ script: @escaping @Sendable (Received, Reply) -> Bool) throws {
        self.script = script
        let (listener, chosen) = try Loopback.listen(port: Int(port))
        self.listener = listener
        self.port = UInt16(chosen)
        let thread = Thread { [self] in acceptAll() }
        thread.start()
    }

    public var url: String { "http://127.0.0.1:\(port)" }
    public var received: [Received] { state.withLock { $0.received } }
    public var connectionsOpened: Int { state.withLock { $0.opened } }

    public func stop() {
        state.withLock { state in
            state.isStopped = true
            for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
        }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func acceptAll() {
        while true {
            let descriptor = accept(listener, nil, nil)
            guard descriptor >= 0 else { return }
            let isStopped = state.withLock { state in
                state.connections.insert(descriptor)
                state.opened += 1
                return state.isStopped
            }
            if isStopped { shutdown(descriptor, Int32(SHUT_RDWR)) }
            Thread { [self] in serve(descriptor) }.start()
        }
    }

    private func serve(_ descriptor: Int32) {
        var buffer: [UInt8] = []
        while let request = read(descriptor, &buffer) {
            state.withLock { $0.received.append(request) }
            if !script(request, Reply(descriptor: descriptor)) { break }
        }
        _ = state.withLock { $0.connections.remove(descriptor) }
        close(descriptor)
    }

    private func read(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Received? {
        let blank = Array("\r\n\r\n".utf8)
        while true {
            if let end = buffer.firstRange(of: blank) {
                var request = Received()
                let head = String(decoding: buffer[..<end.lowerBound], as: UTF8.self)
                let lines = head.split(separator: "\r\n")
                let words = lines[0].split(separator: " ")
                request.method = String(words[0])
                request.target = String(words[1])
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                    request.headers.append(
                        (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
                    )
                }
                let length = request.header("Content-Length").flatMap { Int($0) } ?? 0
                if buffer.count >= end.upperBound + length {
                    request.body = Array(buffer[end.upperBound..<end.upperBound + length])
                    buffer.removeFirst(end.upperBound + length)
                    return request
                }
            }
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk[..<count]
        }
    }
}
