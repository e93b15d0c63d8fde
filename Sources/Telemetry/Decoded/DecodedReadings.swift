import Units

/// What one message says, whatever its format: values by name, each with its unit, its subject and its times.
///
/// Reused from message to message: names and texts lie in one run of bytes, so that nothing is allocated once it
/// has grown to the largest message of a device.
public struct DecodedReadings: Sendable {
    public enum Kind: UInt8, Hashable, BitwiseCopyable, Sendable {
        case number, flag, text
    }

    /// Where the time of a reading comes from, best first.
    public enum Clock: UInt8, Hashable, BitwiseCopyable, Sendable {
        /// The device's own time of measurement.
        case device
        /// When the network took it in: a gateway, a network server.
        case network
        /// When it reached us.
        case arrival
    }

    /// What is known about how good a reading is.
    public struct Quality: OptionSet, Hashable, BitwiseCopyable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Stored by the device or gateway and sent later: it did not happen now.
        public static let historical = Quality(rawValue: 1)
        /// The device says itself that the value is not to be relied on.
        public static let doubtful = Quality(rawValue: 2)
        /// Says something of the device or its network and nothing of what it measures: battery, signal, counter.
        public static let network = Quality(rawValue: 4)
    }

    /// One value. The texts are runs of `DecodedReadings`; read them with `text(_:)`.
    public struct Item: BitwiseCopyable, Sendable {
        public var subject: Run
        public var name: Run
        public var unit: Run
        public var kind: Kind
        public var clock: Clock
        public var quality: Quality
        /// The number; 0 or 1 for a flag.
        public var number: Double
        /// For `Kind.text`.
        public var text: Run
        public var at: Moment
    }

    /// A text in the bytes of its readings.
    public struct Run: BitwiseCopyable, Hashable, Sendable {
        public var start: UInt32
        public var count: UInt32

        public static let empty = Run(start: 0, count: 0)

        var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
    }

    /// Readings that one message may have; when there are more the whole message is refused.
    public static let itemLimit = 16_384
    /// Bytes of all names, units and texts of one message; the same happens at it.
    public static let byteLimit = 4 << 20
    /// Omissions that are kept; the rest is only counted.
    public static let omissionLimit = 64

    public private(set) var items: [Item] = []
    /// The first fields that did not become readings.
    public private(set) var omissions: [Omission] = []
    /// How many fields did not become readings.
    public private(set) var omittedCount = 0
    /// Whether something was left out because a limit was reached; `MessageDecoder.read` refuses the message then.
    public private(set) var isOverfull = false
    /// Readings that the message has no value for.
    var withheld: [Item] = []
    /// What the sender should be asked. It holds when the message is refused as well.
    public var request: DeviceRequest?
    /// Whether the message says what later ones mean: a list of devices, an announcement. It then needs no readings.
    public internal(set) var isDescription = false
    private var bytes: [UInt8] = []

    /// What the readings that follow are about: the device's own id, as the network calls it.
    public var subject = Run.empty
    /// When the readings that follow were measured, and who says so.
    public var at = Moment()
    public var clock = Clock.arrival
    public var quality: Quality = []
    private var arrivedAt = Moment()

    public init() {}

    public var isEmpty: Bool { items.isEmpty }

    /// Forgets the message before, keeps the memory.
    public mutating func begin(arrivedAt moment: Moment) {
        items.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        omissions.removeAll(keepingCapacity: true)
        withheld.removeAll(keepingCapacity: true)
        omittedCount = 0
        isOverfull = false
        request = nil
        isDescription = false
        subject = .empty
        arrivedAt = moment
        at = moment
        clock = .arrival
        quality = []
    }

    /// The readings that follow were measured at this time, by the clock of the device or of its network. A time that
    /// no device can know (`Moment.plausible`), or none at all, is that of a clock that was never set: the arrival
    /// counts then.
    public mutating func measured(at moment: Moment?, by clock: Clock = .device) {
        if let moment, Moment.plausible.contains(moment) {
            (at, self.clock) = (moment, clock)
        } else {
            (at, self.clock) = (arrivedAt, .arrival)
        }
    }

    /// The same for readings that were appended before their time was known: those from `first` on.
    public mutating func measured(itemsFrom first: Int, at moment: Moment?, by clock: Clock = .device) {
        let before = (at, self.clock)
        measured(at: moment, by: clock)
        for index in first..<max(first, items.count) {
            (items[index].at, items[index].clock) = (at, self.clock)
        }
        (at, self.clock) = before
    }

    /// Takes a text in; what it returns can stand in as many readings as needed.
    public mutating func intern(_ text: UnsafeRawBufferPointer) -> Run {
        guard text.count <= Self.byteLimit - bytes.count else {
            isOverfull = true
            return .empty
        }
        let start = bytes.count
        bytes.append(contentsOf: text)
        return Run(start: UInt32(start), count: UInt32(text.count))
    }

    /// Takes in what `fill` appends to the bytes it is given, which it must not touch otherwise.
    mutating func intern(filledBy fill: (inout [UInt8]) -> Void) -> Run {
        let start = bytes.count
        fill(&bytes)
        guard bytes.count <= Self.byteLimit else {
            bytes.removeSubrange(start...)
            isOverfull = true
            return .empty
        }
        return Run(start: UInt32(start), count: UInt32(bytes.count - start))
    }

    /// Takes in two texts that were taken in before, one behind the other.
    mutating func intern(_ first: Run, then second: Run) -> Run {
        guard first.count > 0 else { return second }
        guard second.count > 0 else { return first }
        guard Int(first.count) + Int(second.count) <= Self.byteLimit - bytes.count else {
            isOverfull = true
            return .empty
        }
        return intern { bytes in
            Self.append(first, of: &bytes)
            Self.append(second, of: &bytes)
        }
    }

    /// `prefix.name`, where there is a prefix.
    mutating func intern(_ prefix: Run, dot name: (inout [UInt8]) -> Void) -> Run {
        guard prefix.count > 0 else { return intern(filledBy: name) }
        guard !isOverfull else { return .empty }
        return intern { bytes in
            Self.append(prefix, of: &bytes)
            bytes.append(UInt8(ascii: "."))
            name(&bytes)
        }
    }

    /// Byte by byte: a slice would hold on to the bytes, and all of them would be copied before the first is appended.
    private static func append(_ run: Run, of bytes: inout [UInt8]) {
        for index in run.range { bytes.append(bytes[index]) }
    }

    public mutating func intern(_ text: StaticString) -> Run {
        intern(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    public mutating func intern(_ text: String) -> Run {
        var text = text
        return text.withUTF8 { intern(UnsafeRawBufferPointer($0)) }
    }

    public mutating func append(_ name: Run, _ number: Double, unit: Run = .empty) {
        append(name, .number, number, .empty, unit)
    }

    public mutating func append(_ name: StaticString, _ number: Double, unit: StaticString = "") {
        append(intern(name), .number, number, .empty, intern(unit))
    }

    public mutating func append(_ name: Run, flag: Bool) {
        append(name, .flag, flag ? 1 : 0, .empty, .empty)
    }

    public mutating func append(_ name: StaticString, flag: Bool) {
        append(intern(name), flag: flag)
    }

    public mutating func append(_ name: Run, text: Run) {
        append(name, .text, 0, text, .empty)
    }

    public mutating func append(_ name: StaticString, text: Run) {
        append(intern(name), text: text)
    }

    /// Says of a field that it did not become a reading.
    public mutating func omit(_ name: Run, _ reason: Omission.Reason, _ detail: Run = .empty) {
        omittedCount += 1
        guard omissions.count < Self.omissionLimit else { return }
        omissions.append(Omission(name: name, reason: reason, detail: detail))
    }

    public func text(_ run: Run) -> String {
        String(decoding: bytes[run.range], as: UTF8.self)
    }

    /// The bytes of a text, without making a `String` of them.
    public func withBytes<Result>(of run: Run, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes[run.range].withUnsafeBytes(body)
    }

    private mutating func append(_ name: Run, _ kind: Kind, _ number: Double, _ text: Run, _ unit: Run) {
        guard items.count < Self.itemLimit else {
            isOverfull = true
            return
        }
        items.append(item(name, kind, number, text, unit))
    }

    func item(_ name: Run, _ kind: Kind, _ number: Double, _ text: Run, _ unit: Run) -> Item {
        Item(
            subject: subject,
            name: name,
            unit: unit,
            kind: kind,
            clock: clock,
            quality: quality,
            number: number,
            text: text,
            at: at
        )
    }
}
