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

/// One pass over the bits of a batch.
struct WattecoBatchReader {
    private struct State {
        var value: Int64 = 0
        var moment: Int64 = 0
        var coding: Int = 0
        var table: Int = 0
    }

    private let batch: WattecoBatch
    private var bits: WattecoBits
    private var states = InlineArray<16, State>(repeating: State())

    init(batch: WattecoBatch, payload: UnsafeRawBufferPointer) {
        self.batch = batch
        bits = WattecoBits(bytes: payload)
    }

    /// Hands on every value with its moment, in seconds of the device's clock; returns when the frame was sent.
    mutating func read(
        _ found: (WattecoBatch.Series, Int64, Int64) -> Void
    ) throws(FrameProblem) -> Int64 {
        let header = try bits.number(8)
        let count = Int(header >> 4)
        let isCommon = header & 2 != 0
        let hasSamples = header & 4 == 0
        _ = try bits.number(3)
        _ = try bits.number(1)
        var last: Int64 = 0
        var firstMoment: Int64 = 0
        for position in 0..<count {
            let label = try label()
            last = try nextMoment(after: last, table: 1, isFirst: last == 0)
            if position == 0 { firstMoment = last }
            states[label].moment = last
            states[label].value = try sample(label)
            found(batch.series[label], states[label].value, last)
            if hasSamples {
                states[label].coding = Int(try bits.number(2))
                states[label].table = Int(try bits.number(2))
            }
        }
        if hasSamples {
            last =
                isCommon
                ? try readCommon(count, from: firstMoment, found)
                : try readSeparate(count, last: last, found)
        }
        return try nextMoment(after: last, table: 1, isFirst: last == 0)
    }

    /// All series were measured at the same moments.
    private mutating func readCommon(
        _ count: Int,
        from first: Int64,
        _ found: (WattecoBatch.Series, Int64, Int64) -> Void
    ) throws(FrameProblem) -> Int64 {
        let size = Int(try bits.number(8))
        let table = Int(try bits.number(2))
        var moments = InlineArray<256, Int64>(repeating: 0)
        for position in 0..<size {
            let before = position == 0 ? first : moments[position - 1]
            let code = try bits.huffman(table)
            if code > 14 {
                moments[position] = try bits.number(32)
            } else if code > 0, position > 0 {
                moments[position] = before + (try bits.number(code)) + (1 << Int64(code)) - 1
            } else {
                moments[position] = before
            }
        }
        for _ in 0..<count {
            let label = try label()
            var isFirst = true
            for position in 0..<size where try bits.number(1) == 1 {
                let code = try bits.huffman(states[label].table)
                if code == 0, isFirst {
                    // The value that stands at the head of the frame already.
                    isFirst = false
                    continue
                }
                states[label].value = try nextValue(label, code)
                found(batch.series[label], states[label].value, moments[position])
            }
        }
        return size > 0 ? moments[size - 1] : first
    }

    private mutating func readSeparate(
        _ count: Int,
        last: Int64,
        _ found: (WattecoBatch.Series, Int64, Int64) -> Void
    ) throws(FrameProblem) -> Int64 {
        var last = last
        for _ in 0..<count {
            let label = try label()
            let size = Int(try bits.number(8))
            guard size > 0 else { continue }
            let table = Int(try bits.number(2))
            for _ in 0..<size {
                states[label].moment = try nextMoment(
                    after: states[label].moment,
                    table: table,
                    isFirst: false
                )
                last = max(last, states[label].moment)
                states[label].value = try nextValue(label, bits.huffman(states[label].table))
                found(batch.series[label], states[label].value, states[label].moment)
            }
        }
        return last
    }

    private mutating func label() throws(FrameProblem) -> Int {
        let label = Int(try bits.number(batch.labelBits))
        guard label < batch.series.count, label < WattecoBatch.seriesLimit else {
            throw .unknownCode(UInt32(label), of: "label", offset: bits.position / 8)
        }
        return label
    }

