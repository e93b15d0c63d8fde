import Foundation
import Glibc
import Synchronization

/// A real HTTP server on loopback whose every answer, and every misbehaviour, a test writes itself.
final class ScriptedServer: Sendable {
    struct Received: Sendable {
        var method = ""
        var target = ""
        var headers: [(name: String, value: String)] = []
        var body: [UInt8] = []

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The decoded items of the query.
        var query: [String: String] {
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
        func queryBytes(_ name: String) -> [UInt8] {
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
    struct Reply: Sendable {
        let descriptor: Int32

        func send(_ text: String) {
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

        func answer(_ status: Int, _ headers: [String] = [], body: String = "") {
            let lines = ["HTTP/1.1 \(status) Scripted", "Content-Length: \(body.utf8.count)"] + headers
            send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        }

        /// Waits until the caller gives up, for answers that never come.
        func stall() {
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

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())
    private let script: @Sendable (Received, Reply) -> Bool

    /// - Parameter script: answers one request; false closes the connection after it.
    init(port: UInt16 = 0, _ script: @escaping @Sendable (Received, Reply) -> Bool) throws {
        self.script = script
        (listener, self.port) = try Loopback.listen(port: port)
        let thread = Thread { [self] in acceptAll() }
        thread.start()
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var received: [Received] { state.withLock { $0.received } }
    var connectionsOpened: Int { state.withLock { $0.opened } }

    func stop() {
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

enum Loopback {
    struct NoPort: Error { let code: Int32 }

    static func listen(port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var reuse: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &reuse, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> Int32 in
                guard bind(descriptor, address, size) == 0, Glibc.listen(descriptor, 512) == 0 else {
                    return errno
                }
                return getsockname(descriptor, address, &size) == 0 ? 0 : errno
            }
        }
        guard code == 0 else {
            close(descriptor)
            throw NoPort(code: code)
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Ports that nobody listens on, chosen by the system all at once so that they differ.
    static func freePorts(_ count: Int) throws -> [UInt16] {
        let listeners = try (0..<count).map { _ in try listen(port: 0) }
        for listener in listeners { close(listener.descriptor) }
        return listeners.map(\.port)
    }
}
