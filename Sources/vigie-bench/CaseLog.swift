import Interactions
import Measuring
import Units

/// The cases that a replay opened.
struct CaseLog {
    struct Entry {
        let detector: String
        let subject: String
        /// Since when what it is about was so, and when that was decided.
        let begun: Moment
        let opened: Moment
        var resolved: Moment?

        /// From its begin to its end.
        var span: Span { Span(from: begun, to: resolved ?? .distantFuture) }
    }

    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    mutating func take(_ effects: [Effect]) {
        for case .interaction(let interaction) in effects where interaction.kind == .case {
            switch interaction.verb {
            case .opened:
                positions[interaction.key] = entries.count
                entries.append(
                    Entry(
                        detector: interaction.detector,
                        subject: interaction.subject,
                        begun: interaction.openedAt,
                        opened: interaction.at
                    )
                )
            case .resolved, .closed:
                if let position = positions[interaction.key] { entries[position].resolved = interaction.at }
            case .updated, .acknowledged, .escalated, .reopened, .cancelled, .noted: continue
            }
        }
    }

    func of(_ detectors: String...) -> [Entry] {
        entries.filter { detectors.contains($0.detector) }
    }
}
