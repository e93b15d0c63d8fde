/// What the frames of one port look like, when every value has its fixed place.
struct FrameLayout: Sendable {
    /// Nil for any port.
    let port: UInt8?
    /// How many bytes such a frame has.
    let lengths: ClosedRange<Int>
    /// A number by which a frame of this layout is told from others.
    let mark: (place: FramePlace, equals: Int64)?
    /// Stored values: the frame is a row of records so long, each with the seconds since 1970 when it was measured.
    let records: (size: Int, time: FramePlace)?
    let fields: [FrameField]

    init(
        port: UInt8?,
        lengths: ClosedRange<Int>,
        when mark: (place: FramePlace, equals: Int64)? = nil,
        records: (size: Int, time: FramePlace)? = nil,
        _ fields: FrameField...
    ) {
        self.init(port: port, lengths: lengths, when: mark, records: records, fields: fields)
    }

    init(
        port: UInt8?,
        lengths: ClosedRange<Int>,
        when mark: (place: FramePlace, equals: Int64)? = nil,
        records: (size: Int, time: FramePlace)? = nil,
        fields: [FrameField]
    ) {
        self.port = port
        self.lengths = lengths
        self.mark = mark
        self.records = records
        self.fields = fields
    }

    func append(from bytes: FrameBytes, to readings: inout DecodedReadings) throws(FrameProblem) {
        guard let records else { return try fields.append(from: bytes, to: &readings) }
        let now = readings.time
        for start in stride(from: 0, to: bytes.count, by: records.size) {
            let record = bytes.from(start).prefix(records.size)
            try record.require(records.size)
            readings.measured(at: try record.integer(records.time))
            try fields.append(from: record, to: &readings)
            readings.time = now
        }
    }
}

/// A family, or one model of it, whose frames are told apart by their port, length and a mark.
struct LayoutCodec: LoRaWANCodec {
    let layouts: [FrameLayout]

    init(_ layouts: [FrameLayout]) {
        self.layouts = layouts
    }

    func decode(_ frame: LoRaWANFrame, into readings: inout DecodedReadings) throws(FrameProblem) {
        let bytes = FrameBytes(frame.payload)
        guard bytes.count > 0 else { throw .empty }
        var isKnownPort = false
        for layout in layouts {
            if let expected = layout.port, let port = frame.port, port != expected { continue }
            isKnownPort = true
            guard layout.lengths.contains(bytes.count) else { continue }
            if let mark = layout.mark, try bytes.integer(mark.place) != mark.equals { continue }
            return try layout.append(from: bytes, to: &readings)
        }
        throw isKnownPort ? unknownLayout(bytes, frame.port) : unknownPort(frame.port)
    }

    private func unknownPort(_ port: UInt8?) -> FrameProblem {
        let ports = Set(layouts.compactMap(\.port)).sorted().map { "\($0)" }
        return .unexpectedPort(port ?? 0, expected: ports.joined(separator: ", "))
    }

    /// Too short for every layout of its port, or none that begins so.
    private func unknownLayout(_ bytes: FrameBytes, _ port: UInt8?) -> FrameProblem {
        let shortest =
            layouts.lazy.filter { $0.port == nil || port == nil || $0.port == port }
            .map(\.lengths.lowerBound).min() ?? 0
        if bytes.count < shortest { return .tooShort(bytes: bytes.count, expected: shortest) }
        return .notAllowed(offset: 0, expected: "a frame of a known kind and length")
    }
}
