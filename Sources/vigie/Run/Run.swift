import Foundation
import Interactions
import Observability
import PipelineKit
import Pipelines
import Units

extension Command {
    static let run = Command(
        name: "run",
        summary: "takes what the broker has, decides, and sends",
        flags: ["tell"],
        usage: """
            vigie run [--tell] [--clock-from TIME --clock-factor N]

            Listens to the topics of the pipelines, keeps everything in VIGIE_DATA, and hands interactions and text
            messages to the sinks. Goes on where it was. SIGTERM drains and leaves within 5 s.

            --tell prints each finding, case and text on stdout in lines for people; they hold personal data.
            --clock-from and --clock-factor run on a simulated clock, for playing recorded days: TIME like
            2026-01-05T00:00:00Z, N times as fast as life.

            Settings: vigie check --settings.
            """,
        example: "VIGIE_MQTT=mqtt://127.0.0.1:1883 vigie run --tell"
    ) { arguments in
        try arguments.allow(["clock-from", "clock-factor"])
        try allPipelines.requireSound()
        let settings = try Settings.sound(for: allPipelines)
        StopSignal.listen()
        let options = try RunOptions(arguments)
        guard let process = try VigieProcess(settings, allPipelines, options) else { return }
        try process.run()
    }
}

extension Settings {
    /// The settings, or everything that is wrong with them at once.
    fileprivate static func sound(for pipelines: PipelineSet) throws -> Settings {
        let (settings, unread) = read(environment: ProcessInfo.processInfo.environment)
        let problems = SettingsCheck(settings, for: pipelines).problems
        for warning in problems where warning.kind != .error { Terminal.say(warning.description) }
        let errors = unread + problems.filter { $0.kind == .error }.map(\.description)
        guard errors.isEmpty else {
            let last = "see vigie check --settings; nothing was started"
            throw CommandFailure(.configuration, (errors + [last]).joined(separator: "\n"))
        }
        return settings
    }
}

/// What `vigie run` is asked for besides the settings.
struct RunOptions {
    let tells: Bool
    let clockFrom: Moment?
    let clockFactor: Double

    init(_ arguments: Arguments) throws {
        tells = arguments.has("tell")
        clockFrom = try arguments.moment("clock-from")
        clockFactor =
            try arguments.value("clock-factor").map { text in
                guard let factor = Double(text), factor > 0, factor <= 1_000_000 else {
                    throw CommandFailure(.usage, "--clock-factor needs a number above 0, found \"\(text)\"")
                }
                return factor
            } ?? 1
    }
}
