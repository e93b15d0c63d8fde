/// The words of a written schedule, in English and French. Both are read; one is written.
enum ScheduleWord: CaseIterable {
    case always, never, outside, not, during, holidays, inZone

    func text(in language: Language) -> String {
        let (english, french) = texts
        switch language {
        case .french: return french
        case .english: return english
        }
    }

    /// Reads either language, in small letters; `feries` without its accent too.
    init?(_ text: String) {
        guard text != "feries" else {
            self = .holidays
            return
        }
        guard let word = Self.allCases.first(where: { $0.texts.english == text || $0.texts.french == text })
        else { return nil }
        self = word
    }

    private var texts: (english: String, french: String) {
        switch self {
        case .always: ("always", "toujours")
        case .never: ("never", "jamais")
        case .outside: ("outside", "hors")
        case .not: ("not", "sauf")
        case .during: ("during", "pendant")
        case .holidays: ("holidays", "fériés")
        case .inZone: ("in", "à")
        }
    }

    /// Monday first.
    static func weekdays(in language: Language) -> [String] {
        switch language {
        case .english: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        case .french: ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"]
        }
    }

    /// 0 for `mon` and `lun`, or nil. Longer names are read too: `monday`, `lundi`.
    static func weekday(_ text: String) -> Int? {
        for language in Language.allCases {
            if let day = weekdays(in: language).firstIndex(of: text) { return day }
        }
        return fullNames.firstIndex { $0.contains(text) }
    }

    private static let fullNames: [Set<String>] = [
        ["monday", "lundi"], ["tuesday", "mardi"], ["wednesday", "mercredi"], ["thursday", "jeudi"],
        ["friday", "vendredi"], ["saturday", "samedi"], ["sunday", "dimanche"],
    ]
}
