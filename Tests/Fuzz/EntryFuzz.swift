// Any bytes at all as a batch of the journal: entries or an error, and entries that are written back as they were.

import Telemetry

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    var entries: [Entry] = []
    do throws(EntryFormatError) {
        try EntryBatch(bytes: bytes, count: 0).forEach { entries.append(try $0.copied()) }
    } catch {
        precondition(!error.description.isEmpty)
    }
    var batch = EntryBatch()
    for entry in entries { batch.append(entry) }
    var again: [Entry] = []
    do {
        try batch.forEach { again.append(try $0.copied()) }
    } catch {
        preconditionFailure("what was written cannot be read: \(error)")
    }
    precondition(again == entries)
    return 0
}
