import Delivery
import Foundation
import Interactions
import Synchronization
import TestSupport
import Testing
import Units

@testable import vigie

/// A gateway that answers when it is let.
private final class SlowGateway: HTTPTransport {
    private let begun = Mutex<[String]>([])
    private let turn = DispatchSemaphore(value: 0)

    /// The ids of the notices whose requests have begun, in order.
    var ids: [String] { begun.withLock { $0 } }

    func answer(_ count: Int) {
        for _ in 0..<count { turn.signal() }
    }

    func send(_ request: HTTPRequest) throws(HTTPFailure) -> HTTPResponse {
        let address = request.headers.first { $0.name == "X-Kannel-DLR-URL" }?.value ?? ""
        let id = address.split(separator: "id=").last?.prefix { $0 != "&" } ?? ""
        begun.withLock { $0.append(String(id)) }
        turn.wait()
        return HTTPResponse(status: 202, headers: [], body: [])
    }
}

@Suite("A fall among many", .timeLimit(.minutes(2)))
struct OvertakingTests {
    private static let threads = 4

    private static func tenant(_ number: Int) -> Directory.Person {
        Directory.Person(id: "P\(number)", name: "Tenant", phone: "+336\(10_000_000 + number)")
    }

    private static func notice(_ id: String, to person: String, _ urgency: Notice.Urgency) -> Effect {
        .notice(
            Notice(
                id: id,
                key: "CASE_\(id)",
                phase: "begins",
                recipient: person,
                role: "tenant",
                urgency: urgency,
                privacy: .technical,
                text: "Ascenseur en panne",
                language: .french,
                expectsReply: false,
                pipeline: "elevators",
                detector: "out of service",
                subject: "A7",
                at: ElevatorRecording.begin,
                notAfter: .distantFuture
            )
        )
    }

    @Test("5 000 tenants wait before a gateway that hangs: only the requests under way are before the fall")
    func overtakes() throws {
        let test = try TestStore()
        let people = (0...5000).map(Self.tenant)
        let tenants = (1...5000).map { Self.notice("MSG_\($0)", to: "P\($0)", .service) }
        let directory = Directory(sites: [], assets: [], people: people, relations: [])
        try test.commit(contentsOf: tenants, directory: directory)

        let gateway = SlowGateway()
        let sink = KannelSink(
            name: "file",
            settings: .init(
                url: "http://gateway",
                user: "u",
                password: "p",
                sender: "38000",
                receipts: "http://here",
                receiptToken: "t"
            ),
            transport: gateway
        )
        let now = ElevatorRecording.begin + .minutes(1)
        let dispatcher = Dispatcher(
            sink,
            outbox: try StoreOutbox(path: test.settings[.data].map { $0 + "/vigie.sqlite" } ?? ""),
            settings: .init(threads: Self.threads, pollInterval: .seconds(3600)),
            clock: { now },
            observe: { _ in }
        )
        #expect(dispatcher.start() == Self.threads)
        #expect(eventually { gateway.ids.count == Self.threads })

        try test.commit(Self.notice("MSG_fall", to: "P0", .lifeSafety), at: now)
        dispatcher.wake()
        gateway.answer(1)
        #expect(eventually { gateway.ids.count == Self.threads + 1 })
        #expect(gateway.ids.last == "MSG_fall")
        #expect(Set(gateway.ids.prefix(Self.threads)) == ["MSG_1", "MSG_2", "MSG_3", "MSG_4"])

        // The tenants are not forgotten over it.
        gateway.answer(40)
        #expect(eventually { gateway.ids.count >= 40 })
        #expect(Set(gateway.ids).count == gateway.ids.count)
        gateway.answer(10_000)
        #expect(dispatcher.stop(within: .seconds(30)))
    }
}
