import Console
import Foundation
import Glibc
import Interactions
import Synchronization
import Units

@testable import Delivery

/// A real Kannel (bearerbox and smsbox) on loopback, between an operator that decides by the number's last two
/// digits (01 refuses, 02 asks to come later once, 03 loses it, anything else delivers) and our own hooks.
final class KannelRig: Sendable {
    struct NotReady: Error { let log: String }

    /// What the operator got of one part of a message.
    struct Submitted: Sendable {
        let to: String
        let coding: String
        let header: [UInt8]
        let bytes: [UInt8]

        var ucs2: String {
            let units = stride(from: 0, to: bytes.count - 1, by: 2).map {
                UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
            }
            return String(decoding: units, as: UTF16.self)
        }
    }

    /// What has come out of Kannel, on either side.
    final class Outcome: Sendable {
        let submitted = Mutex<[Submitted]>([])
        let receipts = Mutex<[InboundReceipt]>([])
        let replies = Mutex<[InboundReply]>([])
        let repliesToRefuse = Mutex(0)

        func receipts(for id: String) -> Set<InboundReceipt.Outcome> {
            receipts.withLock { Set($0.filter { $0.id == id }.map(\.outcome)) }
        }
    }

    let outcome = Outcome()
    private let folder: String
    private let ports: [UInt16]
    private let hooks: HTTPServer
    private let mobileOperator: ScriptedServer
    private let processes = Mutex<[Process]>([])

    private static let token = "a token for the hooks"

    init() throws {
        folder = NSTemporaryDirectory() + "vigie-kannel-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder + "/store", withIntermediateDirectories: true)
        ports = try Loopback.freePorts(4)
        let outcome = outcome
        hooks = try HTTPServer(routes: Self.hooks(outcome))
        let smscPort = ports[3]
        mobileOperator = try ScriptedServer { request, reply in
            let to = request.query["to"] ?? ""
            let earlier = outcome.submitted.withLock { submitted in
                defer {
                    submitted.append(
                        Submitted(
                            to: to,
                            coding: request.query["coding"] ?? "",
                            header: request.queryBytes("udh"),
                            bytes: request.queryBytes("text")
                        )
                    )
                }
                return submitted.count { $0.to == to }
            }
            let id = "m\(request.query["id"] ?? "")"
            switch to.suffix(2) {
            case "01": reply.answer(200, body: "refused unknown subscriber")
            case "02" where earlier == 0: reply.answer(200, body: "later throttled")
            default:
                reply.answer(200, body: "ok <id>\(id)</id>")
                let mask = to.hasSuffix("03") ? "2" : "1"
                let from = request.query["from"] ?? ""
                Self.report(smscPort, id: id, from: to, to: from, mask: mask)
            }
            return true
        }
        try configuration().write(toFile: folder + "/kannel.conf", atomically: false, encoding: .utf8)
    }

    private static func hooks(_ outcome: Outcome) -> [Route] {
        let routes = KannelHooks.routes(
            token: token,
            clock: { Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) },
            receipt: { receipt in
                outcome.receipts.withLock { $0.append(receipt) }
                return true
            },
            reply: { reply in
                let isRefused = outcome.repliesToRefuse.withLock { count in
                    defer { count = max(0, count - 1) }
                    return count > 0
                }
                outcome.replies.withLock { $0.append(reply) }
                return !isRefused
            }
        )
        return routes ?? []
    }

    /// The operator says what became of a message, a moment after it took it.
    private static func report(_ port: UInt16, id: String, from: String, to: String, mask: String) {
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) {
            let items = [("from", from), ("to", to), ("dlr-mid", id), ("dlr-mask", mask), ("text", "absent")]
            call(port, items)
        }
    }

    private static func call(_ port: UInt16, _ items: [(String, String)]) {
        let all = [("username", "op"), ("password", "oppw")] + items
        let query = all.map { "\($0.0)=\(URIText.escaped($0.1))" }.joined(separator: "&")
        do {
            _ = try HTTPClient().send(HTTPRequest(.get, "http://127.0.0.1:\(port)/?\(query)"))
        } catch {
            // Kannel was stopped meanwhile; a test that needs this call sees that nothing comes of it.
        }
    }

    /// A person writes to our short code.
    func receiveReply(from: String, text: String) {
        Self.call(ports[3], [("from", from), ("to", "38000"), ("text", text), ("charset", "UTF-8")])
    }

    func sink(password: String = "iotpw") -> KannelSink {
        KannelSink(
            name: "sms",
            settings: .init(
                url: "http://127.0.0.1:\(ports[2])/cgi-bin/sendsms",
                user: "iot",
                password: password,
                sender: "38000",
                receipts: "http://127.0.0.1:\(hooks.port)\(KannelHooks.receiptPath)",
                receiptToken: Self.token
            ),
            transport: HTTPClient(limits: .init(connect: .seconds(2), total: .seconds(10)))
        )
    }

    /// Starts both boxes and waits until they take messages.
    func start() throws {
        try launch("/usr/sbin/bearerbox")
        guard eventually(within: 30, { isOpen(ports[1]) && isOpen(ports[3]) }) else { throw notReady() }
        try launch("/usr/sbin/smsbox")
        guard eventually(within: 30, { isOpen(ports[2]) }) else { throw notReady() }
    }

    /// Kills both boxes: the hard way, as a power cut would.
    func kill() {
        processes.withLock { processes in
            for process in processes {
                Glibc.kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
            processes = []
        }
    }

    func stop() {
        kill()
        mobileOperator.stop()
        hooks.stop()
        do {
            try FileManager.default.removeItem(atPath: folder)
        } catch {
            print("the folder of the test stays: \(error)")
        }
    }

    private func launch(_ path: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = ["-v", "4", folder + "/kannel.conf"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        processes.withLock { $0.append(process) }
    }

    private func isOpen(_ port: UInt16) -> Bool {
        do {
            _ = try HTTPClient(limits: .init(connect: .seconds(1), total: .milliseconds(200)))
                .send(HTTPRequest(.get, "http://127.0.0.1:\(port)/"))
            return true
        } catch {
            if case .outcomeUnknown = error { return true }
            return false
        }
    }

    private func notReady() -> NotReady {
        let log = ["bearerbox", "smsbox"].map { name in
            FileManager.default.contents(atPath: "\(folder)/\(name).log").map {
                String(decoding: $0, as: UTF8.self)
            }
                ?? "no \(name).log"
        }
        return NotReady(log: log.joined(separator: "\n"))
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
        log-file = "\(folder)/bearerbox.log"
        log-level = 1
        store-type = spool
        store-location = "\(folder)/store"
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

        group = smsbox
        bearerbox-host = 127.0.0.1
        sendsms-port = \(ports[2])
        sendsms-interface = 127.0.0.1
        sendsms-chars = "0123456789 +-"
        mo-recode = true
        log-file = "\(folder)/smsbox.log"
        log-level = 1
        http-request-retry = 5
        http-queue-delay = 1

        group = sendsms-user
        username = iot
        password = iotpw
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
        get-url = "http://127.0.0.1:\(hooks.port)\(KannelHooks.replyPath)?\(replyQuery)"

        """
    }

    private var replyQuery: String {
        "from=%p&to=%P&text=%a&charset=%C&coding=%c&id=%I&token="
            + URIText.escaped(Self.token).replacing("%", with: "%%")
    }
}
