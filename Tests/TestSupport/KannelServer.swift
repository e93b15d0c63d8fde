import Foundation
import Glibc
import Synchronization

/// A real Kannel (bearerbox and smsbox) on loopback, before an operator that decides by the number's last two
/// digits: 01 refuses, 02 asks to come later once, 03 takes it and loses it, 04 takes it and never says another word, 05
/// says only after 20 s that it is delivered, anything else delivers.
public final class KannelServer {
    /// What the operator got of one part of a message.
    public struct Submitted: Sendable {
        public let to: String
        public let coding: String
        public let header: [UInt8]
        public let bytes: [UInt8]
        public let at = ContinuousClock.now

        public var ucs2: String {
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
    }

    public static let user = "iot"
    public static let password = "iotpw"
    /// The short code that texts come from and answers go to.
    public static let sender = "38000"

    private let folder: TestFolder
    private let ports: [UInt16]
    private let mobileOperator: ScriptedServer
    private var processes: [ServerProcess] = []
    private let taken: Taken
    private let replies: String
    private let token: String
    private let perSecond: Int?

    private final class Taken: Sendable {
        let parts = Mutex<[Submitted]>([])
    }

    /// - Parameters:
    ///   - replies: The address that Kannel calls with what people write, without a query.
    ///   - token: What such a call carries as its `token`.
    ///   - perSecond: How many messages a second the operator is given; nil: as many as there are.
    ///   - deliversAll: Whether the operator delivers to every number.
    public init(replies: String, token: String, perSecond: Int? = nil, deliversAll: Bool = false) throws {
        self.replies = replies
        self.token = token
        self.perSecond = perSecond
        folder = try TestFolder()
        try FileManager.default.createDirectory(
            atPath: folder.path("store"),
            withIntermediateDirectories: true
        )
        ports = try Loopback.freePorts(4)
        let taken = Taken()
        self.taken = taken
        let port = ports[3]
        mobileOperator = try ScriptedServer { request, reply in
            let to = request.query["to"] ?? ""
            let part = Submitted(
                to: to,
                coding: request.query["coding"] ?? "",
                header: request.queryBytes("udh"),
                bytes: request.queryBytes("text")
            )
            let earlier = taken.parts.withLock { parts in
                defer { parts.append(part) }
                return parts.count { $0.to == to }
            }
            let id = "m\(request.query["id"] ?? "")"
            switch deliversAll ? "" : to.suffix(2) {
            case "01": reply.answer(200, body: "refused unknown subscriber")
            case "02" where earlier == 0: reply.answer(200, body: "later throttled")
            case let digits:
                reply.answer(200, body: "ok <id>\(id)</id>")
                if digits == "04" { break }
                let mask = digits == "03" ? "2" : "1"
                let delay = digits == "05" ? 20.0 : 0.1
                Self.report(port, id: id, from: to, to: request.query["from"] ?? "", mask: mask, after: delay)
            }
            return true
        }
        try folder.write(configuration(), to: "kannel.conf")
    }

    /// What reached the operator, in order.
    public var submitted: [Submitted] { taken.parts.withLock { $0 } }

    /// Where texts are handed in.
    public var sendURL: String { "http://127.0.0.1:\(ports[2])/cgi-bin/sendsms" }

    /// Starts both boxes and waits until they take messages: a port that is open only says that they will.
    public func start() throws {
        try launch("bearerbox")
        guard eventually(within: 30, { status.contains("running") && Loopback.accepts(port: Int(ports[3])) })
        else { throw ServerFailure("bearerbox does not run:\n\(log("bearerbox"))") }
        try launch("smsbox")
        let isReady = eventually(within: 30) {
            status.contains("smsbox:") && LoopbackHTTP.call("GET", ports[2], "/", within: 1) != nil
        }
        guard isReady else { throw ServerFailure("smsbox takes no messages:\n\(log("smsbox"))") }
    }

    /// What bearerbox says of itself and of the boxes that it serves.
    private var status: String {
        LoopbackHTTP.call("GET", ports[0], "/status.txt?password=adminpw", within: 1)?.body ?? ""
    }

