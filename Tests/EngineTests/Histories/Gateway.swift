import Interactions
import Telemetry
import TestSupport
import Units

/// What gateways and handsets do with a message. The same message has the same fate in every run of a history, also
/// when other parts of it are left out.
struct Gateway {
    enum Answer {
        case accepted, refused, notNow
        /// No answer: it may have arrived or not.
        case silent
    }

    struct Fate {
        var answer: Answer
        var takes: Duration
        /// When it is tried again.
        var again = Duration.minutes(1)
        /// What the handset says, and how long after.
        var report: (outcome: Receipt.Outcome, after: Duration)?
        var mayArrive: Bool { answer == .accepted || answer == .silent }
    }

    let seed: UInt64
    /// The channels that take nothing until then.
    var down: [Channel: Moment] = [:]

    mutating func fate(of notice: Notice, attempt: Int, at now: Moment, _ town: Town) -> Fate {
        var dice = Dice(seed: seed)
        for byte in notice.id.utf8 { dice = Dice(seed: dice.next() ^ UInt64(byte)) }
        dice = Dice(seed: dice.next() &+ UInt64(attempt))
        let takes = Duration.microseconds(100_000 + dice.below(8_000_000))
        guard town.canBeTexted(notice.recipient) else { return Fate(answer: .refused, takes: takes) }
        if let until = down[notice.channel], now < until { return Fate(answer: .notNow, takes: takes) }
        switch dice.below(40) {
        case 0: return Fate(answer: .refused, takes: takes)
        case 1: return Fate(answer: .silent, takes: takes)
        case 2: return Fate(answer: .notNow, takes: takes)
        default: break
        }
        var fate = Fate(answer: .accepted, takes: takes)
        if town.off.contains(notice.recipient) {
            // Some operators say so at last, most never do.
            fate.report = dice.oneIn(3) ? (.failed, .minutes(20 + dice.below(3000))) : nil
        } else {
            switch dice.below(20) {
            case 0: fate.report = nil
            case 1: fate.report = (.failed, .seconds(5 + dice.below(200)))
            case 2: fate.report = (.delivered, .hours(1 + dice.below(40)))
            default: fate.report = (.delivered, .seconds(1 + dice.below(25)))
            }
        }
        return fate
    }
}
