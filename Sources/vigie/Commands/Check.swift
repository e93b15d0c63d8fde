import PipelineKit
import Pipelines

extension Command {
    static let check = Command(
        name: "check",
        summary: "finds what is wrong with the pipelines and the settings before anything runs",
        flags: [],
        usage: """
            vigie check

            Prints every problem as Pipelines/File.swift:line: error: … and ends with 78 if there is an error.
            """,
        example: "vigie check"
    ) { arguments in
        try arguments.allow([])
        try allPipelines.requireSound()
        Terminal.say("\(allPipelines.pipelines.count) pipelines, no errors")
    }
}
