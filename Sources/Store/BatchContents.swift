import Telemetry
import Units

/// What a commit has to know of its entries besides their bytes.
struct BatchContents {
    /// When the first and the last entry came in; nil when there are none.
    private(set) var span: (first: Moment, last: Moment)?
    /// The oldest format that can hold all entries: a Vigie from before reads what it can.
    private(set) var format = 1
    private(set) var receipts: [Receipt] = []
    private(set) var instructions: [Instruction] = []

    /// A batch that cannot be read back is refused here, before anybody is told that it is safe.
    init(of entries: EntryBatch, path: String) throws(StoreError) {
        var count = 0
        do {
            try entries.forEach { view in
                span = (span?.first ?? view.at, view.at)
                count += 1
                format = max(format, view.formatVersion)
                guard view.kind == .receipt || view.kind == .instruction else { return }
                switch try view.copied() {
                case .receipt(let receipt): receipts.append(receipt)
                case .instruction(let instruction): instructions.append(instruction)
                default: break
                }
            }
        } catch {
            throw .unexpected(path: path, code: 0, reason: "\(error)")
        }
        guard count == entries.count else {
            throw .unexpected(
                path: path,
                code: 0,
                reason: "a batch says it has \(entries.count) entries and holds \(count)"
            )
        }
    }
}
