/// What is celebrated on a public holiday in France.
public enum FrenchHoliday: Hashable, Sendable, CaseIterable {
    case newYear, goodFriday, easterMonday, abolitionOfSlavery, labourDay, victory1945, ascension, whitMonday
    case nationalDay, assumption, allSaints, armistice1918, christmas, saintStephen

    /// How people call it: `lundi de Pâques`, `Easter Monday`.
    public func name(in language: Language) -> String {
        let (french, english) = names
        switch language {
        case .french: return french
        case .english: return english
        }
    }

    private var names: (french: String, english: String) {
        switch self {
        case .newYear: ("jour de l’An", "New Year’s Day")
        case .goodFriday: ("vendredi saint", "Good Friday")
        case .easterMonday: ("lundi de Pâques", "Easter Monday")
        case .abolitionOfSlavery: ("abolition de l’esclavage", "abolition of slavery")
        case .labourDay: ("fête du Travail", "Labour Day")
        case .victory1945: ("victoire de 1945", "Victory Day 1945")
        case .ascension: ("Ascension", "Ascension Day")
        case .whitMonday: ("lundi de Pentecôte", "Whit Monday")
        case .nationalDay: ("fête nationale", "Bastille Day")
        case .assumption: ("Assomption", "Assumption Day")
        case .allSaints: ("Toussaint", "All Saints’ Day")
        case .armistice1918: ("armistice de 1918", "Armistice Day 1918")
        case .christmas: ("Noël", "Christmas Day")
        case .saintStephen: ("Saint-Étienne", "Saint Stephen’s Day")
        }
    }
}
