/// Names that several fields of a message would have.
extension DecodedReadings {
    /// Readings of a message among which a name is looked for. The names of later ones are not compared.
    static let comparedLimit = 1024

    /// Keeps a name for a field that has no value in this message.
    mutating func withhold(_ name: Run, _ unit: Run) {
        guard withheld.count < Self.comparedLimit else { return }
        withheld.append(item(name, .text, 0, .empty, unit))
    }

    /// Whether the subject has a reading with this name and this unit at this time already.
    func isTaken(_ name: Run, _ unit: Run) -> Bool {
        items.prefix(Self.comparedLimit).contains { isTaken(name, unit, by: $0) }
            || withheld.contains { isTaken(name, unit, by: $0) }
    }

    /// Whether the message has a reading with this name, of whatever time.
    func hasReading(named name: Run) -> Bool {
        items.prefix(Self.comparedLimit).contains { isSame($0.name, name) && isSame($0.subject, subject) }
    }

    private func isTaken(_ name: Run, _ unit: Run, by item: Item) -> Bool {
        item.name.count == name.count && item.unit.count == unit.count && item.at == at
            && item.quality.contains(.historical) == quality.contains(.historical)
            && isSame(item.name, name) && isSame(item.unit, unit) && isSame(item.subject, subject)
    }

    private func isSame(_ first: Run, _ second: Run) -> Bool {
        first == second || withBytes(of: first) { first in withBytes(of: second) { first.elementsEqual($0) } }
    }
}
