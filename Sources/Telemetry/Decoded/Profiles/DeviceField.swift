/// One field of a device's messages, and the reading that it becomes.
public struct DeviceField: Sendable {
    public enum Meaning: Sendable {
        /// The field times `scale` plus `add` is in the unit of the reading.
        case number(scale: Double, add: Double)
        /// True for one of these words, false for one of those. A number and a JSON flag are compared as written.
        case flag(yes: [StaticString], no: [StaticString])
        /// True for every number but 0.
        case nonzero
        /// A flag for each word of a list in one text, such as `DRY REVERSED`.
        case flags(FlagWords)
        /// A number that stands for one of these words, counted from 0.
        case code([StaticString])
        case text
        /// A text that says what somebody pressed; one that says something else is `other`, see `PressWord`.
        case press(other: ReadingName)
    }

    /// As the device writes it, see `FieldPattern`; objects and lists are flattened: `rx_metadata.0.rssi`.
    public let path: StaticString
    public let reading: ReadingName
    public let meaning: Meaning
    /// What the `#` of the path counts from.
    public let first: Int
    /// The number by which the device says that it has no such sensor.
    public private(set) var absent: Double?
    /// What the same field says besides, for fields that are two readings: how wet it is, and that it leaks.
    public private(set) var others: [DeviceField] = []
    /// What a list says behind its end, and an empty one at its first place: that there is none of what it lists. Empty
    /// where it says nothing.
    public let none: StaticString
    /// As many places of a list have something or none; what goes beyond is kept until it is said anew.
    static let places = 3

    init(
        _ path: StaticString,
        _ reading: ReadingName,
        _ meaning: Meaning,
        first: Int = 0,
        none: StaticString = ""
    ) {
        self.path = path
        self.reading = reading
        self.meaning = meaning
        self.first = first
        self.none = none
    }

    /// - Parameter first: what the `#` of the path counts from. Where that is not 1 the first of several alike has no
    ///   number in its name (`power`, `power2`), so that a device with one only has plain names.
    public static func number(
        _ path: StaticString,
        _ reading: ReadingName,
        scale: Double = 1,
        add: Double = 0,
        first: Int = 0,
        absent: Double? = nil
    ) -> DeviceField {
        var field = DeviceField(path, reading, .number(scale: scale, add: add), first: first)
        field.absent = absent
        return field
    }

    public static func flag(
        _ path: StaticString,
        _ reading: ReadingName,
        yes: [StaticString] = Self.yes,
        no: [StaticString] = Self.no,
        first: Int = 0
    ) -> DeviceField {
        DeviceField(path, reading, .flag(yes: yes, no: no), first: first)
    }

    /// A flag that is the number of something: 6 motions are motion.
    public static func nonzero(_ path: StaticString, _ reading: ReadingName, first: Int = 0) -> DeviceField {
        DeviceField(path, reading, .nonzero, first: first)
    }

    /// This reading, and another one that the same field is as well.
    func and(_ other: DeviceField) -> DeviceField {
        var field = self
        field.others.append(other)
        return field
    }

    /// A flag that says the opposite: `contact` of a door that is closed.
    public static func inverse(_ path: StaticString, _ reading: ReadingName, first: Int = 0) -> DeviceField {
        DeviceField(path, reading, .flag(yes: Self.no, no: Self.yes), first: first)
    }

    /// The text itself becomes a reading as well, under `reading`: a word that is not in the list is not lost. A reading
    /// that several words stand for is true when one of them is there.
    ///
    /// - Parameters:
    ///   - others: words of the same list that mean none of these readings, beside `no`; see `FieldPattern`.
    ///   - vague: words that may stand in the place of others.
    public static func flags(
        _ path: StaticString,
        _ reading: ReadingName,
        _ words: KeyValuePairs<StaticString, ReadingName>,
        and more: KeyValuePairs<StaticString, ReadingName> = [:],
        others: [StaticString] = [],
        vague: [StaticString] = []
    ) -> DeviceField {
        let words = FlagWords(Array(words) + Array(more), others: no + others, vague: vague)
        return DeviceField(path, reading, .flags(words))
    }

    /// - Parameter none: what is said behind the end of a list of codes, so that what was kept of a longer one is over.
    public static func code(
        _ path: StaticString,
        _ reading: ReadingName,
        _ words: [StaticString],
        none: StaticString = ""
    ) -> DeviceField {
        DeviceField(path, reading, .code(words), none: none)
    }

    /// What was pressed is `reading`, whatever else happened is `other`.
    public static func press(
        _ path: StaticString,
        _ reading: ReadingName,
        other: ReadingName
    ) -> DeviceField {
        DeviceField(path, reading, .press(other: other))
    }

    public static func text(_ path: StaticString, _ reading: ReadingName, first: Int = 0) -> DeviceField {
        DeviceField(path, reading, .text, first: first)
    }

    /// Words that mean yes and no on most devices, in any case of letters.
    public static let yes: [StaticString] = [
        "true", "1", "on", "yes", "open", "opened", "alarm", "triggered", "detected", "active", "occupied",
        "abnormal", "leak", "online",
    ]
    public static let no: [StaticString] = [
        "false", "0", "off", "no", "close", "closed", "normal", "ok", "none", "not detected", "inactive",
        "vacant",
        "no leak", "offline", "unoccupied",
    ]

    /// The reading, with the number in its name that goes with the one found at the `#` of the path.
    func reading(at found: Int?) -> ReadingName {
        guard let found else { return reading }
        if first == 1 { return reading[UInt8(clamping: found)] }
        return found > first ? reading[UInt8(clamping: found - first + 1)] : reading
    }
}
