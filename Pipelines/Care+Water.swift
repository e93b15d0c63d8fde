import Interactions
import PipelineKit
import Units

/// What is said of water meters, whatever their radio.
extension Finding {
    var noReading: Wording {
        Wording(
            french: "\(name) : plus de relevé depuis \(since)",
            english: "\(name): no reading since \(since)"
        )
    }

    var runningBackwards: Wording {
        Wording(
            french: "\(name) tourne à l'envers depuis \(since)",
            english: "\(name) runs backwards since \(since)"
        )
    }

    var burst: Wording {
        Wording(
            french: "\(name) : fuite importante depuis \(since)",
            english: "\(name): water is pouring out since \(since)"
        )
    }

    var burstAtHome: Wording {
        Wording(
            french:
                "Eau : fuite importante chez vous depuis \(since). Fermez le robinet d'arrivée d'eau. Intervention demandée.",
            english:
                "Water is pouring out in your home since \(since). Close the main tap. Repair requested."
        )
    }

    var burstForCaretaker: Wording {
        Wording(
            french:
                "\(name), \(address) : fuite importante depuis \(since). Coupez l'eau si personne ne répond.",
            english: "\(name), \(address): water pouring out since \(since). Shut it off if nobody answers."
        )
    }
}

extension Announcement {
    /// For who lives above or beside: water where none should be, until the floor is dry.
    static let waterOnTheFloor = Announcement(wordWithin: .hours(4)) {
        French(
            "\($0.subjectName), \($0.address) : fuite d'eau depuis \($0.since). Intervention demandée. Suite avant \($0.nextWord)."
        )
        English(
            "\($0.subjectName), \($0.address): water leaking since \($0.since). Repair requested. Next word before \($0.nextWord)."
        )
    } onTheWay: {
        French("\($0.subjectName), \($0.address) : un technicien s'occupe de la fuite.")
        English("\($0.subjectName), \($0.address): a technician works on the leak.")
    } estimated: {
        French("\($0.subjectName), \($0.address) : réparation prévue vers \($0.estimate).")
        English("\($0.subjectName), \($0.address): the leak should be mended around \($0.estimate).")
    } delayed: {
        French("\($0.subjectName), \($0.address) : réparation retardée. Suite avant \($0.nextWord).")
        English("\($0.subjectName), \($0.address): the repair is delayed. Next word before \($0.nextWord).")
    } stillOpen: {
        French("\($0.subjectName), \($0.address) : fuite toujours en cours. Suite avant \($0.nextWord).")
        English("\($0.subjectName), \($0.address): still leaking. Next word before \($0.nextWord).")
    } cleared: {
        French("\($0.subjectName), \($0.address) : plus d'eau au sol depuis \($0.at). Merci.")
        English("\($0.subjectName), \($0.address): no more water on the floor since \($0.at). Thank you.")
    }

    /// For who lives there: a leak lasts until somebody has repaired it.
    static let waterLeak = Announcement(wordWithin: .hours(24), thenEvery: .days(3)) {
        French(
            "Eau : chez vous, elle coule sans cesse depuis \($0.since). Vérifiez robinets et WC. Le service technique est prévenu, suite avant \($0.nextWord)."
        )
        English(
            "Water has been running in your home since \($0.since). Check taps and toilets. The technical service is told; word before \($0.nextWord)."
        )
    } onTheWay: {
        French("Eau : le service technique s'occupe de la fuite signalée depuis \($0.since).")
        English("Water: the technical service is working on the leak noticed since \($0.since).")
    } estimated: {
        French("Eau : réparation de la fuite chez vous prévue vers \($0.estimate).")
        English("Water: the leak in your home should be mended around \($0.estimate).")
    } delayed: {
        French("Eau : la réparation de la fuite est retardée. Suite avant \($0.nextWord).")
        English("Water: the repair of the leak is delayed. Next word before \($0.nextWord).")
    } stillOpen: {
        French("Eau : elle coule toujours sans cesse chez vous. Suite avant \($0.nextWord).")
        English("Water is still running in your home without a break. Next word before \($0.nextWord).")
    } cleared: {
        French("Eau : la consommation chez vous est de nouveau normale depuis \($0.at). Merci.")
        English("Water use in your home is back to normal since \($0.at). Thank you.")
    }
}
