import Foundation
import PipelineKit
import Pipelines

extension PipelineSet {
    /// All pipelines, or those whose names are listed.
    static func chosen(_ list: String?, from all: PipelineSet = allPipelines) throws -> PipelineSet {
        guard let list else { return all }
        let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let known = all.pipelines
        let strangers = names.filter { name in !known.contains { $0.name == name } }
        guard strangers.isEmpty else {
            let quoted = strangers.map { "\"\($0)\"" }.joined(separator: ", ")
            let words = known.map(\.name).joined(separator: ", ")
            throw CommandFailure(.usage, "there is no pipeline \(quoted); known: \(words)")
        }
        return all.filter { names.contains($0.name) }
    }

    /// Prints all problems; refuses to go on with an error.
    func requireSound() throws {
        let problems = problems
        for problem in problems { Terminal.say(problem.description) }
        let errors = problems.count { $0.kind == .error }
        guard errors == 0 else {
            throw CommandFailure(.configuration, "\(errors) errors in the pipelines; nothing was started")
        }
    }
}
