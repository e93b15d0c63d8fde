import Interactions
import PipelineKit
import TestSupport
import Units

/// A building and a care circle, and the people of both: what the directory says of them, and whether their
/// phones are on.
struct Town {
    var directory: Directory
    /// Whose phone is off, or nowhere near them.
    var off: Set<String> = []

    static func pipelines(isEdited: Bool = false) -> PipelineSet {
        PipelineSet([building(isEdited: isEdited), gateways, care(isEdited: isEdited)])
    }

    init(start: Moment) {
        directory = Directory(
            sites: [
                Directory.Site(id: "lilas", name: "Lilas", address: "12 rue des Lilas"),
                Directory.Site(id: "home1", name: "Home", address: ""),
                Directory.Site(id: "home2", name: "Home", address: ""),
            ],
            assets: Self.lifts.map {
                Directory.Asset(
                    id: $0,
                    kind: "lift",
                    site: "lilas",
                    name: "Lift \($0.suffix(1))",
                    attributes: ["gateway": "gateway1"]
                )
            }
                + Self.pendants.enumerated().map { index, id in
                    Directory.Asset(
                        id: id,
                        kind: "pendant",
                        site: "home\(index + 1)",
                        name: "Pendant \(index + 1)",
                        person: "wearer\(index + 1)"
                    )
                }
                + [Directory.Asset(id: "gateway1", kind: "gateway", site: "lilas", name: "Gateway")],
            people: Self.people,
            relations: Self.relations(start)
        )
    }

    /// A phone number is the same for ever, so that who lost it can get it back.
    static func phone(of person: String) -> String {
        people.first { $0.id == person }?.phone ?? ""
    }

    static let tenants = (1...30).map { "tenant\($0)" }
    static let helpers = [
        "tech1", "tech2", "tech3", "desk1", "desk2", "director", "wearer1", "wearer2", "anne", "ben", "chloe",
        "dora", "carer1", "carer2", "carer3", "night1", "night2",
    ]

    private static let people: [Directory.Person] =
        tenants.enumerated().map { index, id in
            Directory.Person(
                id: id,
                name: "Tenant \(index)",
                phone: "+336" + String(10_000_000 + index),
                language: index % 7 == 0 ? .english : .french,
                site: "lilas",
                floor: index % 6,
                reducedMobility: index % 11 == 0,
                consents: index % 3 == 0 ? [] : ["news"]
            )
        }
        + helpers.enumerated().map { index, id in
            // Anne and Ben share a telephone, as couples do.
            let number = id == "ben" ? index - 1 : index
            return Directory.Person(
                id: id,
                name: "Helper \(index)",
                phone: "+336" + String(10_000_000 + tenants.count + number)
            )
        }

    private static func relations(_ start: Moment) -> [Directory.Relation] {
        let day = Schedule.on(.weekdays, 8.oclock, to: 18.oclock)
        let night = Schedule.daily(20.oclock, to: 7.oclock)
        let firstWeek = Directory.Duty(from: start - .days(3), until: start + .days(2), hours: day)
        let secondWeek = Directory.Duty(from: start + .days(2), until: start + .days(9), hours: day)
        var relations: [Directory.Relation] = []
        func add(_ role: String, _ person: String, _ scope: String, _ rank: Int, _ duty: Directory.Duty) {
            relations.append(.init(role: role, person: person, scope: scope, rank: rank, duty: duty))
        }
        // Nobody is on duty on Saturdays by day, nor in the hours between the shifts.
        add("technician", "tech1", "lilas", 1, firstWeek)
        add("technician", "tech2", "lilas", 1, secondWeek)
        add("technician", "tech3", "lilas", 2, .init(hours: night))
        add("dispatcher", "desk1", "", 1, .init(hours: day))
        add("dispatcher", "desk2", "", 2, .init(hours: night))
        add("director", "director", "", 1, .always)
        for (home, circle) in [("wearer1", ["anne", "ben", "chloe"]), ("wearer2", ["dora", "anne"])] {
            for (rank, relative) in circle.enumerated() { add("relative", relative, home, rank + 1, .always) }
        }
        add("caregiver", "carer1", "", 1, .init(hours: day))
        add("caregiver", "carer2", "", 2, .init(until: start + .days(1)))
        add("caregiver", "carer3", "home2", 1, .init(hours: night))
        add("last-resort", "night1", "", 1, .init(hours: night))
        add("last-resort", "night2", "", 2, .always)
        return relations
    }

    // MARK: - What is true of them

    func person(_ id: String) -> Directory.Person? {
        directory.people.first { $0.id == id }
    }

    func canBeTexted(_ id: String) -> Bool {
        person(id).map { !$0.phone.isEmpty } ?? false
    }

    /// The people whom an announcement of a lift is for, by this town's own reckoning.
    func audience(of detector: String) -> [String] {
        let tenants = directory.people.filter { $0.site == "lilas" }
        switch detector {
        case "out of service", "smoke": return tenants.map(\.id)
        case "loud": return tenants.filter { $0.consents.contains("news") }.map(\.id)
        default: return []
        }
    }
}

extension Town {
    /// People come, go, lose their phone, find it again, and think better of their consent.
    mutating func change(_ dice: inout Dice) -> String {
        let id = dice.oneIn(4) ? dice.pick(Self.helpers) : dice.pick(Self.tenants)
        guard let place = directory.people.firstIndex(where: { $0.id == id }) else {
            if let person = Self.people.first(where: { $0.id == id }) { directory.people.append(person) }
            return "\(id) comes"
        }
        switch dice.below(4) {
        case 0 where !["director", "night2"].contains(id):
            directory.people.remove(at: place)
            return "\(id) goes"
        case 1:
            let phone = directory.people[place].phone
            directory.people[place].phone = phone.isEmpty ? Self.phone(of: id) : ""
            return phone.isEmpty ? "\(id) has a phone again" : "\(id) has no phone any more"
        case 2:
            let news = directory.people[place].consents.contains("news")
            directory.people[place].consents = news ? [] : ["news"]
            return news ? "\(id) withdraws consent" : "\(id) consents"
        default:
            directory.people[place].floor = dice.below(6)
            return "\(id) moves to another floor"
        }
    }
}
