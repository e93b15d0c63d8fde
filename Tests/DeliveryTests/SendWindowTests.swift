import Interactions
import TestSupport
import Testing
import Units

@testable import Delivery

@Suite("What a gateway may have at once", .timeLimit(.minutes(2)))
struct SendWindowTests {
    private func sink(_ transport: ScriptedTransport, _ window: SendWindow) -> KannelSink {
        KannelSink(
            name: "sms",
            settings: .init(
                url: "http://gateway",
                user: "u",
                password: "p",
                sender: "38000",
                receipts: "http://here",
                receiptToken: "t",
                window: window
            ),
            transport: transport
        )
    }

    @Test("A service text takes room until its receipt, one about a life takes none")
    func room() {
        let window = SendWindow()
        let sink = sink(ScriptedTransport(status: 202), window)
        #expect(sink.room(at: start) == SendWindow.limit)
        _ = sink.deliver(job(notice("MSG_1")), to: tenant(), at: start)
        _ = sink.deliver(job(notice("MSG_2", urgency: .lifeSafety)), to: tenant(), at: start)
        #expect(sink.room(at: start) == SendWindow.limit - 1)
        #expect(!window.end("MSG_2"))
        #expect(window.end("MSG_1"))
        #expect(!window.end("MSG_1"), "the next receipt of the same text changes nothing")
        #expect(sink.room(at: start) == SendWindow.limit)
    }

    @Test("What the gateway did not take, or perhaps not, takes no room")
    func refused() {
        for status in [400, 500, 503] {
            let window = SendWindow()
            _ = sink(ScriptedTransport(status: status), window).deliver(
                job(notice()),
                to: tenant(),
                at: start
            )
            #expect(window.room(at: start) == SendWindow.limit, "\(status)")
        }
    }

    @Test("Receipts that never come give their room back after a time")
    func patience() {
        let window = SendWindow()
        for number in 0..<SendWindow.limit { window.begin("\(number)", at: start) }
        #expect(window.room(at: start) == 0)
        #expect(window.room(at: start + SendWindow.patience - .seconds(1)) == 0)
        #expect(window.room(at: start + SendWindow.patience) == SendWindow.limit)
    }

    @Test("A full gateway gets the fall and no tenant, and tenants again when it has passed some on")
    func full() throws {
        let threads = 4
        let window = SendWindow()
        let transport = ScriptedTransport(status: 202)
        let tenants = (1...100 as ClosedRange<Int64>).map {
            job(notice("MSG_\($0)", key: "CASE_\($0)"), row: $0)
        }
        let outbox = MemoryOutbox(tenants)
        let dispatcher = Dispatcher(
            sink(transport, window),
            outbox: outbox,
            settings: .init(threads: threads),
            clock: { start },
            observe: { _ in }
        )
        #expect(dispatcher.start() == threads)
        /// What the dispatcher does until it finds nothing more to do.
        func settle() -> Bool {
            let polls = outbox.polls
            dispatcher.wake()
            return eventually { outbox.polls > polls && !outbox.states().contains("inflight") }
        }
        #expect(eventually { window.room(at: start) == 0 })
        #expect(settle())
        let sent = transport.requests.count
        #expect((SendWindow.limit..<SendWindow.limit + threads).contains(sent))
        #expect(settle())
        #expect(transport.requests.count == sent, "full is full")

        outbox.add(job(notice("MSG_fall", key: "CASE_fall", urgency: .lifeSafety), row: 101))
        #expect(settle())
        #expect(outbox.rows.last?.state == "done")
        #expect(transport.requests.count == sent + 1)

        for number in 1...10 { #expect(window.end("MSG_\(number)")) }
        dispatcher.wake()
        #expect(eventually { window.room(at: start) == 0 })
        #expect(settle())
        #expect(transport.requests.count > sent + 1)
        #expect(transport.requests.count < sent + 1 + 10 + threads)
        #expect(dispatcher.stop(within: .seconds(10)))
    }
}
