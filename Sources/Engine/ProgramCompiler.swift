import Models
import PipelineKit
import Telemetry
import Units

/// Makes the tables of a program out of a checked plan.
struct ProgramCompiler {
    private(set) var blocks: [Block] = []
    private(set) var signs: ContiguousArray<SignStep> = []
    private(set) var sequence: ContiguousArray<SequenceStep> = []
    private(set) var detectors: ContiguousArray<DetectorStep> = []
    private(set) var detectorPlans: [DetectorPlan] = []
    /// By detector; nil where nobody can say why.
    private(set) var explainers: [Explainer?] = []
    /// Of the detector that is being compiled.
    private var explainer: Explainer?
    private(set) var conditions: [(UnsafeRawPointer) -> Bool] = []
    private(set) var measures: [(UnsafeRawPointer) -> Double] = []
    private(set) var times: [(UnsafeRawPointer) -> Moment] = []
    private(set) var models: [ModelPlan] = []
    private(set) var derivations: [(plan: DerivePlan, block: Int)] = []
    private(set) var enrichments: [EnrichPlan] = []
    private(set) var reasons = Program.Reason.allCases.map(\.word)
    private(set) var regions: [Region] = []
    /// The bytes of a record of a device that never spoke.
    private(set) var emptyRecord: [UInt8] = []
    /// What must be true of a record that comes from a snapshot.
    private(set) var checks: [(UnsafeRawPointer) -> Bool] = []

    /// See `Program.signature`.
    var signature: UInt64 {
        checksum([UInt8]("\(regions) \(signs) \(sequence) \(detectors)".utf8))
    }

    init(_ plan: PipelinePlan) {
        _ = reserve(KeyHeader(), "header")
        compile(plan.root, path: "", gate: -1)
        // Records lie one behind the other and hold eight-byte numbers.
        while emptyRecord.count % 16 != 0 { emptyRecord.append(0) }
    }

    @discardableResult
    private mutating func reserve(_ bytes: [UInt8], _ identity: String, alignment: Int = 8) -> Int32 {
        while emptyRecord.count % alignment != 0 { emptyRecord.append(0) }
        let offset = emptyRecord.count
        emptyRecord.append(contentsOf: bytes)
        let same = regions.count { $0.identity == identity || $0.identity.hasPrefix(identity + "#") }
        let unique = same == 0 ? identity : "\(identity)#\(same + 1)"
        regions.append(Region(identity: unique, offset: offset, size: bytes.count))
        return Int32(offset)
    }

    private mutating func reserve<State: CheckedState>(_ state: State, _ identity: String) -> Int32 {
        let offset = reserve(
            withUnsafeBytes(of: state) { [UInt8]($0) },
            identity,
            alignment: MemoryLayout<State>.alignment
        )
        checks.append { $0.load(fromByteOffset: Int(offset), as: State.self).isSound }
        return offset
    }

    private mutating func input(_ condition: BoolInput) -> Input {
        conditions.append(condition.read)
        return Input(function: Int32(conditions.count - 1))
    }

    private mutating func input(_ measure: ValueInput) -> Input {
        measures.append(measure.read)
        return Input(function: Int32(measures.count - 1))
    }

    private mutating func input(_ time: TimeInput) -> Input {
        times.append(time.read)
        return Input(function: Int32(times.count - 1))
    }

    private mutating func reason(_ word: String) -> Int32 {
        if let known = reasons.firstIndex(of: word) { return Int32(known) }
        reasons.append(word)
        return Int32(reasons.count - 1)
    }

    @discardableResult
    private mutating func compile(_ plan: BlockPlan, path: String, gate: Int32) -> Int {
        let size = plan.layout.stride
        let image = plan.layout.initial + [UInt8](repeating: 0, count: size - plan.layout.initial.count)
        let reading = reserve(image, "\(path)/\(plan.layout.typeName) \(plan.layout.shape)", alignment: 16)
        let index = blocks.count
        blocks.append(Block(reading: reading, size: Int32(plan.layout.size)))
        var steps: ContiguousArray<Step> = []
        var gate = gate
        var isLeftOut = false
        for stage in plan.stages {
            switch stage {
            case .drop, .reject: isLeftOut = true
            // Inside Derive the rhythm is not that of the device, and a reading left out is no gap.
            case .detect where isLeftOut && path.isEmpty, .derive where isLeftOut && path.isEmpty:
                gate = reserve(Int64.min, "gate")
                steps.append(.gate(state: gate))
                isLeftOut = false
            case .detect, .derive, .dropRepeats, .enrich: break
            }
            steps.append(compile(stage, path: path, reading: reading, gate: gate))
        }
        blocks[index].steps = Frozen(steps)
        return index
    }

