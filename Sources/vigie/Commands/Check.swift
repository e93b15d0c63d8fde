import Foundation
import MQTT
import PipelineKit
import Pipelines

extension Command {
    static let check = Command(
        name: "check",
        summary: "finds what is wrong with the pipelines and the settings before anything runs",
        flags: ["settings", "broker"],
        usage: """
            vigie check [--settings] [--broker]

            Prints every problem: of pipelines as Pipelines/File.swift:line: error: …, of settings as
            VIGIE_NAME: error: … It needs neither a broker nor a database; a database that a newer Vigie wrote is
            a problem. --settings lists every setting with its value, where that comes from and what it means, and
            of secrets only the file. --broker tries out in some seconds whether the broker would lose messages,
            on the topics vigie/check/#.

            Settings come from the environment, before a file of KEY=value lines that VIGIE_SETTINGS names.

            Exit codes: 0 no errors (there may be warnings), 69 the broker cannot be reached, 78 there is an
            error.
            """,
        example: "vigie check --settings"
    ) { arguments in
        try arguments.allow([])
        guard arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected options only") }
        let (settings, unread) = Settings.read(environment: ProcessInfo.processInfo.environment)
        if arguments.has("settings") { Terminal.print(settings.listing) }
        let inPipelines = allPipelines.problems + textProblems(settings)
        let inSettings = SettingsCheck(settings, for: allPipelines).problems
        for line in inPipelines.map(\.description) + unread + inSettings.map(\.description) {
            Terminal.say(line)
        }
        let errors =
            inPipelines.count { $0.kind == .error } + unread.count + inSettings.count { $0.kind == .error }
        guard errors == 0 else {
            let brokerWaits = arguments.has("broker") ? "; the broker was not asked" : ""
            throw CommandFailure(.configuration, "\(errors) error\(errors == 1 ? "" : "s")\(brokerWaits)")
        }
        let count = allPipelines.pipelines.count
        Terminal.say("\(count) pipeline\(count == 1 ? "" : "s") and the settings: no errors")
        if arguments.has("broker") { try inspectBroker(settings.mqtt) }
    }

    private static func textProblems(_ settings: Settings) -> [Problem] {
        do {
            return allPipelines.textProblems(zone: try settings.zone)
        } catch {
            // A wrong zone is a problem of the settings; the texts are tried in the usual one.
            return allPipelines.textProblems(zone: .paris)
        }
    }

    private static func inspectBroker(_ settings: MQTTSettings) throws {
        Terminal.progress("trying out the broker \(settings.broker)")
        let warnings = try BrokerInspection.warnings(about: settings)
        Terminal.progress("")
        for warning in warnings {
            Terminal.say(
                """
                broker \(settings.broker): \(warning.weight.rawValue): \(warning.finding)
                    \(warning.meaning)
                    remedy: \(warning.remedy)
                """
            )
        }
        let losses = warnings.count { $0.weight == .losesMessages }
        Terminal.say(
            losses == 0
                ? "broker \(settings.broker): nothing found that loses messages"
                : "broker \(settings.broker): \(losses) found that lose messages"
        )
    }
}
