import Units

/// InfluxDB line protocol: `measurement,tag=value field=1.5,other=2i 1767598262000000000`, one or more lines. A field
/// is a reading `measurement.field`, whose subject are the tags as they were written: `tag=value`.
public struct LineProtocolDecoder: MessageDecoder {
    public static let name = "influx"

    /// What the times are counted in; nil takes the only precision in which a time is plausible.
    public var precision: TimePrecision?

    public init(precision: TimePrecision? = nil) {
        self.precision = precision
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard !message.payload.isEmpty else { throw .empty }
        guard message.payload.isUTF8 else { throw .notUTF8 }
        var lines = LineProtocolReader(message.payload)
        while lines.findLine() {
            let first = readings.items.count
            let measurement = try lines.measurement(&readings)
            readings.subject = try lines.tags(&readings)
            repeat { try lines.field(of: measurement, &readings) } while lines.take(UInt8(ascii: ","))
            if let count = try lines.timestamp() {
                readings.measured(itemsFrom: first, at: moment(count))
            }
        }
    }

    private func moment(_ count: Int64) -> Moment? {
        guard let precision else { return TimePrecision.plausibleMoment(count) }
        return precision.moment(count)
    }
}
