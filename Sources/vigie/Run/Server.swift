import Console
import Delivery
import Foundation
import Interactions
import PipelineKit
import Telemetry
import Units

/// The HTTP server of `vigie run`: figures, health, and what gateways and the CRM call.
struct Server {
    private let http: HTTPServer

    var port: UInt16 { http.port }

    /// - Parameter confirm: hears of each text that a gateway says something of.
    init(
        _ address: (address: String, port: UInt16),
        _ settings: Settings,
        _ pipelines: PipelineSet,
        inbox: Inbox,
        figures: Figures,
        clock: RunClock,
        confirm: @escaping @Sendable (_ id: String, _ sink: String) -> Void
    ) throws {
        var routes = StatusRoutes.routes(
            metrics: { figures.metrics },
            isAlive: { figures.isAlive },
            obstacles: { figures.obstacles }
        )
        if let token = try settings.secret(.hookTokenFile) {
            guard let kannel = Self.kannelRoutes(token, inbox, clock, confirm) else {
                throw CommandFailure(
                    .configuration,
                    "\(Setting.hookTokenFile.name): a token has 16 bytes or more"
                )
            }
            routes += kannel
        }
        if let secret = try settings.secret(.hookSecretFile) {
            guard let signature = RequestSignature(secret: [UInt8](secret.utf8)) else {
                throw CommandFailure(
                    .configuration,
                    "\(Setting.hookSecretFile.name): a secret has 16 bytes or more"
                )
            }
            let desk = HookDesk(
                database: settings.database,
                pipelines,
                reporting: Sinks.gateways,
                inbox: inbox,
                clock: clock
            )
            routes += desk.routes(signedWith: signature, within: .minutes(5))
        }
        http = try HTTPServer(
            HTTPServer.Settings(address: address.address, port: address.port),
            routes: routes
        )
    }

    func stop() { http.stop() }

    private static func kannelRoutes(
        _ token: String,
        _ inbox: Inbox,
        _ clock: RunClock,
        _ confirm: @escaping @Sendable (_ id: String, _ sink: String) -> Void
    ) -> [Route]? {
        KannelHooks.routes(token: token, clock: { clock.now() }) { receipt in
            // Texts that were handed over before there were two gateways do not name theirs.
            let sink = receipt.sink.isEmpty ? "kannel" : receipt.sink
            confirm(receipt.id, sink)
            guard let outcome = receipt.outcome.final else { return true }
            let entry = Entry.receipt(
                Receipt(
                    id: receipt.id,
                    sink: sink,
                    outcome: outcome,
                    detail: receipt.detail,
                    at: receipt.at
                )
            )
            let id = "\(receipt.id) \(receipt.outcome.rawValue)"
            return inbox.deliver(.init(entry: entry, source: "\(sink)-dlr", id: id))
        } reply: { reply in
            let entry = Entry.reply(Reply(id: reply.id, from: reply.from, text: reply.text, at: reply.at))
            return inbox.deliver(.init(entry: entry, source: "kannel-mo", id: reply.id))
        }
    }
}

extension InboundReceipt.Outcome {
    /// What it means for the notice; nil while nothing is decided.
    var final: Receipt.Outcome? {
        switch self {
        case .delivered: .delivered
        case .failed, .refused: .failed
        case .accepted, .buffered: nil
        }
    }
}
