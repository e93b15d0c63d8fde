import Units

/// InfluxDB line protocol: `measurement,tag=value field=1.5,other=2i 1767598262000000000`, one or more lines. A field
/// is a reading `measurement.field`. Its subject is the value of one tag that the author names; without one, and for a
/// line that does not have it, all tags as they were written: `host=a,room=hall\ 2`. A line without tags is about what it
/// lies in, such as an event.
public struct LineProtocolDecoder: MessageDecoder {
    public static let name = "influx"

    /// What times are counted in; nil takes the only precision in which a time is plausible.
    public var precision: TimePrecision?
    /// The tag that names the device.
    public let subject: String?

    public init(precision: TimePrecision? = nil, subject: String? = nil) {
        self.precision = precision
        self.subject = subject
    }

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard !message.payload.isEmpty else { throw .empty }
        guard message.payload.isUTF8 else { throw .notUTF8 }
        var lines = LineProtocolReader(message.payload)
        let tag = subject.map { Array($0.utf8) }
        let outer = readings.subject
        while lines.findLine() {
            let first = readings.items.count
            let measurement = try lines.measurement(&readings)
            let subject = try lines.subject(tag, &readings)
            readings.subject = subject.count > 0 ? subject : outer
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
