import Console
import Delivery
import Engine
import Foundation
import Interactions
import PipelineKit
import Store
import Synchronization
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("A gateway of calls takes an ask, says that it rang, and passes on the key", .timeLimit(.minutes(2)))
struct VoiceGatewayTests {
    @Test("The key 1 takes the case, and a call that rang is not counted as unreached")
    func taken() throws {
        let call = try Call()
        try call.press()
        let ask = try call.ring()
        #expect(ask["data"]?["channel"] == "voice")
        #expect(ask["data"]?["recipient"] == "P-2")
        let id = try #require(ask["id"]?.string)

        #expect(try call.post(ReceiptHook.path, #"{"notice":"\#(id)","outcome":"delivered"}"#).status == 200)
        // Without a receipt the next are asked when this has passed.
        try call.take([.tick(at: call.clock.now() + .seconds(90))])
        #expect(call.told.filter { $0.phase.hasPrefix("ask") }.map(\.recipient) == ["P-2"])

        let answer = #"{"id":"A1","notice":"\#(id)","recipient":"P-2","action":"ack"}"#
        #expect(try call.post(AnswerHook.path, answer).status == 200)
        #expect(call.said.last?.verb == .acknowledged)
        #expect(call.said.last?.text?.english.contains("P-2") == true)
        let decided = call.said.count
        #expect(try call.post(AnswerHook.path, answer).status == 200)
        #expect(call.said.count == decided)
    }

    @Test("A call that nobody took is followed by the next ask at once")
    func failed() throws {
        let call = try Call()
        try call.press()
        let id = try #require(try call.ring()["id"]?.string)
        let receipt = #"{"notice":"\#(id)","outcome":"failed","reason":"no answer"}"#
        #expect(try call.post(ReceiptHook.path, receipt).status == 200)
        #expect(call.told.filter { $0.phase.hasPrefix("ask") }.map(\.recipient) == ["P-2", "P-3"])
        #expect(try call.test.store.receipts(of: id).map(\.detail) == ["no answer"])
    }

    @Test("What is unsigned, unknown or somebody else's is refused, and the journal has nothing of it")
    func refused() throws {
        let call = try Call()
        try call.press()
        let id = try #require(try call.ring()["id"]?.string)
        let head = try call.test.store.head(of: VigieProcess.partition)
        func answer(_ notice: String, _ recipient: String) -> String {
            #"{"id":"A","notice":"\#(notice)","recipient":"\#(recipient)","action":"ack"}"#
        }
        #expect(try call.post(AnswerHook.path, answer(id, "P-2"), secret: "some other secret!").status == 401)
        let unknown = try call.post(AnswerHook.path, answer("MSG_X", "P-2"))
        #expect(unknown.status == 404)
        #expect(unknown.words == "there is no notice \"MSG_X\" here; nothing was kept\n")
        #expect(try call.post(AnswerHook.path, answer(id, "P-3")).status == 409)
        #expect(try call.post(ReceiptHook.path, #"{"id":"MSG_X","outcome":"delivered"}"#).status == 404)
        // Kannel tells by its own calls.
        let text = try #require(call.told.first { $0.channel == .text })
        #expect(try call.post(ReceiptHook.path, #"{"id":"\#(text.id)","outcome":"delivered"}"#).status == 409)
        let update = #"{"id":"U","key":"CASE_XX","status":"closed","by":"crm"}"#
        #expect(try call.post(CaseHook.path, update).status == 404)
        #expect(try call.test.store.head(of: VigieProcess.partition) == head)
    }

    @Test("A command is given to who may, and one that is not offered is refused with what is")
    func command() throws {
        let call = try Call()
        try call.press()
        let key = try #require(call.said.last?.key)
        func order(_ id: String, _ name: String, of key: String, by person: String) throws -> HTTPResponse {
            let body = #"{"id":"\#(id)","key":"\#(key)","command":"\#(name)","by":"\#(person)"}"#
            return try call.post(CommandHook.path, body)
        }
        let dance = try order("C1", "dance", of: key, by: "P-2")
        #expect(dance.status == 409)
        #expect(
            dance.words == "case \(key) offers no command \"dance\"; it offers unlock; nothing was kept\n"
        )
        #expect(try order("C2", "unlock", of: "CASE_XX", by: "P-2").status == 404)
        #expect(call.commands.isEmpty)
        #expect(try order("C3", "unlock", of: key, by: "P-1").status == 200)
        #expect(call.commands.isEmpty)
        #expect(call.said.last?.verb == .noted)
        #expect(try order("C4", "unlock", of: key, by: "P-2").status == 200)
        #expect(call.commands.map(\.payload) == ["OPEN"])
        #expect(call.commands.map(\.by) == ["P-2"])
    }
}

extension HTTPResponse {
    fileprivate var words: String { String(decoding: body, as: UTF8.self) }
}

private struct Press: Reading {
    var pendant = Name()
    var isPressed = false

    static var fields: [Field<Self>] {
        Field("pendant", \.pendant)
        Field("pressed", \.isPressed)
    }
}

extension Escalation {
    /// Relatives are called one after the other.
    fileprivate static let calls = Escalation("calls", arrivalWithin: .minutes(30)) {
        InTurn("relative", every: .minutes(5), by: .voice)
    } lastResort: {
        Keep(asking: "relative", every: .minutes(5))
    }
}

/// An engine, its database, the server for hooks, and a gateway of calls that answers as the test says: what
/// `vigie run` does, step by step.
private final class Call {
    static let secret = "a secret of the gateway"

