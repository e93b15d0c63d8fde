import Foundation
import Glibc
import Interactions
import MQTT
import TestSupport
import Units

/// A broker, a `vigie run` beside it, and somebody who publishes.
final class Rig {
    let broker: MosquittoServer
    let vigie: VigieServer
    private let publisher: MQTTPublisher

    static let hookToken = "a token for the hooks"
    static let hookSecret = "a secret of the CRM"

    /// - Parameter settings: besides those that every test needs; `{folder}` is the test's folder.
    init(
        _ settings: [String: String] = [:],
        broker configuration: MosquittoServer.Configuration = .deployed()
    ) throws {
        broker = try MosquittoServer(configuration)
        let folder = try TestFolder()
        try folder.write(Self.hookToken, to: "token")
        try folder.write(Self.hookSecret, to: "secret")
        let all = ["VIGIE_HOOK_TOKEN_FILE": "{folder}/token", "VIGIE_HOOK_SECRET_FILE": "{folder}/secret"]
            .merging(settings) { _, own in own }
        vigie = try VigieServer(
            broker: broker.port,
            all.mapValues { $0.replacing("{folder}", with: folder.url.path) },
            folder: folder
        )
        publisher = Self.publisher(broker.port)
    }

    static func publisher(_ port: Int, _ name: String = "devices") -> MQTTPublisher {
        var settings = MQTTSettings(host: "127.0.0.1", port: port, clientID: name)
        settings.statusPrefix = nil
        return MQTTPublisher(settings, seed: 3)
    }

    deinit {
        vigie.kill()
        broker.kill()
    }

    /// Publishes and waits until the broker has it.
    func publish(_ topic: String, _ payload: String, qos: Int = 1, retained: Bool = false) throws {
        try publisher.publish(to: topic, payload, qos: qos, retained: retained)
        try publisher.flush()
    }

    /// A press of a button: a callback request for each number.
    func press(_ number: Int, retained: Bool = false, qos: Int = 1) throws {
        let payload = #"{"event":"S","event_cnt":\#(number)}"#
        try publish("home/7/button/B-\(number)/input_event/0", payload, qos: qos, retained: retained)
    }

    /// The buttons whose press has become a callback request in the file sink, each as often as it stands there. Sorted:
    /// only what belongs to one case is promised in order.
    func callbacks() throws -> [String] {
        let callbacks = try vigie.sent().filter { $0.type.contains(".callback.") }.map(\.text).compactMap {
            title in
            title.split { " :".contains($0) }.first { $0.hasPrefix("B-") }.map(String.init)
        }
        return callbacks.sorted()
    }

    func waitForCallbacks(_ buttons: [String]) throws -> Bool {
        try eventually { try callbacks() == buttons }
    }

    /// What is in the journal, as text.
    func waitForJournal(_ payload: String) throws -> Bool {
        try eventually { try vigie.payloads().contains(payload) }
    }

    /// Forbids the running process to let any file grow past some bytes, or allows it again.
    func limitFiles(to bytes: Int?) throws {
        guard let pid = vigie.process?.pid else { throw ServerFailure("vigie does not run") }
        let tool = try ServerProcess(
            "/usr/bin/prlimit",
            ["--pid", "\(pid)", "--fsize=\(bytes.map { "\($0)" } ?? "unlimited"):unlimited"],
            output: vigie.folder.url.appendingPathComponent("prlimit.log")
        )
        guard eventually({ !tool.isRunning }), tool.exitCode == 0 else {
            throw ServerFailure("prlimit did not work")
        }
    }

    /// A person, her pendant and her daughter.
    static let home = Directory(
        sites: [.init(id: "S-9", name: "Les Tilleuls", address: "3 rue des Tilleuls")],
        assets: [.init(id: "PD-1", kind: "pendant", site: "S-9", name: "Pendentif", person: "P-1")],
        people: [
            .init(id: "P-1", name: "Mme Durand", phone: "+33612345677", site: "S-9"),
            .init(id: "P-2", name: "Sa fille", phone: "+33612345678"),
        ],
        relations: [.init(role: "relative", person: "P-2", scope: "P-1")]
    )

    /// The wearer presses the pendant's button.
    func callForHelp(_ id: String) throws {
        try publish("care/9/pendant/PD-1/event", #"{"id":"\#(id)","event":"help"}"#)
    }
}
