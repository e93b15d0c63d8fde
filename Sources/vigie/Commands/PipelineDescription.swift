import Interactions
import PipelineKit
import Telemetry
import Units

/// A pipeline in words. Key paths have no names at run time: what is known by a name of its own is named.
struct PipelineDescription {
    struct Topic {
        let filter: String
        let format: String
        let retained: String
        let place: Place
    }

    struct Field {
        let name: String
        let kind: String
        let isRequired: Bool
        /// A named level of a topic fills it.
        let isFromTopic: Bool
    }

    struct Stage {
        let text: String
        let place: Place
        /// How many `Derive` blocks it stands in.
        let depth: Int
    }

    struct Detector {
        let name: String
        let severity: Severity
        let place: Place
        let signs: [String]
        let conditions: [String]
        let reactions: [ReactionDescription]
    }

    let name: String
    let place: Place
    let privacy: PrivacyClass
    let reading: String
    let topics: [Topic]
    let fields: [Field]
    private(set) var stages: [Stage] = []
    private(set) var detectors: [Detector] = []

    init(_ plan: PipelinePlan) {
        name = plan.name
        place = plan.place
        privacy = plan.privacy
        reading = plan.root.layout.typeName
        topics = plan.listens.map(Topic.init)
        let captures = Set(plan.listens.flatMap { $0.filter.captures.map(\.name) })
        fields = plan.root.layout.fields.map { field in
            Field(
                name: field.name,
                kind: field.words,
                isRequired: field.isRequired,
                isFromTopic: captures.contains(field.name)
            )
        }
        addHead(plan)
        add(plan.root, depth: 0)
    }

    private mutating func addHead(_ plan: PipelinePlan) {
        let layout = plan.root.layout
        if let identity = plan.identity {
            let kind = identity.kind.map { ", an asset of kind \($0)" } ?? ""
            add("Identify by \(layout.name(at: identity.offset))\(kind)", identity.place, 0)
        }
        if let order = plan.order {
            let field = layout.name(at: order.offset)
            add("Order by \(field), waiting \(SpanText.exact(order.waiting))", order.place, 0)
        }
    }

    private mutating func add(_ text: String, _ place: Place, _ depth: Int) {
        stages.append(Stage(text: text, place: place, depth: depth))
    }

    private mutating func add(_ block: BlockPlan, depth: Int) {
        for stage in block.stages {
            switch stage {
            case .drop(let reason, _, let place): add("Drop \"\(reason)\"", place, depth)
            case .reject(let reason, let value, let low, let high, let place):
                let (low, high) = (value.words(low), value.words(high))
                add("Reject as \(reason) what is below \(low) or above \(high)", place, depth)
            case .dropRepeats(let input, let span, let place):
                let field = block.layout.name(at: input.offset)
                add("DropRepeats of \(field) within \(SpanText.exact(span))", place, depth)
            case .enrich(let enrich):
                let field = block.layout.name(at: enrich.offset)
                add("Enrich \(field) with the \(enrich.source.words)", enrich.place, depth)
            case .derive(let derive):
                add("Derive \(derive.block.layout.typeName) with \(derive.name)", derive.place, depth)
                add(derive.block, depth: depth + 1)
            case .detect(let detector):
                add("Detect \"\(detector.name)\"", detector.place, depth)
                detectors.append(Detector(detector))
            }
        }
    }

}

extension PipelineDescription.Topic {
    fileprivate init(_ plan: ListenPlan) {
        filter = plan.filter.text
        format =
            switch plan.format {
            case .json: "JSON"
            case .bare(let field): "one value, for \(field)"
            case .decoded(let format): format.title
            }
        retained =
            switch plan.retained {
            case .dropped: "dropped"
            case .isState: "taken as the present state"
            }
        place = plan.place
    }
}

extension PipelineDescription.Detector {
    fileprivate init(_ plan: DetectorPlan) {
        name = plan.name
        severity = plan.severity
        place = plan.place
        signs = plan.signs.map(\.words)
        var conditions: [String] = []
        if let consent = plan.consent { conditions.append("only people who agreed to \(consent)") }
        if plan.clearsAfter > .zero { conditions.append("over after \(SpanText.exact(plan.clearsAfter))") }
        if let span = plan.remindEvery { conditions.append("again every \(SpanText.exact(span))") }
        if let span = plan.atMostEvery { conditions.append("at most every \(SpanText.exact(span))") }
        self.conditions = conditions
        reactions = plan.reactions.map(ReactionDescription.init)
    }
}

extension TopicFilter {
    /// As it was written.
    fileprivate var text: String {
        levels.map { level in
            switch level {
            case .literal(let text): text
            case .any: "+"
            case .named(let name): "{\(name)}"
            case .rest: "#"
            }
        }.joined(separator: "/")
    }
}

extension ReadingLayout {
    /// What the payload calls the property at an offset; a derived reading has no names.
    fileprivate func name(at offset: Int) -> String {
        fields.first { $0.offset == offset }?.name ?? "a property of \(typeName)"
    }
}

extension DirectoryFact {
    fileprivate var words: String {
        switch self {
        case .site: "site of the asset"
        case .name: "name of the asset"
        case .person: "person of the asset"
        case .attribute(let name): "attribute \(name) of the asset"
        }
    }
}

extension FieldSlot {
    /// What it holds, with the unit in which the device sends it.
    fileprivate var words: String {
        switch kind {
        case .integer: "whole number"
        case .number: unit.isEmpty ? "number" : "number in \(unit)"
        case .bool: "true or false"
        case .time(.iso8601): "time in ISO 8601"
        case .time(.epochSeconds): "time in seconds since 1970"
        case .time(.epochMilliseconds): "time in milliseconds since 1970"
        case .name: "name"
        case .choice(let table): table.choices.map(\.word).joined(separator: " | ")
        case .samples: "list of [x, y, z] in \(unit)"
        }
    }
}

extension ValueInput {
    /// A number with the unit that this one is kept in.
    fileprivate func words(_ number: Double) -> String { "\(JSON.number(number)) \(unit)" }
}

extension SignPlan {
    fileprivate var words: String {
        func held(_ span: Duration) -> String { span > .zero ? " for \(SpanText.exact(span))" : "" }
        switch self {
        case .holds(_, let span): return "a condition holds\(held(span))"
        case .compares(let value, let limit, let release, let isAbove, let span):
            let word = isAbove ? "above" : "below"
            let until = release == limit ? "" : ", until \(value.words(release))"
            return "a value is \(word) \(value.words(limit))\(held(span))\(until)"
        case .flaps(_, let count, let span):
            return "a condition comes at least \(count) times within \(SpanText.exact(span))"
        case .missing(let count): return "\(count) readings in a row are missing, by the device's own rhythm"
        case .silent(let span): return "nothing came for \(SpanText.exact(span))"
        case .happens: return "a condition happens"
        case .raised: return "one condition raises it, another takes it back"
        case .unusual(_, at: _, let model): return "a value is not as usual, says \(model.name)"
        case .first(_, let span): return "first a condition\(held(span))"
        case .then(_, let within, let span):
            return "then a condition within \(SpanText.exact(within))\(held(span))"
        }
    }
}
