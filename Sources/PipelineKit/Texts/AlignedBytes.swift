/// The bytes of a reading, in memory aligned for any reading.
package func withAligned<Result>(_ bytes: [UInt8], _ body: (UnsafeRawPointer) -> Result) -> Result {
    withUnsafeTemporaryAllocation(byteCount: max(16, bytes.count), alignment: 16) { memory in
        memory.copyBytes(from: bytes)
        guard let start = memory.baseAddress else {
            preconditionFailure("memory of \(memory.count) bytes has no address")
        }
        return body(UnsafeRawPointer(start))
    }
}
