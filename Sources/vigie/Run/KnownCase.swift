import Engine
import Interactions
import PipelineKit
import Store
import Units

/// A case as the database knows it, for whoever wants to change something about it: what cannot have an effect is
/// refused before it is kept, with what could.
///
/// The database may be a moment behind the engine, which decides in the end.
struct KnownCase {
    private let key: String
    /// Nil when nothing was said on it yet, because it is held back.
    private let last: Interaction?
    /// By the clock of the journal, which may be a simulated one.
    private let now: Moment

    /// - Throws: when no such case is known, or the database cannot be read.
    init(_ key: String, in store: Store) throws(Problem) {
        self.key = key
        let isKnown: Bool
        do throws(StoreError) {
            isKnown = try store.isKnown(key: key)
            last = try store.lastInteraction(of: key).flatMap { Interaction(cloudEvent: $0.body) }
            now = try store.lastEntry(of: VigieProcess.partition) ?? .distantPast
        } catch {
            throw .unreadable(error)
        }
        guard isKnown else { throw .unknown(key) }
    }

    /// Whether news about it may still change something.
    func requireRemembered() throws(Problem) {
        guard let last, last.status.isEnd, now.since(last.at) > Engine.caseMemory else { return }
        throw .forgotten(key, last.status, since: last.at)
    }

    /// Whether it offers a command of this name, and is not over.
    func require(command name: String, of pipelines: PipelineSet) throws(Problem) {
        guard let last else { return }
        let offered = pipelines.commands(offeredBy: last.detector, of: last.pipeline)
        guard offered.contains(name) else { throw .notOffered(key, name, offered) }
        // Of one that is resolved the sensor may say that it still goes on.
        guard last.status != .closed, last.status != .cancelled else {
            throw .over(key, last.status, since: last.at)
        }
        try requireRemembered()
    }

    /// Why nothing can be done about it.
    enum Problem: Error, CustomStringConvertible {
        case unknown(String)
        case forgotten(String, Interaction.Status, since: Moment)
        case over(String, Interaction.Status, since: Moment)
        case notOffered(String, String, [String])
        case unreadable(StoreError)

        var description: String {
            switch self {
            case .unknown(let key):
                let kept = SpanText.exact(RetentionPolicy().interactions)
                return
                    "there is no case \"\(key)\" here: the key is wrong, or the case ended more than \(kept) ago"
            case .forgotten(let key, let status, let since):
                let memory = SpanText.exact(Engine.caseMemory)
                return
                    "case \(key) is \(status.rawValue) since \(since) and forgotten \(memory) after its end: "
                    + "news changes nothing any more; vigie why \(key) still tells what happened"
            case .over(let key, let status, let since):
                return "case \(key) is \(status.rawValue) since \(since): no command is sent for it any more"
            case .notOffered(let key, let name, let offered):
                let known = offered.isEmpty ? "no command" : offered.sorted().joined(separator: ", ")
                return "case \(key) offers no command \"\(name)\"; it offers \(known)"
            case .unreadable(let error): return "\(error)"
            }
        }
    }
}

extension Interaction.Status {
    fileprivate var isEnd: Bool { self == .resolved || self == .closed || self == .cancelled }
}

extension PipelineSet {
    /// The names of the commands that a case of a detector offers, in the order of the pipeline's text.
    fileprivate func commands(offeredBy detector: String, of pipeline: String) -> [String] {
        pipelines.filter { $0.name == pipeline }
            .flatMap { $0.plan.root.detectors.filter { $0.name == detector }.flatMap(\.reactions) }
            .compactMap { if case .offer(let name, _, _) = $0 { name } else { nil } }
    }
}
