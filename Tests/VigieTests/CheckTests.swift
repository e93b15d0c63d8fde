import Foundation
import Interactions
import PipelineKit
import Pipelines
import Store
import Telemetry
import TestSupport
import Testing
import Units

@testable import vigie

@Suite("Check", .timeLimit(.minutes(2)))
struct CheckTests {
    private struct Pulse: Reading {
        var wearer = Name()
        var fell = false

        static var fields: [Field<Self>] {
            Field("wearer", \.wearer)
            Field("fell", \.fell)
        }
    }

    private static let falls = PipelineSet([
        Pipeline("falls", reading: Pulse.self, privacy: .health) {
            Listen(to: "care/{wearer}/fall")
            Identify(by: \.wearer, as: "pendant")
            Detect("fall", severity: .critical) {
                Happens(\.fell)
            } react: {
                OpenCase(in: "care") {
                    French("Chute \($0.facts.subject)")
                    English("Fall \($0.facts.subject)")
                }
            }
        }
    ])

    private func problems(_ values: [Setting: String], for pipelines: PipelineSet = allPipelines) -> [String]
    {
        let (settings, unread) = Settings.read(environment: CommandRun.environment(values))
        return unread + SettingsCheck(settings, for: pipelines).problems.map(\.description)
    }

    @Test("The standard settings have no problem")
    func standard() throws {
        let folder = try TestFolder()
        #expect(problems([.data: folder.url.path]) == [])
    }

    @Test(
        "Each mistake in a setting is named with what was expected",
        arguments: [
            (Setting.zone, "Mars", "VIGIE_ZONE: error: the time zone \"Mars\" is not known"),
            (.log, "loud", "VIGIE_LOG: error: is \"loud\"; expected debug, info, warning or error"),
            (.http, "9464", "VIGIE_HTTP: error: is \"9464\"; expected address:port"),
            (.snapshotEvery, "0", "VIGIE_SNAPSHOT_EVERY: error: is \"0\"; expected"),
            (.broker, "http://here", "VIGIE_MQTT: error: is \"http://here\"; expected mqtt://host:port"),
            (.broker, "mqtt://anna:secret@here", "VIGIE_MQTT: error: names a user; expected VIGIE_MQTT_USER"),
            (.clientID, "", "VIGIE_MQTT: error: the client id is empty"),
            (.passwordFile, "/nowhere", "VIGIE_MQTT_PASSWORD_FILE: error: /nowhere: cannot be read"),
            (.authority, "/nowhere", "VIGIE_MQTT_CA: warning: is not used"),
            (.interactions, "", "VIGIE_INTERACTIONS_TO: error: is empty, nobody would get interactions"),
            (.notices, "", "VIGIE_NOTICES_TO: error: is empty, nobody would get text messages"),
            (
                .notices, "pigeon",
                "VIGIE_NOTICES_TO: error: \"pigeon\" is no sink; known: file, kannel, kannel2"
            ),
            (.notices, "file,file", "VIGIE_NOTICES_TO: error: \"file\" stands there twice"),
            (.notices, "webhook", "VIGIE_NOTICES_TO: error: \"webhook\" cannot carry text messages"),
            (
                .interactions, "webhook",
                "VIGIE_WEBHOOK_URL: error: is empty, and the sink \"webhook\" needs it"
            ),
            (.notices, "kannel", "VIGIE_KANNEL_SENDER: error: is empty, and the sink \"kannel\" needs it"),
            (.notices, "kannel", "VIGIE_HOOK_TOKEN_FILE: warning: is empty: Kannel's receipts"),
            (.calls, "kannel", "VIGIE_CALLS_TO: error: \"kannel\" cannot carry calls, cards and tasks"),
            (.chat, "webhook2", "VIGIE_WEBHOOK2_URL: error: is empty, and the sink \"webhook2\" needs it"),
            (.secondTexts, "kannel2", "VIGIE_KANNEL2_SENDER: error: is empty, and the sink \"kannel2\""),
            (
                .watch, "pigeon",
                "VIGIE_WATCH_TO: error: \"pigeon\" is no sink; known: file, webhook, webhook2"
            ),
            (.tasks, "file,file", "VIGIE_TASKS_TO: error: \"file\" stands there twice"),
            (.webhook, "crm.example", "VIGIE_WEBHOOK_URL: error: is no address"),
            (.health, "webhook", "VIGIE_HEALTH_TO: error: \"webhook\" is not among the sinks"),
        ]
    )
    func mistakes(setting: Setting, value: String, expected: String) throws {
        let folder = try TestFolder()
        let found = problems([.data: folder.url.path, setting: value])
        #expect(found.contains { $0.hasPrefix(expected) }, "\(found)")
    }

