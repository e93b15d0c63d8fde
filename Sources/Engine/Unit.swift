import PipelineKit
import Telemetry
import Units

/// One pipeline at work: its program and the records of its devices.
final class Unit {
    let program: Program
    /// Its place among the engine's pipelines.
    let index: Int32
    let records: RecordStore
    let delays: DelayPool
    /// Where a message is decoded to before it is known whose it is.
    let scratch: UnsafeMutableRawPointer
    /// Which record belongs to a name; -1: none yet. By the number of the name.
    private var slots: ContiguousArray<Int32> = []
    /// How many readings were dropped, by the program's reasons.
    var drops: ContiguousArray<Int>
    var readings = 0
    /// The records come from a snapshot of another version of the pipeline.
    var isChanged = false

    init(_ plan: PipelinePlan, index: Int32) {
        self.index = index
        program = Program(plan)
        records = RecordStore(emptyRecord: program.emptyRecord)
        delays = DelayPool(readingSize: plan.root.layout.room)
        scratch = .allocate(byteCount: max(16, plan.root.layout.room), alignment: 16)
        drops = ContiguousArray(repeating: 0, count: program.reasons.count)
    }

    deinit {
        scratch.deallocate()
    }

    func header(_ slot: Int) -> UnsafeMutablePointer<KeyHeader> {
        records[slot].assumingMemoryBound(to: KeyHeader.self)
    }

    func name(_ slot: Int) -> Name {
        Name(index: header(slot).pointee.name)
    }

    @inline(__always)
    func slot(of name: Name) -> Int? {
        let index = Int(name.index)
        guard index < slots.count, slots[index] >= 0 else { return nil }
        return Int(slots[index])
    }

    func addSlot(for name: Name) -> Int {
        let slot = records.append()
        header(slot).pointee.name = name.index
        register(slot, for: name)
        return slot
    }

    func register(_ slot: Int, for name: Name) {
        let index = Int(name.index)
        if index >= slots.count {
            let wanted = max(index + 1, slots.count * 2)
            slots.append(contentsOf: repeatElement(-1, count: wanted - slots.count))
        }
        slots[index] = Int32(slot)
    }
}
