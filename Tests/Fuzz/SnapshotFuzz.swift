// Any bytes at all as a snapshot: an engine that goes on, or a problem. Inputs begin as a real snapshot does, made
// here of a hundred and fifty entries, so that what is changed lies deep inside.

import PipelineKit
import Telemetry

@testable import Engine

private let pipelines = PipelineSet([Weather.pipelines(withMemories: false)[0]])

private let more: [Entry] = {
    var weather = Weather(seed: 2)
    return weather.entries(20)
}()

private let snapshot: [UInt8] = {
    var weather = Weather(seed: 1)
    let engine = Engine(pipelines)
    for entry in weather.entries(150) {
        do { _ = try engine.apply(entry) } catch { preconditionFailure("\(error)") }
    }
    return engine.snapshot()
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    var image = snapshot
    // Three bytes of place and one of value each; the last byte of an odd input cuts the image.
    for index in stride(from: 0, to: count - 3, by: 4) {
        let place = Int(bytes[index]) << 16 | Int(bytes[index + 1]) << 8 | Int(bytes[index + 2])
        image[place % image.count] = bytes[index + 3]
    }
    if count % 4 == 1 { image.removeLast(min(image.count, Int(bytes[count - 1]) * image.count / 255)) }
    let engine = Engine(pipelines)
    do {
        _ = try engine.restore(image)
        for entry in more { _ = try engine.apply(entry) }
        _ = engine.snapshot()
    } catch {
        precondition(!"\(error)".isEmpty)
    }
    return 0
}
