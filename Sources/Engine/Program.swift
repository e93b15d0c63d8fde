import Interactions
import Models
import PipelineKit
import Telemetry
import Units

/// Where a sign or stage finds its input: the position of a function of the program.
struct Input: BitwiseCopyable {
    let function: Int32
}

/// One step of a block, in numbers alone: nothing to retain on the path of a message.
enum Step: BitwiseCopyable {
    case drop(Input, reason: Int32)
    case reject(Input, low: Double, high: Double, reason: Int32)
    /// Remembers which reading came past the `Drop` and `Reject` before it.
    case gate(state: Int32)
    case dropRepeats(RepeatStep)
    case enrich(index: Int32, state: Int32)
    case derive(index: Int32, state: Int32)
    case detect(index: Int32)
}

struct RepeatStep: BitwiseCopyable {
    let offset: Int32
    let width: Int32
    let isCounter: Bool
    let state: Int32
    let within: Int64
    let reason: Int32
}

enum SignStep: BitwiseCopyable {
    case holds(Input, span: Int64, state: Int32)
    case compares(Input, limit: Double, release: Double, isAbove: Bool, span: Int64, state: Int32)
    case flaps(Input, count: Int32, within: Int64, state: Int32)
    case silent(span: Int64)
    case missing(count: Int32)
    case happens(Input)
    case raised(Input, until: Input, state: Int32)
    case unusual(Input, at: Input?, model: Int32, state: Int32)
    case sequence(first: Int32, count: Int32, state: Int32)
}

/// One `First` or `Then`.
struct SequenceStep: BitwiseCopyable {
    let input: Input
    let within: Int64
    let span: Int64
}

struct DetectorStep: BitwiseCopyable {
    let index: Int32
    let firstSign: Int32
    let signCount: Int32
    let state: Int32
    /// Where the last reading of its block is in the record.
    let reading: Int32
    /// Where the gate before it keeps the time of the last reading that passed; -1: it sees them all.
    let gate: Int32
    let remindEvery: Int64
    let clearsAfter: Int64
    let atMostEvery: Int64
    let isMomentary: Bool
    let isSilence: Bool
    let needsConsent: Bool
}

/// Says why a detector spoke.
struct Explainer {
    /// The unit of the values that the model is fed with.
    let symbol: String
    /// From the device's record and the reading of the detector's block.
    let explain: (_ record: UnsafeRawPointer, _ reading: UnsafeRawPointer) -> Explanation
}

/// The steps of one payload type.
struct Block {
    var steps = Frozen<Step>([])
    /// Where the last reading is in the record, and how long it is.
    var reading: Int32
    var size: Int32
}

/// A part of a device's record: what it holds, so that a record of another version of the pipeline can be carried
/// over part by part.
struct Region: Hashable {
    let identity: String
    let offset: Int
    let size: Int
}

/// One pipeline in the form that the engine runs.
final class Program {
    let plan: PipelinePlan
    /// What each `Listen` reads its messages with.
    let listeners: [Listener]
    /// Whether each `Listen` takes retained messages.
    let takesRetained: [Bool]
    let blocks: Frozen<Block>
    let signs: Frozen<SignStep>
    let sequence: Frozen<SequenceStep>
    let detectors: Frozen<DetectorStep>
    let conditions: Frozen<(UnsafeRawPointer) -> Bool>
    let measures: Frozen<(UnsafeRawPointer) -> Double>
    let times: Frozen<(UnsafeRawPointer) -> Moment>
    /// What each model of `Unusual` does with a value.
    let observers: Frozen<(UnsafeMutableRawPointer, Double, Double) -> Alarm>
    let derivations: Frozen<Derivation>
    let detectorPlans: [DetectorPlan]
    let explainers: [Explainer?]
    let enrichments: [EnrichPlan]
    let reasons: [String]
    let regions: [Region]
    /// What must be true of a record that comes from a snapshot.
    let checks: [(UnsafeRawPointer) -> Bool]
    /// Two versions of the pipeline with the same number look at a record in the same way: it has the same parts, and
    /// the signs and detectors have the same limits and spans.
    let signature: UInt64
    /// The bytes of a record of a device that never spoke.
    let emptyRecord: [UInt8]
    /// The detectors that wait for a device to fall silent.
    let silences: Frozen<DetectorStep>
    /// Whether a device of the directory that never spoke is waited for, too.
    let expectsDevices: Bool
    let hasModels: Bool
    /// The kind of asset whose readings go on; nil when those of all devices do.
    let onlyKind: String?
    /// Whether the format itself says whose a reading is, so that it is known before anything else is read.
    let isIdentifiedBySubject: Bool
    /// Whether readings may leave out what the device said before.
    let hasGaps: Bool
    /// Whether stored readings that come late are this pipeline's business: it goes by the device's time, or looks at
    /// the field `historical`.
    let takesHistory: Bool
    let order: (offset: Int, waiting: Int64)?
    let identity: Int

