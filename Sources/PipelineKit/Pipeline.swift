import Interactions
import Telemetry

/// From topics to findings and what is done about them, for one kind of device.
///
/// The file of a pipeline has three parts: what the device sends (a `Reading`), what we call things (conditions
/// as computed properties), what we do (the block of stages). A block has one payload type; `Derive` opens a
/// block of another.
public struct Pipeline: Sendable {
    public let name: String
    package let plan: PipelinePlan

    /// - Parameter privacy: whose data it is; sinks that may not have it do not get it.
    public init<Content: Reading>(
        _ name: String,
        reading: Content.Type,
        privacy: PrivacyClass = .technical,
        file: String = #fileID,
        line: Int = #line,
        @StageBuilder<Content> _ stages: () -> [any Stage<Content>]
    ) {
        self.name = name
        let place = Place(file: file, line: line)
        var block = BlockContext(
            layout: Content.layout,
            sample: withUnsafeBytes(of: Content.sample) { [UInt8]($0) },
            isRoot: true
        )
        block.problems = Content.problems
        for stage in stages() { stage.lower(into: &block) }
        plan = PipelinePlan(name: name, place: place, privacy: privacy, root: block)
    }

    /// What is wrong with it that the compiler cannot see. Empty for a pipeline that may run.
    public var problems: [Problem] { plan.problems.sorted { $0.place < $1.place } }

    /// The topic filters that the broker is asked for.
    public var subscriptions: [String] { plan.listens.map { $0.filter.subscription } }
}

/// The pipelines of an installation that belong together, checked as a whole.
public struct PipelineSet: Sendable {
    public let pipelines: [Pipeline]
    /// How much people are told, and when they are left in peace.
    public let discipline: Discipline
    /// Where messages from people go that belong to no case.
    public let inbox: Queue
    /// By which channels people are told.
    public let routing: Routing

    public init(
        _ pipelines: [Pipeline],
        discipline: Discipline = .standard,
        inbox: Queue = "reception",
        routing: Routing = .textOnly
    ) {
        self.pipelines = pipelines
        self.discipline = discipline
        self.inbox = inbox
        self.routing = routing
    }

    /// Some of its pipelines, under the same rules.
    public func filter(_ isIncluded: (Pipeline) -> Bool) -> PipelineSet {
        PipelineSet(pipelines.filter(isIncluded), discipline: discipline, inbox: inbox, routing: routing)
    }

    /// The topic filters that the broker is asked for: those of the pipelines, and where devices answer commands.
    public var subscriptions: Set<String> {
        let commands = pipelines.contains { $0.plan.root.detectors.contains(where: \.sendsCommands) }
        return Set(pipelines.flatMap(\.subscriptions))
            .union(commands ? [Interactions.Command.responsePrefix + "+"] : [])
    }

    /// All problems of all pipelines, in the order of their lines.
    public var problems: [Problem] {
        var problems = pipelines.flatMap(\.problems)
        var seen: [String: Place] = [:]
        for pipeline in pipelines {
            if let first = seen[pipeline.name] {
                problems.append(
                    Problem(
                        .error,
                        at: pipeline.plan.place,
                        "the name \"\(pipeline.name)\" is taken by \(first); ids and state are kept by name"
                    )
                )
            }
            seen[pipeline.name] = pipeline.plan.place
        }
        return problems.sorted { $0.place < $1.place }
    }
}