    let test: TestStore
    let clock: RunClock
    private let engine: Engine
    private let inbox = Inbox()
    private let server: Server
    private let gateway: ScriptedServer
    private(set) var effects: [Effect] = []

    init() throws {
        let pipeline = Pipeline("pendants", reading: Press.self, privacy: .personal) {
            Listen(to: "pendant/{pendant}")
            Identify(by: \.pendant, as: "pendant")
            Detect("help", severity: .critical) {
                Holds(\.isPressed, for: .zero)
            } react: {
                OpenCase(in: "care") { "Help \($0.name)" }
                Text("relative") { "Help \($0.name)" }
                Offer("unlock", to: "relative", sending: "OPEN") { "door/\($0.facts.subject)" }
                Escalate(.calls) { "Help \($0.name)" }
            }
        }
        let pipelines = PipelineSet([pipeline])
        #expect(pipelines.problems.filter { $0.kind == .error }.isEmpty)
        test = try TestStore()
        clock = RunClock(notBefore: Moment())
        engine = Engine(pipelines)
        gateway = try ScriptedServer { _, reply in
            reply.answer(202)
            return true
        }
        try test.folder.write(Self.secret, to: "secret")
        let environment = [
            Setting.data.name: test.folder.url.path,
            Setting.hookSecretFile.name: test.folder.path("secret"),
        ]
        server = try Server(
            ("127.0.0.1", 0),
            try Settings.load(environment: environment),
            pipelines,
            inbox: inbox,
            figures: Figures(),
            clock: clock,
            confirm: { _, _ in }
        )
        let directory = Directory(
            sites: [.init(id: "S-1", name: "Les Tilleuls", address: "3 rue des Tilleuls")],
            assets: [.init(id: "PD-1", kind: "pendant", site: "S-1", name: "Pendentif", person: "P-1")],
            people: [
                .init(id: "P-1", name: "Mme Durand", phone: "+33612345677"),
                .init(id: "P-2", name: "Sa fille", phone: "+33612345678"),
                .init(id: "P-3", name: "Son fils", phone: "+33612345679"),
            ],
            relations: [
                .init(role: "relative", person: "P-2", scope: "P-1"),
                .init(role: "relative", person: "P-3", scope: "P-1"),
            ]
        )
        try take([.directory(at: clock.now(), json: directory.json)])
    }

    deinit {
        inbox.close()
        server.stop()
        gateway.stop()
    }

    var told: [Notice] { effects.compactMap { if case .notice(let notice) = $0 { notice } else { nil } } }
    var said: [Interaction] {
        effects.compactMap { if case .interaction(let entry) = $0 { entry } else { nil } }
    }
    var commands: [Interactions.Command] {
        effects.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }

    /// Somebody presses the pendant.
    func press() throws {
        let payload = Array(#"{"pressed":true}"#.utf8)
        try take([.message(Message(topic: "pendant/PD-1", payload: payload, arrivedAt: clock.now()))])
    }

    /// Entries, and what they decide, in one commit.
    func take(_ entries: [Entry], _ inbound: [Commit.InboundID] = []) throws {
        var batch = EntryBatch()
        for entry in entries { batch.append(entry) }
        let decided = try engine.apply(batch)
        effects += decided
        let commit = Commit(
            after: try test.store.head(of: VigieProcess.partition),
            entries: batch,
            effects: decided,
            inbound: inbound
        )
        let routes = Routes(
            interactions: ["file"],
            notices: ["kannel"],
            channels: [.voice: ["webhook"]],
            commands: ["mqtt"]
        )
        try test.store.commit(
            commit,
            to: VigieProcess.partition,
            routes: routes,
            render: CloudEvent.bytes(of:)
        )
    }

    /// Hands the call that waits to the gateway.
    ///
    /// - Returns: what the gateway got.
    func ring() throws -> JSON {
        let now = clock.now()
        let job = try #require(try test.store.claimJobs(of: "webhook", now: now, limit: 1).first)
        let sink = WebhookSink(name: "webhook", url: gateway.url, signature: nil, transport: HTTPClient())
        #expect(sink.deliver(job, to: nil, at: now) == .done(reference: nil))
        return try JSON(parsing: try #require(gateway.received.last).body)
    }

    /// Calls one of our hooks, and takes what it leaves into the journal as the loop of `vigie run` does.
    func post(_ path: String, _ text: String, secret: String = Call.secret) throws -> HTTPResponse {
        let body = Array(text.utf8)
        let signature = try #require(RequestSignature(secret: Array(secret.utf8)))
        let request = HTTPRequest(
            .post,
            "http://127.0.0.1:\(server.port)\(path)",
            headers: [.init(RequestSignature.header, signature.value(for: body, at: clock.now()))],
            body: body
        )
        let shared = Shared()
        Thread.detachNewThread {
            let result = Result { try HTTPClient().send(request) as HTTPResponse }
            shared.answer.withLock { $0 = result }
        }
        while true {
            if let response = shared.answer.withLock({ $0 }) { return try response.get() }
            for (item, ticket) in inbox.take() {
                let id = Commit.InboundID(source: item.source, id: item.id)
                if try !test.store.seenInbound(source: item.source, id: item.id) {
                    try take([item.entry], [id])
                }
                ticket.isDurable()
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }
}

private final class Shared: Sendable {
    let answer = Mutex<Result<HTTPResponse, any Error>?>(nil)
}
