/// Makes readings of the metrics of one payload.
struct SparkplugEmitter {
    /// Nil when its times mean nothing: then all of it happened when it arrived.
    private let payload: SparkplugPayload?
    private let quality: DecodedReadings.Quality

    init(timedBy payload: SparkplugPayload?, isDoubtful: Bool = false) {
        self.payload = payload
        quality = isDoubtful ? .doubtful : []
    }

    /// A metric that a birth declared.
    func append(_ metric: SparkplugMetric, _ known: SparkplugNode.Metric, to readings: inout DecodedReadings)
    {
        let unit = metric.unit.map { readings.intern($0) } ?? readings.intern(known.unit)
        append(metric, readings.intern(known.name), unit, metric.type ?? UInt64(known.type), &readings)
    }

    /// A metric that says all by itself.
    func append(
        _ metric: SparkplugMetric,
        named name: DecodedReadings.Run,
        to readings: inout DecodedReadings
    ) {
        let unit = metric.unit.map { readings.intern($0) } ?? .empty
        append(metric, name, unit, metric.type ?? 0, &readings)
    }

    /// Whether the node or device is there.
    func append(isOnline: Bool, to readings: inout DecodedReadings) {
        readings.quality = quality.union(.network)
        setTime(nil, &readings)
        readings.append("online", flag: isOnline)
    }

    private func append(
        _ metric: SparkplugMetric,
        _ name: DecodedReadings.Run,
        _ unit: DecodedReadings.Run,
        _ code: UInt64,
        _ readings: inout DecodedReadings
    ) {
        guard !metric.isNull, let value = metric.value else { return readings.omit(name, .null) }
        let type = UInt8(exactly: code).flatMap(SparkplugType.init(rawValue:))
        // What a newer standard may have added.
        guard type != nil || code == 0 else { return readings.omit(name, .unknownType) }
        if let reason = type?.omission { return readings.omit(name, reason) }
        setTime(metric.timestamp, &readings)
        readings.quality = quality(of: metric, name, isTyped: type != nil, readings)
        switch (value, type) {
        case (.whole(let bits), .boolean?): readings.append(name, flag: bits != 0)
        case (.whole(let bits), _):
            let unit = type == .dateTime && unit.count == 0 ? readings.intern("ms") : unit
            readings.append(name, type?.number(bits) ?? Double(bits), unit: unit)
        case (.number(let number), _): readings.append(finite: name, number, unit: unit)
        case (.flag(let flag), _): readings.append(name, flag: flag)
        case (.text(let text), _): readings.append(name, text: readings.intern(text))
        case (.other(let reason), _): readings.omit(name, reason)
        }
    }

    /// A whole number whose type nobody declared may be a negative one.
    private func quality(
        of metric: SparkplugMetric,
        _ name: DecodedReadings.Run,
        isTyped: Bool,
        _ readings: DecodedReadings
    ) -> DecodedReadings.Quality {
        var quality = quality
        if metric.isHistorical { quality.insert(.historical) }
        if metric.isDoubtful { quality.insert(.doubtful) }
        if !isTyped, case .whole? = metric.value { quality.insert(.doubtful) }
        if readings.withBytes(of: name, Self.isOfProtocol) { quality.insert(.network) }
        return quality
    }

    private static func isOfProtocol(_ name: UnsafeRawBufferPointer) -> Bool {
        name.isText("bdSeq") || name.prefix(13).isText("Node Control/")
            || name.prefix(15).isText("Device Control/")
    }

    private func setTime(_ milliseconds: UInt64?, _ readings: inout DecodedReadings) {
        if payload != nil, let milliseconds {
            readings.measured(at: SparkplugPayload.moment(milliseconds), by: .device)
        } else {
            readings.measured(at: SparkplugPayload.moment(payload?.timestamp), by: .network)
        }
    }
}
