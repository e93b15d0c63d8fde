import Interactions
import Units

/// What a watch shows of everything that this detector says to people: a line of up to 40 characters below a title of
/// up to 20, which is the name of the asset when nothing else is said. Since when, what is going on and what its
/// reader can do is added.
///
/// Without it the line is the title of the case. What does not fit is refused, not cut; `vigie texts` says so.
public struct Watch<Content: Sendable>: Reaction {
    public let plan: ReactionPlan

    /// A line that is always the same.
    public init(french: Phrase, english: Phrase) {
        plan = .watch(
            line: Rendering { (_: Finding<Content>) in Wording(french: french, english: english) },
            title: nil
        )
    }

    public init(@WordingBuilder line: @escaping @Sendable (Finding<Content>) -> Wording) {
        plan = .watch(line: Rendering(line), title: nil)
    }

    public init(
        @WordingBuilder line: @escaping @Sendable (Finding<Content>) -> Wording,
        @WordingBuilder title: @escaping @Sendable (Finding<Content>) -> Wording
    ) {
        plan = .watch(line: Rendering(line), title: Rendering(title))
    }
}

/// A watch's words of one detector, without types.
package struct WatchPlan: Sendable {
    /// Nil: the name of the asset.
    let title: Rendering?
    /// Nil: the name of the detector.
    let line: Rendering?
    let detector: String

    /// Before it is known who reads them.
    package func words(_ reading: UnsafeRawPointer, _ facts: FindingFacts) -> (title: Wording, line: Wording)
    {
        let name = Wording(french: "\(facts.subjectName)")
        return (
            title?.words(reading, facts) ?? name,
            line?.words(reading, facts) ?? Wording(french: "\(detector)")
        )
    }
}

extension DetectorPlan {
    package var watch: WatchPlan {
        var line: Rendering?
        for reaction in reactions {
            switch reaction {
            case .watch(let words, let title): return WatchPlan(title: title, line: words, detector: name)
            case .openCase(_, _, let words): line = line ?? words
            default: continue
            }
        }
        return WatchPlan(title: nil, line: line, detector: name)
    }

    /// Whether anybody is told, and not only the timeline.
    var tellsPeople: Bool {
        reactions.contains { reaction in
            switch reaction {
            case .text, .ask, .inform, .escalate: true
            case .openCase, .note, .command, .offer, .watch: false
            }
        }
    }
}
