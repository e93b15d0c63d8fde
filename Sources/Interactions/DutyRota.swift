import Units

/// The people who take turns in one role for one asset, site or person, or for everything.
struct DutyRota: Sendable {
    private var shifts: [(contact: DirectoryIndex.Contact, duty: Directory.Duty)]

    /// In the order in which they are asked.
    init(_ shifts: [(contact: DirectoryIndex.Contact, duty: Directory.Duty)]) {
        self.shifts = shifts
    }

    mutating func join(_ other: DutyRota) {
        shifts += other.shifts
    }

    /// Who is on duty, each person once.
    func contacts(at moment: Moment) -> [DirectoryIndex.Contact] {
        shifts.filter { $0.duty.contains(moment) }.map(\.contact).eachOnce()
    }

    /// The first moment after this one at which somebody's duty begins or ends.
    func nextChange(after moment: Moment) -> Moment? {
        shifts.compactMap { $0.duty.nextChange(after: moment) }.min()
    }

    func isEmpty(at moment: Moment) -> Bool {
        !shifts.contains { $0.duty.contains(moment) }
    }
}

extension [DirectoryIndex.Contact] {
    /// Without those who come again: someone with several shifts is one person.
    func eachOnce() -> [DirectoryIndex.Contact] {
        if count < 2 { return self }
        var known: Set<String> = []
        return filter { known.insert($0.person.id).inserted }
    }
}
