// Any bytes at all as the frame of every family of devices: readings or a problem. The first two bytes pick the codec of
// a recorded frame (of the codecs in turn, where it has none), the third is the port (255: the server does not say it),
// the rest is the frame.

import RecordedFrames
import Telemetry

private let codecs: [any LoRaWANCodec] = RecordedFrame.all.enumerated().map { index, frame in
    do throws(FrameProblem) {
        return try LoRaWANFamilies.codec(maker: frame.vendor, model: frame.device)
    } catch {
        return LoRaWANFamilies.allCodecs[index % LoRaWANFamilies.allCodecs.count]
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    guard count > 3 else { return 0 }
    let index = Int(start[0]) | Int(start[1]) << 8
    let port = start[2] == 255 ? nil : start[2]
    var decoder = LoRaWANPayload(codecs[index % codecs.count], port: port)
    let topic = UnsafeRawBufferPointer(start: nil, count: 0)
    DecoderCheck.read(&decoder, topic, UnsafeRawBufferPointer(start: start + 3, count: count - 3))
    return 0
}
