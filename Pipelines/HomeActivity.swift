import Interactions
import PipelineKit
import Telemetry
import Units

/// What is known of a home: what its water meter shows, or that nobody is there for a while.
struct HomeMessage: Reading {
    var meter = Name()
    /// From the far future when the message has no time: then that of its arrival is taken.
    var measuredAt = Moment.distantFuture
    /// Below zero: not in this message.
    var total = Volume.litres(-1)
    /// An absence announced; its end is in the past when they are back.
    var awayFrom = Moment.distantPast
    var awayUntil = Moment.distantPast

    static var fields: [Field<Self>] {
        Field("meter", \.meter)
        Field("ts", \.measuredAt, missing: .keepsInitialValue)
        Field("total", \.total, in: .litres, missing: .keepsInitialValue)
        Field("from", \.awayFrom, missing: .keepsInitialValue)
        Field("until", \.awayUntil, missing: .keepsInitialValue)
    }
}

extension HomeMessage {
    var saysAbsence: Bool { awayUntil > .distantPast }
    var saysNothing: Bool { total < .zero && !saysAbsence }
}

// Everything here is about people: only of those who agreed, and told to those who look after them.
let homeActivity = Pipeline("home activity", reading: HomeMessage.self, privacy: .health) {
    Listen(to: "landlord/+/water/{meter}/index")
    Listen(to: "care/+/home/{meter}/away")
    Identify(by: \.meter, as: .waterMeter)
    Order(by: \.measuredAt, waiting: .minutes(1))
    Drop("neither an index nor an absence", when: \.saysNothing)

    Derive(HomeUse.self, with: HomeUses()) {
        Detect("water used while away", severity: .warning, among: .consenting(to: .activityWatch)) {
            Raised(\.isUsedWhileAway, until: \.isOver)
        } react: {
            OpenCase(in: .care) {
                French(
                    "\($0.name) : \($0.reading.flow) depuis \($0.reading.beganAt) pendant l'absence annoncée"
                )
                English("\($0.name): \($0.reading.flow) since \($0.reading.beganAt) while nobody is at home")
            }
            Text(.tenant, at: .anyHour) { $0.waterWhileYouAreAway }
            Text(.relative, at: .anyHour) { $0.waterWhileTheyAreAway }
            Watch(french: "Eau utilisée pendant l'absence", english: "Water used while away")
        }

        // What follows looks for signs of life.
        Drop("nobody is at home", when: \.isAway)

        Detect("no water by the usual hour", severity: .warning, among: .consenting(to: .activityWatch)) {
            Unusual(\.used, to: .usualActivity())
        } react: {
            Ask(.tenant, waiting: .minutes(30)) { $0.isAnybodyThere }
            OpenCase(in: .care) {
                French("\($0.name) : pas d'eau depuis \($0.since), contre l'habitude")
                English("\($0.name): no water since \($0.since), which is unusual")
            }
            Text(.relative, when: .cleared) { $0.signOfLife }
            Escalate(.noSignOfLife) { $0.noSignOfLife }
            Watch(french: "Plus calme que d'habitude", english: "Quieter than usual")
        }

        Detect("first use later than ever", severity: .advice, among: .consenting(to: .activityWatch)) {
            Unusual(\.used, to: .firstUse())
        } react: {
            OpenCase(in: .care) {
                French("\($0.name) : pas encore d'eau ce matin, \($0.why.french)")
                English("\($0.name): no water yet this morning, \($0.why.english)")
            }
        }

        Detect("up at night", severity: .advice, among: .consenting(to: .activityWatch)) {
            Unusual(\.used, to: .activeHours(.night))
        } react: {
            OpenCase(in: .care) {
                French(
                    "\($0.name) : plus souvent debout la nuit depuis \($0.since), la dernière nuit \($0.why.french)"
                )
                English(
                    "\($0.name): up more often at night since \($0.since), the last night \($0.why.english)"
                )
            }
        }

        Detect("fewer active hours", severity: .advice, among: .consenting(to: .activityWatch)) {
            Unusual(\.used, to: .activeHours(.day))
        } react: {
            OpenCase(in: .care) {
                French(
                    "\($0.name) : moins d'heures avec de l'eau depuis \($0.since), le dernier jour \($0.why.french)"
                )
                English(
                    "\($0.name): fewer hours with water since \($0.since), the last day \($0.why.english)"
                )
            }
        }
    }
}
