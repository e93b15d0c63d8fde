/// One line of a family's table: which reading stands where, and how its number is to be understood.
struct FrameField: Sendable {
    enum Meaning: Sendable {
        /// `number * times / per + plus`; dividing keeps 253 / 10 the 25.3 that the device means.
        case number(times: Double, per: Double, plus: Double)
        /// True for this number, or for all but zero.
        case flag(Int64?)
        /// A code with a word for each number. A number without one is passed on as it is, as doubtful.
        case word(KeyValuePairs<Int64, StaticString>)
        /// IEEE 754, single precision; of two bytes only its upper half is sent.
        case float
        /// The bytes as digits, two each, as makers print serial numbers and dates.
        case digits
        /// `per` parts make one: 18 per 10 is the text `1.8`.
        case version(per: Int64, radix: UInt64)
        /// Bytes of a text, up to the first zero.
        case characters(count: Int)
        /// A formula of its maker; nothing where it has no value.
        case formula(@Sendable (FrameBytes) throws(FrameProblem) -> Double?)
    }

    let name: ReadingName
    let place: FramePlace
    let meaning: Meaning
    /// The number by which the device says that it has no such sensor.
    let absent: Int64?
    /// The field is there only when another one has this number, or has another one.
    var condition: (place: FramePlace, number: Int64, isEqual: Bool)?
    /// Frames of older firmware end before it.
    var isOptional = false
    /// Bytes past the end of the frame count as zero, and the reading as doubtful.
    var isPadded = false

    private init(_ name: ReadingName, _ place: FramePlace, _ meaning: Meaning, absent: Int64? = nil) {
        self.name = name
        self.place = place
        self.meaning = meaning
        self.absent = absent
    }

    static func number(
        _ name: ReadingName,
        _ place: FramePlace,
        times: Double = 1,
        per: Double = 1,
        plus: Double = 0,
        absent: Int64? = nil
    ) -> Self {
        Self(name, place, .number(times: times, per: per, plus: plus), absent: absent)
    }

    static func flag(
        _ name: ReadingName,
        _ place: FramePlace,
        is value: Int64? = nil,
        absent: Int64? = nil
    ) -> Self {
        Self(name, place, .flag(value), absent: absent)
    }

    static func word(
        _ name: ReadingName,
        _ place: FramePlace,
        _ words: KeyValuePairs<Int64, StaticString>
    ) -> Self {
        Self(name, place, .word(words))
    }

    static func float(_ name: ReadingName, _ place: FramePlace) -> Self {
        Self(name, place, .float)
    }

    static func digits(_ name: ReadingName, _ place: FramePlace) -> Self {
        Self(name, place, .digits)
    }

    /// - Parameter radix: 16 for makers who print each part as it is packed.
    static func version(
        _ name: ReadingName,
        _ place: FramePlace,
        per: Int64,
        radix: UInt64 = 10
    ) -> Self {
        Self(name, place, .version(per: per, radix: radix))
    }

    static func characters(_ name: ReadingName, from offset: Int, count: Int) -> Self {
        Self(name, .u8(offset), .characters(count: count))
    }

    static func formula(
        _ name: ReadingName,
        _ formula: @escaping @Sendable (FrameBytes) throws(FrameProblem) -> Double?
    ) -> Self {
        Self(name, .u8(0), .formula(formula))
    }

    /// There only when that number is this one.
    func when(_ place: FramePlace, is value: Int64) -> Self {
        var field = self
        field.condition = (place, value, true)
        return field
    }

    /// There unless that number is this one.
    func unless(_ place: FramePlace, is value: Int64) -> Self {
        var field = self
        field.condition = (place, value, false)
        return field
    }

    /// Read even when the frame is cut short.
    var padded: Self {
        var field = self
        field.isPadded = true
        return field
    }

    /// Left out when the frame ends before it.
    var optional: Self {
        var field = self
        field.isOptional = true
        return field
    }
}

extension FrameField {
    /// Appends the reading of this field, if the frame has it.
    ///
    /// - Parameter number: of the channel, for frames that have several values of a kind; 0 for none.
    func append(
        from bytes: FrameBytes,
        number: UInt8 = 0,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        let name = number == 0 ? name : name[number]
        if let condition,
            try (bytes.integer(condition.place) == condition.number) != condition.isEqual
        {
            return
        }
        if isOptional, place.offset + place.count > bytes.count { return }
        if case .formula(let formula) = meaning {
            if let value = try formula(bytes) { readings.append(name, value) }
            return
        }
        if isPadded, place.offset + place.count > bytes.count {
            let before = readings.quality
            readings.quality.formUnion(.doubtful)
            try append(bytes.padded(place), bytes, name, to: &readings)
            readings.quality = before
        } else {
            try append(bytes.integer(place), bytes, name, to: &readings)
        }
    }

    private func append(
        _ value: Int64,
        _ bytes: FrameBytes,
        _ name: ReadingName,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        if value == absent { return }
        switch meaning {
        case .number(let times, let per, let plus):
            readings.append(name, Double(value) * times / per + plus)
        case .flag(nil): readings.append(name, flag: value != 0)
        case .flag(let expected?): readings.append(name, flag: value == expected)
        case .word(let words): readings.append(name, code: value, words)
        case .float:
            let bits = UInt32(truncatingIfNeeded: value) << UInt32(32 - place.count * 8)
            let number = Double(Float(bitPattern: bits))
            // Not a number is how these devices say that they have none.
            if number.isFinite { readings.append(name, number) }
        case .version(let per, let radix):
            readings.append(name, text: readings.internVersion(value / per, value % per, radix: radix))
        case .digits: readings.append(name, text: readings.internDigits(of: value, count: place.width / 4))
        case .characters(let count):
            let text = try bytes.raw(place.offset, count)
            let end = text.firstIndex(of: 0) ?? text.endIndex
            readings.append(name, text: readings.intern(UnsafeRawBufferPointer(rebasing: text[..<end])))
        case .formula: break
        }
    }
}

extension [FrameField] {
    func append(
        from bytes: FrameBytes,
        number: UInt8 = 0,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        for field in self { try field.append(from: bytes, number: number, to: &readings) }
    }
}
