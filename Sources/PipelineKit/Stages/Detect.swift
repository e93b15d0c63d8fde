import Interactions
import Units

/// What must be true of a person before anything is decided about them.
public struct Among: Hashable, Sendable {
    let purpose: String

    /// Only people who agreed to this purpose; the directory knows who.
    public static func consenting(to purpose: Purpose) -> Among {
        Among(purpose: purpose.name)
    }
}

/// What a person may agree to: `activity-watch`, `elevator-news`.
public struct Purpose: Hashable, Sendable, ExpressibleByStringLiteral {
    public let name: String

    public init(stringLiteral name: String) {
        self.name = name
    }
}

/// Looks for something and reacts when it begins, goes on and clears.
///
/// Signs that stand together must all be true at once; `First` and `Then` must happen one after the other. From
/// begin to clear it is one episode, with one id.
public struct Detect<Content: Sendable>: Stage {
    public let place: Place
    private let plan: DetectorPlan

    /// - Parameters:
    ///   - remindEvery: react again with `.goesOn` while it lasts.
    ///   - clearsAfter: it is over only when it has been over for so long; shorter breaks belong to the episode.
    ///   - atMostEvery: for what happens in a moment: not again within this time.
    ///   - among: whose readings may be decided on.
    ///   - reopensWithin: what comes back so soon after it was resolved belongs to the same case.
    ///   - explains: the outage that this finding is.
    ///   - explainedBy: the outages during which this finding opens no case of its own.
    public init(
        _ name: String,
        severity: Severity,
        remindEvery: Duration? = nil,
        clearsAfter: Duration = .zero,
        atMostEvery: Duration? = nil,
        among: Among? = nil,
        reopensWithin: Duration = .hours(2),
        explains: Outage? = nil,
        explainedBy: Outage...,
        file: String = #fileID,
        line: Int = #line,
        @SignBuilder<Content> _ signs: () -> [any Sign<Content>],
        @ReactionBuilder<Content> react: () -> [any Reaction<Content>]
    ) {
        place = Place(file: file, line: line)
        plan = DetectorPlan(
            name: name,
            place: place,
            severity: severity,
            remindEvery: remindEvery,
            clearsAfter: clearsAfter,
            atMostEvery: atMostEvery,
            consent: among?.purpose,
            reopensWithin: reopensWithin,
            explains: explains,
            explainedBy: explainedBy,
            signs: signs().map(\.plan),
            reactions: react().map(\.plan)
        )
    }

    public func lower(into block: inout BlockContext) {
        for problem in plan.problems { block.report(problem.0, problem.1) }
        block.stages.append(.detect(plan))
    }
}

extension DetectorPlan {
    /// Whether what is detected is over in the moment it is seen.
    package var isMomentary: Bool {
        signs.contains { sign in
            switch sign {
            case .happens, .first, .then: true
            default: false
            }
        }
    }

    package var sendsCommands: Bool {
        reactions.contains { reaction in
            switch reaction {
            case .command, .offer: true
            default: false
            }
        }
    }

    fileprivate var problems: [(Place, String)] {
        var problems: [(Place, String)] = []
        if name.isEmpty { problems.append((place, "a detector needs a name; ids are made of it")) }
        if signs.isEmpty { problems.append((place, "\"\(name)\" looks for nothing; add a sign")) }
        let watches = reactions.count { if case .watch = $0 { true } else { false } }
        if reactions.count == watches {
            problems.append((place, "\"\(name)\" reacts with nothing; nobody would learn of it"))
        } else if watches > 1 {
            problems.append((place, "\"\(name)\" has \(watches) Watch; one holds for all that it says"))
        }
        if let remindEvery, remindEvery <= .zero {
            problems.append((place, "remindEvery must be longer than zero, found \(remindEvery)"))
        }
        if clearsAfter < .zero { problems.append((place, "clearsAfter cannot be negative")) }
        if reopensWithin < .zero { problems.append((place, "reopensWithin cannot be negative")) }
        problems.append(contentsOf: caseProblems)
        if isMomentary, clearsAfter > .zero || remindEvery != nil {
            problems.append(
                (place, "\"\(name)\" is over in the moment it happens; use atMostEvery to hold repeats back")
            )
        }
        problems.append(contentsOf: sequenceProblems)
        for sign in signs {
            if let problem = sign.problem { problems.append((place, problem)) }
        }
        return problems
    }

    /// What is critical reaches somebody who answers, always: it needs an escalation, and no other case explains it.
    private var caseProblems: [(Place, String)] {
        var problems: [(Place, String)] = []
        let escalations = reactions.compactMap { reaction -> Escalation? in
            if case .escalate(let escalation, _, _) = reaction { escalation } else { nil }
        }
        if severity == .critical, escalations.isEmpty {
            problems.append(
                (place, "\"\(name)\" is critical and could end unanswered; add Escalate(…) to its reactions")
            )
        }
        if escalations.count > 1 {
            problems.append(
                (place, "\"\(name)\" has \(escalations.count) escalations; one asks everybody in its order")
            )
        }
        if severity == .critical, !explainedBy.isEmpty {
            problems.append(
                (place, "\"\(name)\" is critical: nothing explains it away; remove explainedBy")
            )
        }
        for escalation in escalations {
            problems.append(
                contentsOf: escalation.problems.map { (place, "escalation \"\(escalation.name)\": \($0)") }
            )
        }
        return problems
    }

    private var sequenceProblems: [(Place, String)] {
        let steps = signs.enumerated().compactMap { index, sign -> (Int, isFirst: Bool)? in
            switch sign {
            case .first: (index, true)
            case .then: (index, false)
            default: nil
            }
        }
        guard !steps.isEmpty else { return [] }
        if steps.count != signs.count {
            return [
                (
                    place,
                    "a sequence of First and Then stands alone; move the other signs to a detector of their own"
                )
            ]
        }
        if !steps[0].isFirst { return [(place, "a sequence begins with First, found Then")] }
        if steps.dropFirst().contains(where: \.isFirst) {
            return [(place, "a sequence has one First; the following steps are Then")]
        }
        if steps.count == 1 { return [(place, "First needs a Then; for one condition use Holds or Happens")] }
        return []
    }
}

extension SignPlan {
    fileprivate var problem: String? {
        switch self {
        case .holds(_, let span), .first(_, let span):
            span < .zero ? "for: cannot be negative, found \(span)" : nil
        case .compares(_, let limit, let release, let isAbove, let span):
            if span < .zero {
                "for: cannot be negative, found \(span)"
            } else if isAbove ? release > limit : release < limit {
                "until: must lie on the other side of the limit, or it would begin and clear at once"
            } else {
                nil
            }
        case .flaps(_, let count, let within):
            (2...8).contains(count) && within > .zero
                ? nil
                : "Flaps counts 2 to 8 changes within a span longer than zero, found \(count) in \(within)"
        case .silent(let span):
            span > .zero ? nil : "Silent needs a span longer than zero, found \(span)"
        case .missing(let count):
            (3...10_000).contains(count) ? nil : "Silent counts 3 to 10 000 missing readings, found \(count)"
        case .then(_, let within, let span):
            within > .zero && span >= .zero ? nil : "Then needs a span longer than zero, found \(within)"
        case .happens, .raised, .unusual: nil
        }
    }
}