    /// Kills both boxes: the hard way, as a power cut would.
    public func kill() {
        for process in processes { process.end(with: SIGKILL) }
        processes = []
    }

    public func stop() {
        kill()
        mobileOperator.stop()
    }

    /// A person writes to our short code.
    public func receiveReply(from: String, text: String) {
        let items = [("from", from), ("to", Self.sender), ("text", text), ("charset", "UTF-8")]
        Self.call(ports[3], items)
    }

    /// The operator says what became of a message, some seconds after it took it.
    private static func report(
        _ port: UInt16,
        id: String,
        from: String,
        to: String,
        mask: String,
        after seconds: Double
    ) {
        DispatchQueue.global().asyncAfter(deadline: .now() + seconds) {
            let items = [("from", from), ("to", to), ("dlr-mid", id), ("dlr-mask", mask), ("text", "absent")]
            call(port, items)
        }
    }

    /// Without effect when Kannel was stopped meanwhile: a test that needs the call sees that nothing comes of it.
    private static func call(_ port: UInt16, _ items: [(String, String)]) {
        let all = [("username", "op"), ("password", "oppw")] + items
        let query = all.map { "\($0.0)=\(LoopbackHTTP.escaped($0.1))" }.joined(separator: "&")
        _ = LoopbackHTTP.call("GET", port, "/?\(query)")
    }

    private func launch(_ box: String) throws {
        processes.append(
            try ServerProcess(
                "/usr/sbin/\(box)",
                ["-v", "4", folder.path("kannel.conf")],
                output: URL(fileURLWithPath: "/dev/null")
            )
        )
    }

    private func log(_ box: String) -> String {
        FileManager.default.contents(atPath: folder.path("\(box).log")).map {
            String(decoding: $0, as: UTF8.self)
        }
            ?? "no \(box).log"
    }

    private func configuration() -> String {
        """
        group = core
        admin-port = \(ports[0])
        admin-interface = 127.0.0.1
        admin-password = adminpw
        smsbox-port = \(ports[1])
        smsbox-interface = 127.0.0.1
        box-deny-ip = "*.*.*.*"
        box-allow-ip = "127.0.0.1"
        log-file = "\(folder.path("bearerbox.log"))"
        log-level = 1
        store-type = spool
        store-location = "\(folder.path("store"))"
        dlr-storage = internal
        sms-resend-freq = 1
        sms-resend-retry = 20

        group = smsc
        smsc = http
        smsc-id = op
        system-type = generic
        port = \(ports[3])
        connect-allow-ip = "127.0.0.1"
        smsc-username = op
        smsc-password = oppw
        send-url = "\(mobileOperator.url)/mt?from=%P&to=%p&text=%b&coding=%c&udh=%u&id=%I"
        status-success-regex = "^ok"
        status-permfail-regex = "^refused"
        status-tempfail-regex = "^later"
        generic-foreign-id-regex = "<id>([^<]+)</id>"
        \(perSecond.map { "throughput = \($0)" } ?? "")

        group = smsbox
        bearerbox-host = 127.0.0.1
        sendsms-port = \(ports[2])
        sendsms-interface = 127.0.0.1
        sendsms-chars = "0123456789 +-"
        mo-recode = true
        log-file = "\(folder.path("smsbox.log"))"
        log-level = 1
        http-request-retry = 5
        http-queue-delay = 1

        group = sendsms-user
        username = \(Self.user)
        password = \(Self.password)
        concatenation = true
        max-messages = 6
        user-deny-ip = "*.*.*.*"
        user-allow-ip = "127.0.0.1"

        group = sms-service
        keyword = default
        catch-all = true
        accept-x-kannel-headers = false
        max-messages = 0
        omit-empty = true
        get-url = "\(replies)?\(replyQuery)"

        """
    }

    private var replyQuery: String {
        "from=%p&to=%P&text=%a&charset=%C&coding=%c&id=%I&token="
            + LoopbackHTTP.escaped(token).replacing("%", with: "%%")
    }
}
