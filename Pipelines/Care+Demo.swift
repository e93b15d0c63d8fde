import Interactions
import PipelineKit
import Units

// How this installation looks after people: who is asked in which order, what an audience reads, and when everybody is
// left in peace.

/// Nobody is disturbed about a service at night, nor more often than that.
let discipline = Discipline(quiet: .daily(22.oclock, to: 8.oclock), hourly: 4, daily: 10)

extension Escalation {
    /// Somebody may have fallen: the carer on duty and the first relative, then everybody near.
    static let fall = Escalation("fall", arrivalWithin: .minutes(30), otherwiseBy: .secondText) {
        Ask(.caregiver)
        AskFirst(.relative)
        Wait(.minutes(3))
        Ask(.relative)
        Wait(.minutes(3))
    } lastResort: {
        Keep(asking: .lastResort, every: .minutes(5))
    }

    /// A home is quieter than it ever is.
    static let noSignOfLife = Escalation(
        "no sign of life",
        arrivalWithin: .hours(2),
        receiptWithin: .minutes(15)
    ) {
        AskFirst(.relative)
        Wait(.minutes(30))
        InTurn(.relative, every: .minutes(15))
    } lastResort: {
        Keep(asking: .caregiver, every: .hours(1))
    }

    /// People are locked in: release around the clock is in every maintenance contract.
    static let peopleStuck = Escalation("people stuck", arrivalWithin: .hours(1), otherwiseBy: .secondText) {
        InTurn(.technicianOnCall, every: .minutes(5))
    } lastResort: {
        Keep(asking: .dispatcher, every: .minutes(5))
    }

    /// Water on the floor: who is on the spot shuts it off, day and night.
    static let leak = Escalation("leak", arrivalWithin: .hours(2), receiptWithin: .minutes(15)) {
        Ask(.caretaker)
        Wait(.minutes(10))
        InTurn(.technicianOnCall, every: .minutes(10))
    } lastResort: {
        Keep(asking: .dispatcher, every: .minutes(30))
    }

    /// Goods are too warm, or too cold: the kitchen looks first.
    static let coldRoom = Escalation("cold room", arrivalWithin: .hours(4), receiptWithin: .minutes(15)) {
        Ask(.kitchen)
        Wait(.minutes(30))
        Ask(.refrigerationTechnician)
        Wait(.hours(2))
    } lastResort: {
        Keep(asking: .refrigerationTechnician, .kitchen, every: .hours(1))
    }
}

extension Outage {
    /// A gateway, which those behind it name in their attribute `gateway`.
    static let gateway = Outage("gateway", of: .attribute("gateway"))
    /// The power of a site.
    static let power = Outage("power", of: .site)
}

extension Announcement {
    static let elevatorOutage = Announcement(wordWithin: .hours(2)) {
        French(
            "\($0.subjectName), \($0.address), en panne depuis \($0.since). Intervention demandée. Suite avant \($0.nextWord). Aide (courses, soins) : répondez AIDE."
        )
        English(
            "\($0.subjectName), \($0.address), out of service since \($0.since). Repair requested. Next word before \($0.nextWord). Need help? Reply AIDE."
        )
    } onTheWay: {
        French("\($0.subjectName), \($0.address) : un technicien s'en occupe. Besoin d'aide : répondez AIDE.")
        English("\($0.subjectName), \($0.address): a technician is on it. Need help? Reply AIDE.")
    } estimated: {
        French(
            "\($0.subjectName), \($0.address) : remise en service prévue vers \($0.estimate). Besoin d'aide : répondez AIDE."
        )
        English(
            "\($0.subjectName), \($0.address): expected to run again around \($0.estimate). Need help? Reply AIDE."
        )
    } delayed: {
        French(
            "\($0.subjectName), \($0.address) : réparation retardée. Suite avant \($0.nextWord). Besoin d'aide : répondez AIDE."
        )
        English(
            "\($0.subjectName), \($0.address): the repair is delayed. Next word before \($0.nextWord). Need help? Reply AIDE."
        )
    } stillOpen: {
        French(
            "\($0.subjectName), \($0.address) : toujours en panne. Suite avant \($0.nextWord). Besoin d'aide : répondez AIDE."
        )
        English(
            "\($0.subjectName), \($0.address): still out of service. Next word before \($0.nextWord). Need help? Reply AIDE."
        )
    } cleared: {
        French(
            "\($0.subjectName), \($0.address) : de nouveau en service depuis \($0.at). Merci de votre patience."
        )
        English(
            "\($0.subjectName), \($0.address): back in service since \($0.at). Thank you for your patience."
        )
    }
}
