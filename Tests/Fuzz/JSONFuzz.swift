// Any bytes at all to the JSON parser: a value or a problem, and a value that is written and read back as itself.

import Interactions

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
    do throws(JSONProblem) {
        let value = try JSON(parsing: bytes)
        let written = value.bytes
        let again = try JSON(parsing: written)
        precondition(again.bytes == written)
    } catch {
        precondition(error.offset >= 0 && error.offset <= count)
    }
    return 0
}
