import Units

/// Values of many moments in one frame: differences in a Huffman code, times relative to the device's start.
///
/// The moment of sending comes last, and only with it the others can be dated, so a batch is read twice: once for that
/// moment, once for the values. Source: Watteco, "Uplink batch" (the `br_uncompress` tool describes the same format).
struct WattecoBatch: Sendable {
    enum Sample: Int, Sendable {
        case bit = 1, u16 = 16, i16 = -16, i24 = -24, u32 = 32

        var width: Int { Int(rawValue.magnitude) }
        var isSigned: Bool { rawValue < 0 }
    }

    struct Series: Sendable {
        let name: ReadingName
        let sample: Sample
        /// What a difference of one means.
        let resolution: Int64
        let per: Double

        init(_ name: ReadingName, _ sample: Sample, resolution: Int64 = 1, per: Double = 1) {
            self.name = name
            self.sample = sample
            self.resolution = resolution
            self.per = per
        }
    }

    /// How many bits a label has.
    let labelBits: Int
    /// By label.
    let series: [Series]

    /// A frame can name at most so many series, and keeps as many behind each other.
    static let seriesLimit = 16
    /// What is not older than this, in seconds, is live; everything else is history.
    static let liveWithin: Int64 = 60

    func decode(
        _ payload: UnsafeRawBufferPointer,
        into readings: inout DecodedReadings
    ) throws(FrameProblem) {
        guard !series.isEmpty else {
            throw .notAllowed(
                offset: 0,
                expected: "a standard report; the labels of this model's batches are not known"
            )
        }
        var search = WattecoBatchReader(batch: self, payload: payload)
        var newest: Int64 = 0
        let sent = try search.read { _, _, moment in newest = max(newest, moment) }
        guard newest <= sent else {
            throw .notAllowed(
                offset: payload.count - 1,
                expected: "a time of sending after the times of the values"
            )
        }
        var reader = WattecoBatchReader(batch: self, payload: payload)
        let now = readings.time
        _ = try reader.read { series, value, moment in
            let age = sent - moment
            if age > Self.liveWithin {
                readings.measured(secondsBefore: age)
            } else {
                readings.at = now.at - .seconds(age)
            }
            if series.sample == .bit {
                readings.append(series.name, flag: value != 0)
            } else {
                readings.append(series.name, Double(value) / series.per)
            }
            readings.time = now
        }
    }
}
