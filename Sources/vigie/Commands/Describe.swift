import PipelineKit
import Pipelines

extension Command {
    static let describe = Command(
        name: "describe",
        summary: "tells what each pipeline listens to, reads, looks for and does",
        flags: ["json"],
        usage: """
            vigie describe [--pipelines NAME,NAME] [--json]

            For each pipeline: its topics, the table of fields, its stages and detectors with their places in the
            file, and who is told. --json prints one object a line for programs. A wrong pipeline is described as
            far as it goes; see vigie check.

            Exit codes: 0 done, 64 no such pipeline.
            """,
        example: "vigie describe --pipelines elevators"
    ) { arguments in
        try arguments.allow(["pipelines"])
        guard arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected options only") }
        let pipelines = try PipelineSet.chosen(arguments.value("pipelines")).pipelines
        let descriptions = pipelines.map { PipelineDescription($0.plan) }
        guard arguments.has("json") else {
            return Terminal.print(descriptions.map(\.text).joined(separator: "\n\n"))
        }
        for description in descriptions { Terminal.print("\(description.json)") }
    }
}