    /// Makes readings of messages.
    enum Listener {
        /// Straight from the bytes of the message.
        case payload(PayloadDecoder)
        /// From what the decoder of a format has said.
        case decoded(ReadingAssembler)

        init(_ plan: ListenPlan, _ layout: ReadingLayout) {
            let captures = plan.filter.captures
            self =
                switch plan.format {
                case .json: .payload(PayloadDecoder(layout, captures: captures))
                case .bare(let field): .payload(PayloadDecoder(layout, bareField: field, captures: captures))
                case .decoded: .decoded(ReadingAssembler(layout, captures: captures))
                }
        }
    }

    /// A transformer at work: its step, and the block of what it makes.
    struct Derivation {
        let step: (UnsafeMutableRawPointer, UnsafeRawPointer, UnsafeMutableRawPointer) -> Bool
        let block: Int
    }

    /// Reasons that every pipeline has, in the places where `Reason` says.
    enum Reason: Int32, CaseIterable {
        case retained, late, repeated, implausible, leftOut, foreign, unknown

        var word: String {
            switch self {
            case .retained: "retained"
            case .late: "late"
            case .repeated: "repeated"
            case .implausible: "implausible"
            // What a decoder understands and makes no readings of: an acknowledgement, a list of devices.
            case .leftOut: "left out"
            // Of a device for another pipeline: one topic has many kinds.
            case .foreign: "no field of the table"
            case .unknown: "not in the directory"
            }
        }
    }

    init(_ plan: PipelinePlan) {
        let compiled = ProgramCompiler(plan)
        self.plan = plan
        listeners = plan.listens.map { Listener($0, plan.root.layout) }
        takesRetained = plan.listens.map { $0.retained == .isState }
        blocks = Frozen(compiled.blocks)
        signs = Frozen(compiled.signs)
        sequence = Frozen(compiled.sequence)
        detectors = Frozen(compiled.detectors)
        conditions = Frozen(compiled.conditions)
        measures = Frozen(compiled.measures)
        times = Frozen(compiled.times)
        observers = Frozen(compiled.models.map(\.observe))
        derivations = Frozen(compiled.derivations.map { Derivation(step: $0.plan.step, block: $0.block) })
        detectorPlans = compiled.detectorPlans
        explainers = compiled.explainers
        enrichments = compiled.enrichments
        reasons = compiled.reasons
        regions = compiled.regions
        checks = compiled.checks
        signature = compiled.signature
        emptyRecord = compiled.emptyRecord
        silences = Frozen(compiled.detectors.filter(\.isSilence))
        expectsDevices = compiled.signs.contains { if case .silent = $0 { true } else { false } }
        hasModels = !compiled.models.isEmpty
        onlyKind = plan.identity.flatMap { $0.others == .dropped ? $0.kind : nil }
        let identities = plan.root.layout.fields.filter { $0.offset == plan.identity?.offset }.map(\.name)
        isIdentifiedBySubject =
            identities.contains(ReservedField.subject.rawValue)
            && !plan.listens.contains { $0.filter.captures.contains { identities.contains($0.name) } }
        hasGaps = plan.root.layout.lasting != 0
        takesHistory =
            plan.order != nil
            || plan.root.layout.fields.contains { $0.name == ReservedField.historical.rawValue }
        order = plan.order.map { ($0.offset, $0.waiting.inMicroseconds) }
        identity = plan.identity?.offset ?? 0
    }

    deinit {
        for block in blocks { block.steps.deallocate() }
        blocks.deallocate()
        signs.deallocate()
        sequence.deallocate()
        detectors.deallocate()
        silences.deallocate()
        conditions.deallocate()
        measures.deallocate()
        times.deallocate()
        observers.deallocate()
        derivations.deallocate()
    }

    var recordSize: Int { emptyRecord.count }
    var hasSilence: Bool { silences.count > 0 }
}
