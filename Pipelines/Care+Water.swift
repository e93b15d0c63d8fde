import Interactions
import PipelineKit
import Units

extension Announcement {
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
        French("Eau : le plombier est attendu chez vous vers \($0.estimate) pour la fuite.")
        English("Water: the plumber is expected at your home around \($0.estimate) for the leak.")
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
