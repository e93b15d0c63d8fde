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
