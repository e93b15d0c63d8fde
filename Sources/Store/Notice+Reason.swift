import Interactions

extension Notice.Reason {
    /// What belongs to the code, as a column keeps it.
    var storedValue: String {
        switch self {
        case .over(let by), .news(let by): by
        case .standDown(let taker): taker
        case .asked(let number), .lastResort(let number), .digest(let number): "\(number)"
        case .secondWay(let channel): channel.rawValue
        case .found, .goesOn, .cleared, .wellbeing, .arrivalDue, .answer, .promised, .catchUp: ""
        }
    }

    /// Nil when no reason is stored like this.
    init?(code: String, value: String) {
        let number = Int(value)
        let channel = Channel(rawValue: value)
        let known: [Notice.Reason?] = [
            .found, .goesOn, .cleared, .over(by: value), .wellbeing, number.map { .asked(step: $0) },
            number.map { .lastResort(round: $0) }, channel.map { .secondWay($0) }, .arrivalDue,
            .standDown(taker: value), .answer, .promised, .news(by: value), .catchUp,
            number.map { .digest(count: $0) },
        ]
        guard let reason = known.compactMap(\.self).first(where: { $0.code == code }) else { return nil }
        self = reason
    }
}
