import RecordedFrames
import Units

@testable import Telemetry

extension LoRaWANFamilies {
    /// One codec for every table: those that do not depend on the model once, the others for each model.
    static let allCodecs: [any LoRaWANCodec] = {
        var codecs: [String: any LoRaWANCodec] = [:]
        let more = [
            ("adeunis", "temp"), ("axioma", "qalcosonic-w1"), ("elvaco", "cmi4110"),
            ("watteco", "hygrotempo"), ("watteco", "pulse-senso"), ("watteco", "smartplug"),
            ("milesight", "am319"), ("milesight", "ws52x"), ("milesight", "em300-th"),
        ]
        let ofModels = ["Layout", "Decentlab", "Milesight", "Watteco", "Yobiiq", "Laird"].map { "\($0)Codec" }
        for (maker, model) in RecordedFrame.all.map({ ($0.vendor, $0.device) }) + more {
            do throws(FrameProblem) {
                let codec = try LoRaWANFamilies.codec(maker: maker, model: model)
                let type = "\(type(of: codec))"
                codecs[ofModels.contains(type) ? "\(maker) \(model)" : type] = codec
            } catch {
                continue
            }
        }
        codecs["adeunis dated"] = AdeunisCodec(recordingInterval: .seconds(600))
        return codecs.sorted { $0.key < $1.key }.map(\.value)
    }()
}
