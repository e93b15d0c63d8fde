import Foundation
import Glibc

/// One HTTP request to a server on loopback, without any code of the project in between.
public enum LoopbackHTTP {
    public struct Answer: Sendable {
        public let status: Int
        public let body: String
    }

    /// - Returns: nil when nobody listens or no whole answer came within `seconds`.
    public static func call(
        _ method: String = "GET",
        _ port: UInt16,
        _ target: String,
        headers: [String] = [],
        body: String = "",
        within seconds: Int = 15
    ) -> Answer? {
        guard let descriptor = Loopback.connect(to: Int(port)) else { return nil }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let head = ["\(method) \(target) HTTP/1.1", "Host: 127.0.0.1:\(port)", "Connection: close"]
        let lines = head + headers + ["Content-Length: \(body.utf8.count)"]
        ScriptedServer.Reply(descriptor: descriptor).send(lines.joined(separator: "\r\n") + "\r\n\r\n" + body)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count >= 0 else { return nil }
            if count == 0 { break }
            bytes += chunk[..<count]
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n"),
            let status = text.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return nil }
        return Answer(status: status, body: String(text[end.upperBound...]))
    }

    /// A value in a query.
    public static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
