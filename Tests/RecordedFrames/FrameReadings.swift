import Telemetry
import Units

/// What a frame became, by name.
package struct FrameReadings {
    package struct Value {
        package var name: String
        package var unit: String
        package var text: String?
        package var number: Double
        package var isHistorical: Bool
        package var isDoubtful: Bool
        package var at: Moment
    }

    package var values: [Value]

    package init(_ readings: DecodedReadings) {
        values = readings.items.map { item in
            Value(
                name: readings.text(item.name),
                unit: readings.text(item.unit),
                text: item.kind == .text ? readings.text(item.text) : nil,
                number: item.number,
                isHistorical: item.quality.contains(.historical),
                isDoubtful: item.quality.contains(.doubtful),
                at: item.at
            )
        }
    }

    /// The last of that name that is not history.
    package subscript(name: String) -> Value? { values.last { $0.name == name && !$0.isHistorical } }

    /// Those of that name that are history, in their order.
    package func history(_ name: String) -> [Value] { values.filter { $0.name == name && $0.isHistorical } }
}

extension LoRaWANCodec {
    package func readings(
        port: UInt8?,
        _ bytes: [UInt8],
        at moment: Moment = Moment(seconds: 1_700_000_000)
    ) throws(FrameProblem) -> DecodedReadings {
        var readings = DecodedReadings()
        readings.begin(arrivedAt: moment)
        // The closure cannot throw a type of its own through this call of the standard library.
        let problem: FrameProblem? = bytes.withUnsafeBytes { bytes in
            do throws(FrameProblem) {
                try decode(LoRaWANFrame(port: port, payload: bytes), into: &readings)
                return nil
            } catch {
                return error
            }
        }
        if let problem { throw problem }
        return readings
    }
}
