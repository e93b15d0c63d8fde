import Telemetry
import Units

/// Turns readings of one type into readings of another, with a memory for each subject.
///
/// A plain struct of numbers: its bytes are its memory, they are kept with the device and survive a restart.
public protocol Transformer<Input, Output>: BitwiseCopyable, Sendable {
    associatedtype Input
    associatedtype Output: BitwiseCopyable & Sendable
    /// Raised when the meaning of the stored properties changes; the memory then starts anew.
    static var version: UInt16 { get }
    /// What it may hand out, so that the texts about it can be tried before anything has happened (`vigie texts`).
    static var sample: Output? { get }

    /// Nil when this reading completes nothing.
    mutating func step(_ reading: Input) -> Output?
}

extension Transformer {
    public static var version: UInt16 { 1 }
    public static var sample: Output? { nil }
}

/// Opens a block in which the readings are of another type.
///
/// - Loses: readings for which the transformer returns nil; that is not counted, it is the transformer's work.
public struct Derive<Content: Sendable>: Stage {
    public let place: Place
    private let plan: DerivePlan
    private let inner: BlockContext

    public init<Change: Transformer>(
        _ output: Change.Output.Type,
        with transformer: Change,
        file: String = #fileID,
        line: Int = #line,
        @StageBuilder<Change.Output> _ stages: () -> [any Stage<Change.Output>]
    ) where Change.Input == Content {
        place = Place(file: file, line: line)
        let layout = ReadingLayout(
            typeName: "\(Change.Output.self)",
            size: MemoryLayout<Change.Output>.size,
            stride: MemoryLayout<Change.Output>.stride,
            initial: [],
            fields: []
        )
        let sample = Change.sample.map { withUnsafeBytes(of: $0) { [UInt8]($0) } }
        var block = BlockContext(layout: layout, sample: sample, isRoot: false)
        for stage in stages() { stage.lower(into: &block) }
        inner = block
        plan = DerivePlan(
            name: "\(Change.self)",
            version: Change.version,
            initialState: withUnsafeBytes(of: transformer) { [UInt8]($0) },
            step: { state, reading, output in
                let input = reading.assumingMemoryBound(to: Content.self)
                let made = state.assumingMemoryBound(to: Change.self).pointee.step(input.pointee)
                guard let made else { return false }
                output.storeBytes(of: made, as: Change.Output.self)
                return true
            },
            block: BlockPlan(layout: layout, sample: sample, stages: block.stages),
            place: place
        )
    }

    @available(*, unavailable, message: "the transformer makes readings of another type than Derive names")
    public init<Output, Change: Transformer>(
        _ output: Output.Type,
        with transformer: Change,
        file: String = #fileID,
        line: Int = #line,
        @StageBuilder<Output> _ stages: () -> [any Stage<Output>]
    ) where Change.Input == Content {
        preconditionFailure("unavailable")
    }

    public func lower(into block: inout BlockContext) {
        block.problems.append(contentsOf: inner.problems)
        block.stages.append(.derive(plan))
    }
}
