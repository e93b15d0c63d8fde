import Telemetry

/// What became of a recorded frame.
package enum FrameOutcome {
    case right
    /// These fields are not as expected, or these readings are nobody's.
    case partly([String])
    case refused(FrameProblem)

    package init(_ frame: RecordedFrame) {
        do throws(FrameProblem) {
            let codec = try LoRaWANFamilies.codec(maker: frame.vendor, model: frame.device)
            let readings = FrameReadings(try codec.readings(port: frame.fPort, frame.bytes))
            guard let rules = FamilyRules.all.first(where: { $0.makers.contains(frame.vendor) }) else {
                self = .partly(["no rules"])
                return
            }
            guard !frame.isRefused else {
                self = .partly(["not refused"])
                return
            }
            let wrong = frame.fields.filter {
                rules.rule($0.path, of: frame.device)?.holds($0.value, in: readings) != true
            }
            self = wrong.isEmpty ? .right : .partly(wrong.map { $0.path })
        } catch {
            if frame.isRefused, error.reason != "unknown device" {
                self = .right
            } else {
                self = .refused(error)
            }
        }
    }
}