    @Test("Health data that no sink may have is an error, health data that some may not have a warning")
    func health() throws {
        let folder = try TestFolder()
        var values: [Setting: String] = [
            .data: folder.url.path, .interactions: "webhook", .webhook: "https://crm.example/hook",
            .health: "file",
        ]
        let barred = problems(values, for: Self.falls)
        #expect(
            barred == [
                "VIGIE_HEALTH_TO: error: nobody would get the health data of \"falls\": "
                    + "VIGIE_INTERACTIONS_TO has only webhook"
            ]
        )
        #expect(problems(values, for: PipelineSet([])) == [])
        values[.interactions] = "webhook,file"
        #expect(
            problems(values, for: Self.falls) == [
                "VIGIE_HEALTH_TO: warning: webhook of VIGIE_INTERACTIONS_TO does not get the health data of \"falls\""
            ]
        )
        values[.health] = ""
        #expect(problems(values, for: Self.falls) == [])
    }

    @Test("All problems come at once, with 78")
    func together() throws {
        let folder = try TestFolder()
        try folder.write("VIGIE_LOG=loud\nnonsense\nVIGIE_TYPO=1\n", to: "vigie.env")
        let environment = CommandRun.environment([.data: folder.url.path, .zone: "Mars", .notices: "pigeon"])
            .merging(["VIGIE_SETTINGS": folder.path("vigie.env")]) { $1 }
        let (settings, unread) = Settings.read(environment: environment)
        #expect(
            unread == [
                "\(folder.path("vigie.env")):2: error: expected KEY=value",
                "VIGIE_TYPO: error: there is no such setting",
            ]
        )
        #expect(
            SettingsCheck(settings, for: allPipelines).problems.map(\.setting)
                == ["VIGIE_ZONE", "VIGIE_LOG", "VIGIE_NOTICES_TO"]
        )
        #expect(throws: CommandFailure.self) { try Settings.load(environment: environment) }
        let run = try CommandRun(["check"], [.data: folder.url.path, .zone: "Mars", .notices: "pigeon"])
        #expect(run.code == 78)
        #expect(run.words.contains("VIGIE_ZONE: error:") && run.words.contains("VIGIE_NOTICES_TO: error:"))
        #expect(run.words.contains("vigie check: 2 errors"))
    }

    @Test("The list of settings tells value, source and meaning, and no secret")
    func listing() throws {
        let folder = try TestFolder()
        try folder.write("sesame-open-sesame\n", to: "secret")
        let run = try CommandRun(
            ["check", "--settings"],
            [
                .data: folder.url.path, .user: "anna", .passwordFile: folder.path("secret"),
                .webhook: "https://crm.example/hook/topsecret",
            ]
        )
        #expect(run.code == 0)
        for setting in Setting.all {
            #expect(run.output.contains("\(setting.name) = ") && run.output.contains(setting.meaning))
        }
        #expect(
            run.output.contains("VIGIE_MQTT_PASSWORD_FILE = (file \(folder.path("secret")))  [environment]")
        )
        #expect(run.output.contains("VIGIE_MQTT = mqtt://127.0.0.1:1883  [standard]"))
        #expect(run.output.contains("VIGIE_WEBHOOK_URL = https://crm.example/…  [environment]"))
        #expect(!run.output.contains("sesame") && !run.output.contains("topsecret"))
    }

    @Test("A short secret is refused without being shown")
    func shortSecret() throws {
        let folder = try TestFolder()
        try folder.write("sesame\n", to: "secret")
        let found = problems([.data: folder.url.path, .hookTokenFile: folder.path("secret")])
        #expect(found.count == 1)
        #expect(found.first?.contains("has 6 bytes; expected 16 or more") == true)
        #expect(found.first?.contains("sesame") == false)
    }

    @Test("A database is not needed and not made; one of a newer Vigie is a problem")
    func database() throws {
        let folder = try TestFolder()
        #expect(try CommandRun(["check"], [.data: folder.url.path]).code == 0)
        let path = folder.path("vigie.sqlite")
        #expect(!FileManager.default.fileExists(atPath: path))
        do { _ = try Store(path: path) }
        #expect(try CommandRun(["check"], [.data: folder.url.path]).code == 0)
        // SQLite keeps user_version at byte 60 of the file.
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        try file.seek(toOffset: 60)
        try file.write(contentsOf: Data([0, 0, 0, 99]))
        try file.close()
        let run = try CommandRun(["check"], [.data: folder.url.path])
        #expect(run.code == 78)
        #expect(run.words.contains("VIGIE_DATA: error: "))
        #expect(run.words.contains("the database has version 99"))
    }

    @Test("A broker that drops what it cannot keep is found out; one that is not there ends with 69")
    func broker() throws {
        let folder = try TestFolder()
        let lossy = try MosquittoServer(.defaults())
        let address = "mqtt://127.0.0.1:\(lossy.port)"
        let run = try CommandRun(["check", "--broker"], [.data: folder.url.path, .broker: address])
        #expect(run.code == 0)
        #expect(run.words.contains("loses messages:") && run.words.contains("remedy: max_queued_messages 0"))
        lossy.stop()
        let gone = try CommandRun(["check", "--broker"], [.data: folder.url.path, .broker: address])
        #expect(gone.code == 69)
        #expect(gone.words.contains("cannot be reached") && gone.words.contains("not retrying"))
    }
}
