// Any bytes at all to the payload decoder: a reading or a problem, and a reading that its own table calls sound.

@testable import Telemetry

private let layout = Everything.layout()
private let decoders = [
    PayloadDecoder(layout),
    PayloadDecoder(layout, bareField: "number"),
    PayloadDecoder(layout, bareField: "name"),
    PayloadDecoder(layout, bareField: "samples"),
]
private nonisolated(unsafe) let levels = TopicLevels()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    // Most runs try the objects that devices send; one in sixteen a payload that is one value.
    let choice = count == 0 ? 0 : Int(bytes[count - 1])
    let decoder = choice & 15 == 15 ? decoders[1 + (choice >> 4) % 3] : decoders[0]
    var reading = Everything()
    withUnsafeMutableBytes(of: &reading) { memory in
        guard let start = memory.baseAddress else { return }
        do throws(DecodeProblem) {
            try decoder.decode(bytes, topic: levels, into: start)
        } catch {
            precondition(!error.description.isEmpty)
            return
        }
        precondition(layout.isSound(UnsafeRawBufferPointer(memory), names: NameTable.shared.count))
    }
    return 0
}