    private mutating func sample(_ label: Int) throws(FrameProblem) -> Int64 {
        let sample = batch.series[label].sample
        let value = try bits.number(sample.width)
        let unused = Int64(64 - sample.width)
        return sample.isSigned ? (value << unused) >> unused : value
    }

    private mutating func nextMoment(
        after before: Int64,
        table: Int,
        isFirst: Bool
    ) throws(FrameProblem) -> Int64 {
        if isFirst { return try bits.number(32) }
        let code = try bits.huffman(table)
        if code > 14 { return try bits.number(32) }
        return code == 0 ? before : before + (try bits.number(code)) + (1 << Int64(code)) - 1
    }

    private mutating func nextValue(_ label: Int, _ code: Int) throws(FrameProblem) -> Int64 {
        let before = states[label].value
        if code > 14 { return try sample(label) }
        if code == 0 { return before }
        let number = try bits.number(code)
        let span = Int64(1) << Int64(code)
        let difference: Int64
        switch states[label].coding {
        case 0: difference = number >= span / 2 ? number : number + 1 - span
        case 1: difference = number + span - 1
        default: difference = -(number + span - 1)
        }
        return before + difference * batch.series[label].resolution
    }
}

/// The bits of a batch, lowest first in each byte.
struct WattecoBits {
    let bytes: UnsafeRawBufferPointer
    private(set) var position = 0

    init(bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Up to 32 bits; the byte of the highest comes first, and is the one that is not full.
    mutating func number(_ width: Int) throws(FrameProblem) -> Int64 {
        guard position + width <= bytes.count * 8 else {
            throw .tooShort(bytes: bytes.count, expected: (position + width + 7) / 8)
        }
        var value: Int64 = 0
        var left = width
        while left > 0 {
            let size = left % 8 == 0 ? 8 : left % 8
            left -= size
            for bit in 0..<size {
                value |= Int64(bytes[position >> 3] >> UInt8(position & 7) & 1) << Int64(left + bit)
                position += 1
            }
        }
        return value
    }

    /// The position of the next code in a table, 0 to 15.
    mutating func huffman(_ table: Int) throws(FrameProblem) -> Int {
        guard table < Self.tables.count else {
            throw .notAllowed(offset: position / 8, expected: "a code table from 0 to 2")
        }
        var code: UInt16 = 0
        for length in 1...Self.longestCode {
            guard position < bytes.count * 8 else {
                throw .tooShort(bytes: bytes.count, expected: bytes.count + 1)
            }
            code = code << 1 | UInt16(bytes[position >> 3] >> UInt8(position & 7) & 1)
            position += 1
            let found = Self.tables[table].firstIndex { $0.length == length && $0.code == code }
            if let found { return found }
        }
        throw .notAllowed(offset: position / 8, expected: "a code of the batch's table")
    }

    private static let longestCode = 11

    /// The format's own codes, by the number of bits of a difference.
    private static let tables: [[(length: Int, code: UInt16)]] = [
        [
            (2, 0), (2, 1), (2, 3), (3, 5), (4, 9), (5, 17), (6, 33), (7, 65), (8, 129), (10, 512),
            (11, 1026), (11, 1027), (11, 1028), (11, 1029), (11, 1030), (11, 1031),
        ],
        [
            (7, 111), (5, 26), (4, 12), (3, 3), (3, 7), (2, 2), (2, 0), (3, 2), (6, 54), (9, 443),
            (9, 441), (10, 885), (10, 884), (10, 880), (11, 1763), (11, 1762),
        ],
        [
            (4, 9), (3, 5), (2, 0), (2, 1), (2, 3), (5, 17), (6, 33), (7, 65), (8, 129), (10, 512),
            (11, 1026), (11, 1027), (11, 1028), (11, 1029), (11, 1030), (11, 1031),
        ],
    ]
}
