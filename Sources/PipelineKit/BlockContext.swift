import Interactions
import Telemetry

/// What the stages of one block add themselves to.
public struct BlockContext: Sendable {
    package let layout: ReadingLayout
    /// What the texts of this block are tried with; nil when nobody said what its readings look like.
    let sample: [UInt8]?
    /// Whether this is the outermost block, the one that listens.
    package let isRoot: Bool
    package var listens: [ListenPlan] = []
    package var identity: IdentityPlan?
    package var order: OrderPlan?
    package var stages: [StagePlan] = []
    package var problems: [Problem] = []

    init(layout: ReadingLayout, sample: [UInt8]?, isRoot: Bool) {
        self.layout = layout
        self.sample = sample
        self.isRoot = isRoot
    }

    mutating func report(_ place: Place, _ text: String) {
        problems.append(Problem(.error, at: place, text))
    }

    /// Stages that say where readings come from stand first, in the outermost block.
    mutating func requireHead(_ stage: String, _ place: Place) {
        if !isRoot {
            report(place, "\(stage) belongs at the beginning of the pipeline, found inside Derive")
        } else if !stages.isEmpty {
            report(place, "\(stage) belongs before the stages that look at readings; move it up")
        }
    }

    mutating func requirePositive(_ span: Duration, _ what: String, _ place: Place) {
        if span <= .zero { report(place, "\(what) must be longer than zero, found \(span)") }
    }
}

extension PipelinePlan {
    init(name: String, place: Place, privacy: PrivacyClass, root block: BlockContext) {
        self.init(
            name: name,
            place: place,
            privacy: privacy,
            listens: block.listens,
            identity: block.identity,
            order: block.order,
            root: BlockPlan(layout: block.layout, sample: block.sample, stages: block.stages),
            problems: block.problems
        )
        checkShape()
    }

    private mutating func checkShape() {
        func report(_ place: Place, _ text: String) { problems.append(Problem(.error, at: place, text)) }
        if name.isEmpty { report(place, "a pipeline needs a name; ids and state are kept by it") }
        if listens.isEmpty { report(place, "\"\(name)\" listens to nothing; begin with Listen(to: …)") }
        if identity == nil {
            report(place, "\"\(name)\" does not say whose readings these are; add Identify(by: …)")
        }
        let fields = Set(root.layout.fields.filter { $0.path.count == 1 }.map(\.name))
        for (index, listen) in listens.enumerated() {
            if let first = listens[..<index].first(where: { $0.filter.overlaps(listen.filter) }) {
                report(
                    listen.place,
                    "\"\(listen.filter.subscription)\" takes topics that line \(first.place.line) takes already; such a message would be read twice"
                )
            }
            for capture in listen.filter.captures where !fields.contains(capture.name) {
                let known = fields.sorted().joined(separator: ", ")
                report(listen.place, "{\(capture.name)} fills no field of the reading; its fields: \(known)")
            }
            if case .bare(let field) = listen.format, !fields.contains(field) {
                report(listen.place, "the payload goes to \"\(field)\", which is not in the reading's table")
            }
        }
        checkFormats()
        let detectors = root.detectors
        var seen: [String: Place] = [:]
        for detector in detectors {
            if let first = seen[detector.name] {
                report(
                    detector.place,
                    "the detector \"\(detector.name)\" is there already, at line \(first.line); ids are made of it"
                )
            }
            seen[detector.name] = detector.place
        }
        if detectors.isEmpty {
            problems.append(Problem(.warning, at: place, "\"\(name)\" detects nothing"))
        }
    }
}

extension BlockPlan {
    /// The detectors of this block and of those inside it, in the order of the file.
    package var detectors: [DetectorPlan] {
        stages.flatMap { stage -> [DetectorPlan] in
            switch stage {
            case .detect(let detector): [detector]
            case .derive(let derive): derive.block.detectors
            default: []
            }
        }
    }
}
