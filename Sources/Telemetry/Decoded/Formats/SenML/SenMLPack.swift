import Units

/// Reads the records of a pack and resolves them (RFC 8428 §4.6): base fields are applied, times are absolute.
struct SenMLPack {
    typealias Run = DecodedReadings.Run

    /// The newest version that is understood.
    static let version = 10
    /// Times below this many seconds count from now, those from it on from 1970 (RFC 8428 §4.5.3).
    static let firstAbsoluteTime = 0x1p28

    /// What relative times count from, and whose time that is.
    private let now: (at: Moment, clock: DecodedReadings.Clock)
    private var version: Int?
    private var isFirst = true
    private var baseName = Run.empty
    /// Of what the pack lies in, such as an event.
    private let outerSubject: Run
    private var baseSubject: Run
    private var baseTime = 0.0
    private var baseUnit = Run.empty
    private var baseValue: Double?
    private var baseSum: Double?

    /// - Parameter subject: of records without a base name.
    init(now: Moment, clock: DecodedReadings.Clock, subject: Run) {
        self.now = (now, clock)
        outerSubject = subject
        baseSubject = subject
    }

    mutating func decode<Cursor: DocumentCursor>(
        _ cursor: inout Cursor,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) where Cursor.Key: SenMLKey {
        try cursor.enterArray()
        while try cursor.nextElement() {
            let record = try record(&cursor, &readings)
            if !record.isBaseOnly { try resolve(record, into: &readings) }
        }
        (readings.at, readings.clock) = now
    }

    // MARK: Reading

    private mutating func record<Cursor: DocumentCursor>(
        _ cursor: inout Cursor,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) -> SenMLRecord where Cursor.Key: SenMLKey {
        var record = SenMLRecord()
        var namedVersion: Int?
        try cursor.enterObject()
        while let key = try cursor.nextMember() {
            guard let label = key.senMLLabel else {
                let name = readings.intern(filledBy: key.append)
                guard !key.mustBeUnderstood else {
                    throw .notUnderstood("the SenML field \"\(String(readings.text(name).prefix(64)))\"")
                }
                readings.omit(name, .unknownField)
                try cursor.skip()
                continue
            }
            guard record.see(label) else { throw .repeated(field: "\(label.word)") }
            switch label {
            case .baseVersion: namedVersion = try cursor.integer()
            case .baseName: try take(baseName: try cursor.text(into: &readings), &readings)
            case .baseTime: baseTime = try finite(&cursor, label)
            case .baseUnit: baseUnit = try cursor.text(into: &readings)
            case .baseValue: baseValue = try finite(&cursor, label)
            case .baseSum: baseSum = try finite(&cursor, label)
            case .name: record.name = try cursor.text(into: &readings)
            case .unit: record.unit = try cursor.text(into: &readings)
            case .value: record.value = try finite(&cursor, label)
            case .stringValue: record.string = try cursor.text(into: &readings)
            case .booleanValue: record.flag = try cursor.flag()
            case .sum: record.sum = try finite(&cursor, label)
            case .time: record.time = try finite(&cursor, label)
            case .updateTime: record.updateTime = try finite(&cursor, label)
            case .dataValue: record.data = try cursor.base64(into: &readings)
            }
        }
        try check(namedVersion)
        return record
    }

    private func finite<Cursor: DocumentCursor>(
        _ cursor: inout Cursor,
        _ label: SenMLLabel
    ) throws(DecodeProblem) -> Double {
        let number = try cursor.number()
        guard number.isFinite else { throw .outOfRange(field: "\(label.word)", expected: "a finite number") }
        return number
    }

    /// All records have the same version, and it is named by the first or not at all.
    private mutating func check(_ named: Int?) throws(DecodeProblem) {
        defer { isFirst = false }
        guard let named else { return }
        guard named > 0 else { throw .outOfRange(field: "bver", expected: "a number above 0") }
        guard named <= Self.version else { throw .notUnderstood("SenML version \(named)") }
        if isFirst { version = named }
        guard named == version ?? Self.version else {
            throw .outOfRange(
                field: "bver",
                expected: "the version of the first record, \(version ?? Self.version)"
            )
        }
    }

