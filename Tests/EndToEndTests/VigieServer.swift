import Foundation
import Glibc
import Interactions
import Store
import Telemetry
import TestSupport

/// The built `vigie run` as a process of its own, with a data folder that outlives its restarts.
final class VigieServer {
    let folder: TestFolder
    let httpPort: UInt16
    var settings: [String: String]
    private(set) var process: ServerProcess?

    /// - Parameters:
    ///   - broker: the port of the broker on loopback.
    ///   - settings: besides those that every test needs.
    init(broker: Int, _ settings: [String: String] = [:], folder: TestFolder? = nil) throws {
        self.folder = try folder ?? TestFolder()
        httpPort = UInt16(try Loopback.freePort())
        self.settings = [
            "VIGIE_DATA": self.folder.path("data"),
            "VIGIE_MQTT": "mqtt://127.0.0.1:\(broker)",
            "VIGIE_HTTP": "127.0.0.1:\(httpPort)",
            "VIGIE_ZONE": try Daytime.zone().name,
        ].merging(settings) { _, own in own }
    }

    /// The command that `VIGIE_BINARY` names, or else was built beside the tests.
    static func binary() throws -> String {
        if let named = ProcessInfo.processInfo.environment["VIGIE_BINARY"] { return named }
        guard let folder = Bundle.main.executableURL?.deletingLastPathComponent() else {
            throw ServerFailure("the test does not know where it runs")
        }
        return folder.appendingPathComponent("vigie").path
    }

    /// Starts it and returns at once.
    func launch(_ words: [String] = ["run"]) throws {
        // What the tests are steered by is no setting of Vigie's.
        let inherited = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("VIGIE_") }
        process = try ServerProcess(
            Self.binary(),
            words,
            environment: inherited.merging(settings) { _, own in own },
            output: folder.url.appendingPathComponent("vigie.log")
        )
    }

    /// Starts it and waits until it says that it does its work.
    func start(_ words: [String] = ["run"]) throws {
        try launch(words)
        let isReady = eventually(within: 60) {
            process?.isRunning == false || get("/readyz")?.status == 200
        }
        guard isReady, process?.isRunning == true else {
            throw ServerFailure("vigie did not become ready: \(String(describing: get("/readyz")))\n\(log)")
        }
    }

    /// As a power failure does.
    func kill() {
        process?.end(with: SIGKILL)
    }

    /// As a service manager does.
    /// - Returns: what it ended with, and after how many seconds.
    @discardableResult
    func stop() -> (code: Int?, seconds: Double) {
        let start = Date()
        process?.end(with: SIGTERM)
        return (process?.exitCode, Date().timeIntervalSince(start))
    }

    /// Waits until it has ended by itself.
    func exitCode(within seconds: Double = 30) -> Int? {
        _ = eventually(within: seconds) { process?.isRunning == false }
        return process?.exitCode
    }

    func get(_ target: String) -> LoopbackHTTP.Answer? {
        LoopbackHTTP.call("GET", httpPort, target, within: 5)
    }

    /// One figure of `/metrics`, by its name and labels as they stand there; nil when it is not there.
    func metric(_ name: String) -> Double? {
        get("/metrics")?.body.split(separator: "\n").first { $0.hasPrefix(name + " ") }
            .flatMap { $0.split(separator: " ").last.flatMap { Double($0) } }
    }

    var log: String {
        FileManager.default.contents(atPath: folder.path("vigie.log")).map {
            String(decoding: $0, as: UTF8.self)
        }
            ?? ""
    }

    /// The database, opened beside the process.
    func store() throws -> Store { try Store(path: folder.path("data/vigie.sqlite")) }

    /// Leaves a directory for the next or the running process, as `vigie directory import` does.
    func hand(_ directory: Directory) throws {
        try FileManager.default.createDirectory(
            atPath: folder.path("data"),
            withIntermediateDirectories: true
        )
        try store().post(.directory(at: .distantPast, json: directory.json))
    }

    /// Every entry of the journal, in order.
    func journal() throws -> [Entry] {
        var entries: [Entry] = []
        var reader = try store().journal(of: "0", from: .start)
        while let batch = try reader.next() {
            try batch.entries.forEach { entries.append(try $0.copied()) }
        }
        return entries
    }

    /// The messages of the journal as text, in order.
    func payloads() throws -> [String] {
        try journal().compactMap { entry in
            guard case .message(let message) = entry else { return nil }
            return String(decoding: message.payload, as: UTF8.self)
        }
    }

    /// What the file sink has written.
    func sent() throws -> [SentEvent] {
        guard let data = FileManager.default.contents(atPath: folder.path("data/outbox.ndjson")) else {
            return []
        }
        return try data.split(separator: UInt8(ascii: "\n")).map { try SentEvent([UInt8]($0)) }
    }
}

/// A CloudEvent as a receiver reads it.
struct SentEvent: Hashable {
    var id: String
    var type: String
    var key: String
    /// Of an interaction its number within the key and its verb, of a notice its phase and recipient.
    var detail: String
    var text: String

    init(_ bytes: [UInt8]) throws {
        let json = try JSON(parsing: bytes)
        let data = json["data"]
        id = json["id"]?.string ?? ""
        type = json["type"]?.string ?? ""
        if let interaction = data?["interaction"] {
            key = interaction["key"]?.string ?? ""
            detail = "\(interaction["seq"]?.integer ?? 0) \(interaction["verb"]?.string ?? "")"
            text = data?["title"]?["fr"]?.string ?? ""
        } else {
            key = data?["key"]?.string ?? ""
            detail = "\(data?["phase"]?.string ?? "") \(data?["recipient"]?.string ?? "")"
            text = data?["text"]?.string ?? ""
        }
    }

    var isInteraction: Bool { type.contains(".interaction.") }
    var isNotice: Bool { type.contains(".notice.") }
}