    private mutating func compile(_ stage: StagePlan, path: String, reading: Int32, gate: Int32) -> Step {
        switch stage {
        case .drop(let word, let condition, _):
            return .drop(input(condition), reason: reason(word))
        case .reject(let word, let value, let low, let high, _):
            return .reject(input(value), low: low, high: high, reason: reason(word))
        case .dropRepeats(let repeats, let within, _):
            let state =
                repeats.isCounter
                ? reserve(SequenceWindow(), "\(path)/DropRepeats")
                : reserve(RecentIDs(), "\(path)/DropRepeats")
            return .dropRepeats(
                RepeatStep(
                    offset: Int32(repeats.offset),
                    width: Int32(repeats.width),
                    isCounter: repeats.isCounter,
                    state: state,
                    within: within.inMicroseconds,
                    reason: Program.Reason.repeated.rawValue
                )
            )
        case .enrich(let enrich):
            enrichments.append(enrich)
            let state = reserve(Enrichment(), "\(path)/Enrich")
            return .enrich(index: Int32(enrichments.count - 1), state: state)
        case .derive(let derive):
            let state = reserve(
                derive.initialState,
                "\(path)/Derive \(derive.name) \(derive.version)",
                alignment: 16
            )
            let index = derivations.count
            derivations.append((derive, 0))
            let inner = compile(derive.block, path: "\(path)/\(derive.name)", gate: gate)
            derivations[index] = (derive, inner)
            return .derive(index: Int32(index), state: state)
        case .detect(let detector):
            let path = "/\(detector.name)"
            return .detect(index: compile(detector, path: path, reading: reading, gate: gate))
        }
    }

    private mutating func compile(_ plan: DetectorPlan, path: String, reading: Int32, gate: Int32) -> Int32 {
        let index = Int32(detectors.count)
        let state = reserve(DetectorState(), path)
        explainer = nil
        let firstSign = signs.count
        var isSilence = false
        if plan.isSequence {
            let first = Int32(sequence.count)
            for sign in plan.signs { sequence.append(step(of: sign)) }
            let state = reserve(SequenceState(), "\(path)/sequence")
            let count = Int64(plan.signs.count)
            checks.append { $0.load(fromByteOffset: Int(state), as: SequenceState.self).step < count }
            signs.append(.sequence(first: first, count: Int32(plan.signs.count), state: state))
        } else {
            for (position, sign) in plan.signs.enumerated() {
                switch sign {
                case .silent, .missing: isSilence = true
                default: break
                }
                signs.append(compile(sign, path: "\(path)/\(position)"))
            }
        }
        detectors.append(
            DetectorStep(
                index: index,
                firstSign: Int32(firstSign),
                signCount: Int32(signs.count - firstSign),
                state: state,
                reading: reading,
                gate: gate,
                remindEvery: plan.remindEvery?.inMicroseconds ?? 0,
                clearsAfter: plan.clearsAfter.inMicroseconds,
                atMostEvery: plan.atMostEvery?.inMicroseconds ?? 0,
                isMomentary: plan.isMomentary,
                isSilence: isSilence,
                needsConsent: plan.consent != nil
            )
        )
        detectorPlans.append(plan)
        explainers.append(explainer)
        return index
    }

    private mutating func explain(by why: ExplanationInput?) {
        if let why { explainer = Explainer(symbol: why.unit) { _, reading in why.read(reading) } }
    }

    private mutating func step(of sign: SignPlan) -> SequenceStep {
        switch sign {
        case .first(let condition, let span):
            SequenceStep(input: input(condition), within: .max, span: span.inMicroseconds)
        case .then(let condition, let within, let span):
            SequenceStep(input: input(condition), within: within.inMicroseconds, span: span.inMicroseconds)
        case .holds, .compares, .flaps, .silent, .missing, .happens, .raised, .unusual:
            preconditionFailure("only First and Then are steps of a sequence; check refuses the others")
        }
    }

    private mutating func compile(_ sign: SignPlan, path: String) -> SignStep {
        switch sign {
        case .holds(let condition, let span):
            return .holds(
                input(condition),
                span: span.inMicroseconds,
                state: reserve(SpanState(), "\(path)/holds")
            )
        case .compares(let value, let limit, let release, let isAbove, let span):
            return .compares(
                input(value),
                limit: limit,
                release: release,
                isAbove: isAbove,
                span: span.inMicroseconds,
                state: reserve(SpanState(), "\(path)/compares")
            )
        case .flaps(let condition, let count, let within):
            return .flaps(
                input(condition),
                count: Int32(count),
                within: within.inMicroseconds,
                state: reserve(FlapState(), "\(path)/flaps")
            )
        case .silent(let span): return .silent(span: span.inMicroseconds)
        case .missing(let count): return .missing(count: Int32(count))
        case .happens(let condition, let why):
            explain(by: why)
            return .happens(input(condition))
        case .raised(let condition, let end, let why):
            explain(by: why)
            return .raised(
                input(condition),
                until: input(end),
                state: reserve(SpanState(), "\(path)/raised")
            )
        case .unusual(let value, let time, let model):
            models.append(model)
            let state = reserve(
                model.initialState,
                "\(path)/\(model.name) \(model.version) \(checksum(model.initialState))",
                alignment: 16
            )
            explainer = Explainer(symbol: value.unit) { record, _ in model.explain(record + Int(state)) }
            return .unusual(
                input(value),
                at: time.map { input($0) },
                model: Int32(models.count - 1),
                state: state
            )
        case .first, .then:
            preconditionFailure("First and Then are compiled as a sequence")
        }
    }
}

extension DetectorPlan {
    var isSequence: Bool {
        if case .first? = signs.first { true } else { false }
    }
}
