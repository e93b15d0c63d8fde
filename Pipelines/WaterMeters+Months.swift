import Interactions
import Models
import PipelineKit
import Units

// What the law says of a consumption that doubles (CGCT L2224-12-4 III bis): who has a leaking pipe repaired need not pay
// for more than twice the mean of the years before.

/// What was used in a month that is over.
struct WaterMonth {
    /// 1 to 12.
    let number: Int
    let used: Volume
    /// The mean of the same month in the years before, for as many days as are known of this one.
    let usual: Volume
    let years: Int
    let isMoreThanDouble: Bool

    /// A home that hardly uses anything doubles it easily.
    var isOfImportance: Bool { isMoreThanDouble && used >= .cubicMetres(1) }
    var ratio: Double { (used / usual * 10).rounded() / 10 }
}

/// Adds up civil months and tells of each on the day after it, not at night; of a meter that is read at night only on the
/// third.
struct WaterMonths: Transformer {
    private var consumption = DoubleConsumption()
    private var told = 0

    mutating func step(_ use: WaterUse) -> WaterMonth? {
        // What was used up to midnight belongs to the day before it.
        let month = Self.month(here.civilTime(at: use.endedAt - .seconds(1)).date)
        let span = use.endedAt.since(use.beganAt)
        if span <= .hours(36) || Self.month(here.civilTime(at: use.beganAt).date) == month {
            let days = min(span.inSeconds / 86_400, 31)
            consumption.learn(use.used.value(in: .litres), days: days, month: month)
        }
        let now = here.civilTime(at: use.endedAt)
        let over = Self.month(now.date) - 1
        guard over > told, (7..<21).contains(now.time.hour) || now.date.day > 2 else { return nil }
        told = over
        guard let facts = consumption.facts(months: 1, until: over) else { return nil }
        return WaterMonth(
            number: over % 12 + 1,
            used: .litres(facts.consumed),
            usual: .litres(facts.mean),
            years: facts.years,
            isMoreThanDouble: facts.isUnusual
        )
    }

    /// Months counted on without end.
    private static func month(_ date: CivilDate) -> Int { Int(date.year) * 12 + Int(date.month) - 1 }
}

extension Finding where Reading == WaterMonth {
    /// For the landlord.
    var doubleConsumption: Wording {
        let (month, years) = (reading, reading.years)
        return Wording(
            french:
                "\(name) : \(month.used) en \(month.french), \(month.ratio) fois la moyenne (\(month.usual) sur \(years) an\(years > 1 ? "s" : "")) ; avis du service d'eau à prévoir (CGCT L2224-12-4 III bis)",
            english:
                "\(name): \(month.used) in \(month.english), \(month.ratio) times the mean (\(month.usual) over \(years) year\(years > 1 ? "s" : "")); a notice of the water supplier is to be expected (CGCT L2224-12-4 III bis)"
        )
    }

    /// For the tenant: the month counts from the notice of the supplier. Leaks of toilets and appliances are left out by
    /// R2224-20-1.
    var billMayBeCapped: Wording {
        let month = reading
        return Wording(
            french:
                "Eau en \(month.french) : \(month.used), \(month.ratio) fois la moyenne (\(month.usual)). Tuyau percé ? Prouvez la réparation dans le mois de l'avis du service d'eau : facture plafonnée.",
            english:
                "Water in \(month.english): \(month.used), \(month.ratio) times the mean (\(month.usual)). Pipe leak? Prove its repair within a month of your supplier's notice: the bill is capped."
        )
    }
}

extension WaterMonth {
    fileprivate var french: String { Self.frenchNames[number - 1] }
    fileprivate var english: String { Self.englishNames[number - 1] }

    private static let frenchNames = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
        "novembre", "décembre",
    ]
    private static let englishNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
        "November", "December",
    ]
}
