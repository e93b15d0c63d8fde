import Console
import Foundation
import Interactions
import Synchronization
import TestSupport
import Units

@testable import Delivery

/// A real Kannel between an operator of the test and our own hooks.
final class KannelRig {
    /// What has come out of Kannel, on our side.
    final class Outcome: Sendable {
        let receipts = Mutex<[InboundReceipt]>([])
        let replies = Mutex<[InboundReply]>([])
        let repliesToRefuse = Mutex(0)
        /// Hears of each receipt.
        let window = Mutex<SendWindow?>(nil)

        func receipts(for id: String) -> Set<InboundReceipt.Outcome> {
            receipts.withLock { Set($0.filter { $0.id == id }.map(\.outcome)) }
        }
    }

    let outcome = Outcome()
    private let hooks: HTTPServer
    private let kannel: KannelServer

    private static let token = "a token for the hooks"

    /// - Parameter perSecond: how many messages a second the operator is given; nil: as many as there are.
    init(perSecond: Int? = nil) throws {
        hooks = try HTTPServer(routes: Self.hooks(outcome))
        kannel = try KannelServer(
            replies: "http://127.0.0.1:\(hooks.port)\(KannelHooks.replyPath)",
            token: Self.token,
            perSecond: perSecond
        )
    }

    /// What reached the operator, in order.
    var submitted: [KannelServer.Submitted] { kannel.submitted }

    private static func hooks(_ outcome: Outcome) -> [Route] {
        let routes = KannelHooks.routes(
            token: token,
            clock: { Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1e6)) },
            receipt: { receipt in
                outcome.receipts.withLock { $0.append(receipt) }
                outcome.window.withLock { _ = $0?.end(receipt.id) }
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

    func sink(password: String = KannelServer.password, window: SendWindow? = nil) -> KannelSink {
        KannelSink(
            name: "sms",
            settings: .init(
                url: kannel.sendURL,
                user: KannelServer.user,
                password: password,
                sender: KannelServer.sender,
                receipts: "http://127.0.0.1:\(hooks.port)\(KannelHooks.receiptPath)",
                receiptToken: Self.token,
                window: window
            ),
            transport: HTTPClient(limits: .init(connect: .seconds(2), total: .seconds(10)))
        )
    }

    func start() throws { try kannel.start() }

    func kill() { kannel.kill() }

    /// A person writes to our short code.
    func receiveReply(from: String, text: String) { kannel.receiveReply(from: from, text: text) }

    func stop() {
        kannel.stop()
        hooks.stop()
    }
}
