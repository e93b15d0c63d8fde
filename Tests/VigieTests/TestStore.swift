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
        directory: Directory? = nil,
        drops: [DropCount.Cause: Int] = [:]
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
            directory: change,
            drops: drops
        )
        let routes = Routes(interactions: ["webhook"], notices: ["file"], commands: ["mqtt"])
        try store.commit(commit, to: VigieProcess.partition, routes: routes, render: CloudEvent.bytes(of:))
    }

    /// Commits something that came in.
    func take(_ entry: Entry, mail: [Int64] = []) throws {
        var entries = EntryBatch()
        entries.append(entry)
        let commit = Commit(after: try store.head(of: VigieProcess.partition), entries: entries, mail: mail)
        try store.commit(commit, to: VigieProcess.partition, routes: Routes(), render: CloudEvent.bytes(of:))
    }

    func run(_ arguments: String...) throws -> CommandRun {
        try CommandRun(arguments, settings)
    }

    func audit() throws -> [String] {
        try store.auditRecords(limit: 100).reversed().map { "\($0.what): \($0.target)" }
    }
}

extension Effect {
    static func interaction(
        _ id: String,
        key: String = "CASE_1",
        seq: Int = 1,
        status: Interaction.Status = .new,
        at moment: Moment = ElevatorRecording.begin,
        cause: String? = nil
    ) -> Effect {
        .interaction(
            Interaction(
                id: id,
                key: key,
                seq: seq,
                kind: .case,
                verb: seq == 1 ? .opened : .updated,
                status: status,
                severity: .warning,
                privacy: .technical,
                pipeline: "elevators",
                detector: "out of service",
                queue: "maintenance",
                subject: "A7",
                site: "S12",
                title: Bilingual(french: "Ascenseur A en panne"),
                at: moment,
                openedAt: seq == 1 ? moment : ElevatorRecording.begin,
                cause: cause
            )
        )
    }

    static func held(_ reason: Held.Reason, to recipient: String?, key: String? = "CASE_1") -> Effect {
        .held(
            Held(
                reason: reason,
                key: key,
                recipient: recipient,
                pipeline: "elevators",
                detector: "out of service",
                subject: "A7",
                at: ElevatorRecording.begin
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

    static func deadLetter(
        _ payload: [UInt8],
        with properties: [MessageProperty] = [],
        because reason: String = "malformed"
    ) -> Effect {
        .deadLetter(
            DeadLetter(
                topic: "landlord/12/elevator/A7/status",
                payload: payload,
                properties: PropertyBlock(properties).bytes,
                reason: reason,
                detail: "the payload is not JSON",
                pipeline: "elevators",
                at: ElevatorRecording.begin
            )
        )
    }
}
