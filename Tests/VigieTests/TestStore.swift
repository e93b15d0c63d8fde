import Interactions
import Store
import Telemetry
import TestSupport
import Units

@testable import vigie

/// A real database in a folder of its own, filled as the running process fills it.
final class TestStore {
    let folder: TestFolder
    let store: Store

    var settings: [Setting: String] { [.data: folder.url.path, .http: ""] }

    init() throws {
        folder = try TestFolder()
        store = try Store(path: folder.path("vigie.sqlite"))
    }

    func commit(
        _ effects: Effect...,
        at moment: Moment = ElevatorRecording.begin,
        directory: Directory? = nil
    ) throws {
        try commit(contentsOf: effects, at: moment, directory: directory)
    }

    func commit(
        contentsOf effects: [Effect],
        at moment: Moment = ElevatorRecording.begin,
        directory: Directory? = nil
    ) throws {
        var entries = EntryBatch()
        entries.append(.tick(at: moment))
        let change = directory.map { directory in
            DirectoryChange(directory: directory, json: directory.json, version: "1", at: moment)
        }
        let commit = Commit(
            after: try store.head(of: VigieProcess.partition),
            entries: entries,
            effects: effects,
            directory: change
        )
        let routes = Routes(interactions: ["webhook"], notices: ["file"], commands: ["mqtt"])
        try store.commit(commit, to: VigieProcess.partition, routes: routes) {
            Array("{\"id\":\"\($0.id)\"}".utf8)
        }
    }

    func run(_ arguments: String...) throws -> CommandRun {
        try CommandRun(arguments, settings)
    }

    func audit() throws -> [String] {
        try store.auditRecords(limit: 100).reversed().map { "\($0.what): \($0.target)" }
    }
}

extension Effect {
    static func interaction(_ id: String, key: String = "CASE_1") -> Effect {
        .interaction(
            Interaction(
                id: id,
                key: key,
                seq: 1,
                kind: .case,
                verb: .opened,
                status: .new,
                severity: .warning,
                privacy: .technical,
                pipeline: "elevators",
                detector: "out of service",
                queue: "maintenance",
                subject: "A7",
                site: "S12",
                title: Bilingual(french: "Ascenseur A en panne"),
                at: ElevatorRecording.begin,
                openedAt: ElevatorRecording.begin
            )
        )
    }

    static func notice(_ id: String, key: String = "CASE_1") -> Effect {
        .notice(
            Notice(
                id: id,
                key: key,
                phase: "begins",
                recipient: "P1",
                role: "technician-on-call",
                urgency: .service,
                privacy: .technical,
                text: "Ascenseur A en panne",
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

    static func deadLetter(_ payload: [UInt8], because reason: String = "malformed") -> Effect {
        .deadLetter(
            DeadLetter(
                topic: "landlord/12/elevator/A7/status",
                payload: payload,
                reason: reason,
                detail: "the payload is not JSON",
                pipeline: "elevators",
                at: ElevatorRecording.begin
            )
        )
    }
}
