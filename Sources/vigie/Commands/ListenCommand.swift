import Foundation
import MQTT
import Telemetry
import Units

extension Command {
    static let listen = Command(
        name: "listen",
        summary: "shows what devices send, and prints a pipeline file for it",
        flags: [],
        usage: """
            vigie listen --topic FILTER [--topic FILTER …] [--for 60s] [--messages N] [--broker mqtt://HOST:PORT]
            vigie listen --file RECORDING.jsonl [--topic FILTER …]

            Listens at the broker for a while (30s, 5min, 2h; 60s when nothing is said), until N messages have come or
            until Ctrl-C, or reads a recording. Nothing is journaled and nothing is taken from the service: it is a session of its own, QoS 0.

            Says on stderr, for topics that are alike: the format that was found, how many messages, and of each
            device its last values, the model that it or its bridge names (else the kind of device it looks like),
            and the fields that keep their own names because nobody explains them. A level that FILTER leaves open (+)
            is one in which devices differ; otherwise that is found by comparing. Prints on stdout a Swift file with
            a reading and a pipeline for each, to be put into Pipelines/; what happened once (button, call, fall)
            does not keep its last value there.

            Exit codes: 0 something was decoded, 64 wrong use, 65 nothing was, 69 the broker cannot be reached or
            refuses, 74 no such file, 78 a setting is wrong.
            """,
        example: "vigie listen --topic 'v3/#' --for 10min > Pipelines/Sensors.swift"
    ) { arguments in
        try arguments.allow(["topic", "for", "messages", "broker", "file"])
        guard arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected options only") }
        var survey = DeviceSurvey(arguments.values("topic"))
        var failure: (any Error)?
        do {
            if let path = arguments.value("file") {
                for option in ["broker", "for", "messages"] where arguments.value(option) != nil {
                    throw CommandFailure(.usage, "--\(option) does not go with --file")
                }
                try survey.read(path)
            } else {
                try survey.listen(arguments)
            }
        } catch {
            failure = error
        }
        // What came before a broken line or connection is worth as much as it was.
        if failure == nil || survey.messages > 0 {
            let streams = survey.merged
            Terminal.progress("")
            Terminal.say(SurveyReport(survey, streams).text)
            if streams.contains(where: { !$0.fields.isEmpty }) { Terminal.print(PipelineDraft(streams).text) }
            if failure == nil, streams.allSatisfy({ $0.decoded == 0 }) {
                throw CommandFailure(.data, "nothing could be decoded, so there is no pipeline file")
            }
        }
        if let failure { throw failure }
    }
}

extension DeviceSurvey {
    fileprivate mutating func read(_ path: String) throws {
        var recording = try RecordingFile(path)
        do {
            while let line = try recording.next() {
                if case .entry(.message(let message)) = line { take(message) }
            }
        } catch {
            throw CommandFailure(.data, "\(recording.place(error)); the lines before it were looked at")
        }
    }

    fileprivate mutating func listen(_ arguments: Arguments) throws {
        let filters = arguments.values("topic")
        guard !filters.isEmpty else { throw CommandFailure(.usage, "--topic is missing, as --topic 'v3/#'") }
        let span = try arguments.span("for") ?? .seconds(60)
        let limit = try arguments.count("messages", standard: .max)
        var environment = ProcessInfo.processInfo.environment
        if let broker = arguments.value("broker") { environment[Setting.broker.name] = broker }
        let settings = try Settings.load(environment: environment).mqtt
        StopSignal.listen()
        let listener = try MQTTListener(settings, filters: filters, clock: SystemClock.read)
        defer { listener.close() }
        Terminal.say(
            "listening to \(filters.joined(separator: ", ")) for \(SpanText.exact(span)); Ctrl-C ends it"
        )
        let clock = ContinuousClock()
        let end = clock.now + span
        while !StopSignal.isRaised, messages < limit, clock.now < end {
            let turn = min(clock.now.duration(to: end), .milliseconds(200))
            try listener.listen(for: turn) { take($0) }
            Terminal.progress("\(messages) messages")
        }
    }
}