    /// The subject is the base name without what separates it from the names: that of the device.
    private mutating func take(baseName name: Run, _ readings: inout DecodedReadings) throws(DecodeProblem) {
        baseName = name
        baseSubject = name
        readings.withBytes(of: name) { bytes in
            while baseSubject.count > 0, Self.isSeparator(bytes[Int(baseSubject.count) - 1]) {
                baseSubject.count -= 1
            }
        }
        if baseSubject.count == 0 { baseSubject = outerSubject }
    }

    // MARK: Resolving

    private func resolve(_ record: SenMLRecord, into readings: inout DecodedReadings) throws(DecodeProblem) {
        let name = readings.intern(baseName, then: record.name)
        guard name.count > 0 || readings.isOverfull else { throw .missing(field: "n") }
        let isSound = readings.withBytes(of: name, Self.isName)
        guard isSound || readings.isOverfull else {
            throw .outOfRange(
                field: "n",
                expected: "letters, digits and - : . / _ behind a letter or digit"
            )
        }
        guard record.valueCount <= 1 else { throw .repeated(field: "v, vs, vb or vd") }
        let unit = record.unit ?? baseUnit
        readings.subject = baseSubject
        (readings.at, readings.clock) = time(of: record)

        var sum = record.sum.map { $0 + (baseSum ?? 0) }
        if let value = record.value {
            readings.append(finite: name, value + (baseValue ?? 0), unit: unit)
        } else if let text = record.string ?? record.data {
            readings.append(name, text: text)
        } else if let flag = record.flag {
            readings.append(name, flag: flag)
        } else if sum == nil {
            // A missing value or sum counts as 0 where a base for it is known (§4.5.4).
            if let baseValue {
                readings.append(name, baseValue, unit: unit)
            } else if let baseSum {
                sum = baseSum
            } else {
                throw .missing(field: "v, vs, vb, vd or s")
            }
        }
        if let sum {
            readings.append(finite: intern(name, "#sum", &readings), sum, unit: times(unit, &readings))
        }
        if let updateTime = record.updateTime {
            let quality = readings.quality
            readings.quality.insert(.network)
            readings.append(intern(name, "#updateTime", &readings), updateTime, unit: readings.intern("s"))
            readings.quality = quality
        }
    }

    /// Absolute times are those of the device; relative ones count from now, and are as good as that.
    private func time(of record: SenMLRecord) -> (at: Moment, clock: DecodedReadings.Clock) {
        let seconds = baseTime + record.time
        let isAbsolute = seconds >= Self.firstAbsoluteTime
        guard let microseconds = Int64(exactly: (seconds * 1e6).rounded()) else { return now }
        let moment = isAbsolute ? Moment(microseconds: microseconds) : Self.sum(now.at, microseconds)
        guard let moment, Moment.plausible.contains(moment) else { return now }
        return (moment, isAbsolute ? .device : now.clock)
    }

    private static func sum(_ moment: Moment, _ microseconds: Int64) -> Moment? {
        let (sum, isTooMuch) = moment.microseconds.addingReportingOverflow(microseconds)
        return isTooMuch ? nil : Moment(microseconds: sum)
    }

    /// A sum has the unit of its values times seconds, written as in UCUM: `W.s`.
    private func times(_ unit: Run, _ readings: inout DecodedReadings) -> Run {
        unit.count == 0 ? unit : intern(unit, ".s", &readings)
    }

    private func intern(_ run: Run, _ suffix: StaticString, _ readings: inout DecodedReadings) -> Run {
        readings.intern(run, then: readings.intern(suffix))
    }

    /// RFC 8428 §4.5.1
    private static func isName(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = bytes.first, isLetterOrDigit(first) else { return false }
        return bytes.allSatisfy { isLetterOrDigit($0) || isSeparator($0) }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || byte | 0x20 &- UInt8(ascii: "a") < 26
    }

    static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
