/// One record of a pack as it was sent, before it is resolved.
struct SenMLRecord {
    typealias Run = DecodedReadings.Run

    var name = Run.empty
    var unit: Run?
    var value: Double?
    var string: Run?
    var flag: Bool?
    var data: Run?
    var sum: Double?
    var time = 0.0
    var updateTime: Double?
    /// The labels seen, one bit each.
    private var seen: UInt16 = 0

    /// Whether it has nothing but base fields, and at least one: it says something of the records after it only.
    var isBaseOnly: Bool { seen != 0 && seen & ~Self.bases == 0 }

    private static let bases: UInt16 = 0b11_1111

    /// False when the label was there before.
    mutating func see(_ label: SenMLLabel) -> Bool {
        let bit: UInt16 = 1 << UInt16(label.rawValue + 6)
        defer { seen |= bit }
        return seen & bit == 0
    }

    /// How many of the fields that hold a value are there.
    var valueCount: Int {
        (value == nil ? 0 : 1) + (string == nil ? 0 : 1) + (flag == nil ? 0 : 1) + (data == nil ? 0 : 1)
    }
}
