extension CivilZone {
    public static let paris = CivilZone("Europe/Paris", minutesEast: 60, rule: .european)
    public static let utc = CivilZone("UTC", minutesEast: 0, rule: .noSummerTime)

    /// Every zone that can be named in the settings, by name. Saint-Pierre-et-Miquelon is missing: it keeps
    /// North American summer time.
    public static let known: [CivilZone] = {
        var zones = [utc]
        for (minutesEast, names) in europeanNames {
            zones += names.map { CivilZone($0, minutesEast: minutesEast, rule: .european) }
        }
        for (name, minutesEast) in fixedNames {
            zones.append(CivilZone(name, minutesEast: minutesEast, rule: .noSummerTime))
        }
        return zones.sorted { $0.name < $1.name }
    }()

    public init(named name: String) throws(UnknownZone) {
        guard let zone = Self.known.first(where: { $0.name == name }) else { throw UnknownZone(name: name) }
        self = zone
    }

    private static let europeanNames: [(Int64, [String])] = [
        (-60, ["Atlantic/Azores"]),
        (
            0,
            [
                "Atlantic/Canary", "Atlantic/Faroe", "Atlantic/Madeira", "Europe/Dublin", "Europe/Lisbon",
                "Europe/London",
            ]
        ),
        (
            60,
            [
                "Africa/Ceuta", "Europe/Amsterdam", "Europe/Andorra", "Europe/Belgrade", "Europe/Berlin",
                "Europe/Bratislava", "Europe/Brussels", "Europe/Budapest", "Europe/Copenhagen",
                "Europe/Gibraltar", "Europe/Ljubljana", "Europe/Luxembourg", "Europe/Madrid", "Europe/Malta",
                "Europe/Monaco", "Europe/Oslo", "Europe/Paris", "Europe/Podgorica", "Europe/Prague",
                "Europe/Rome", "Europe/San_Marino", "Europe/Sarajevo", "Europe/Skopje", "Europe/Stockholm",
                "Europe/Tirane", "Europe/Vaduz", "Europe/Vatican", "Europe/Vienna", "Europe/Warsaw",
                "Europe/Zagreb", "Europe/Zurich",
            ]
        ),
        (
            120,
            [
                "Asia/Nicosia", "Europe/Athens", "Europe/Bucharest", "Europe/Helsinki", "Europe/Kyiv",
                "Europe/Mariehamn", "Europe/Riga", "Europe/Sofia", "Europe/Tallinn", "Europe/Vilnius",
            ]
        ),
    ]

    private static let fixedNames: [(String, Int64)] = [
        ("America/Cayenne", -3 * 60),
        ("America/Guadeloupe", -4 * 60),
        ("America/Marigot", -4 * 60),
        ("America/Martinique", -4 * 60),
        ("America/St_Barthelemy", -4 * 60),
        ("Indian/Kerguelen", 5 * 60),
        ("Indian/Mayotte", 3 * 60),
        ("Indian/Reunion", 4 * 60),
        ("Pacific/Gambier", -9 * 60),
        ("Pacific/Marquesas", -9 * 60 - 30),
        ("Pacific/Noumea", 11 * 60),
        ("Pacific/Tahiti", -10 * 60),
        ("Pacific/Wallis", 12 * 60),
    ]
}

/// A setting names a zone whose rule is not built in.
public struct UnknownZone: Error, Hashable, Sendable, CustomStringConvertible {
    public let name: String

    public var description: String {
        let names = CivilZone.known.map(\.name).joined(separator: ", ")
        return "the time zone \"\(name)\" is not known; expected one of \(names)"
    }
}
