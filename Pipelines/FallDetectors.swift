import Interactions
import PipelineKit
import Telemetry
import Units

/// What a pendant that notices falls by itself sends: at once when something happened, and every hour that it is
/// well.
struct PendantMessage: Reading {
    var pendant = Name()
    var message = Name()
    var event = Event.alive
    /// Below zero: not in this message.
    var battery = Ratio.percent(-1)
    var isWorn = true

    enum Event: String, Word { case alive, fall, help, cancelled }

    static var fields: [Field<Self>] {
        Field("pendant", \.pendant)
        Field("id", \.message, missing: .keepsInitialValue)
        Field("event", \.event)
        Field("battery", \.battery, in: .percent, missing: .keepsInitialValue)
        Field("worn", \.isWorn, missing: .keepsInitialValue)
    }
}

extension PendantMessage {
    var callsForHelp: Bool { event == .fall || event == .help }
    /// The wearer pressed the button: nothing is to be asked.
    var isConfirmed: Bool { event == .help }
    var isCancelled: Bool { event == .cancelled }
    var saysNothingOfItself: Bool { battery < .zero }
    var isOff: Bool { !isWorn }
}

// The time of arrival is taken: a pendant whose clock is wrong must be heard all the same.
let fallDetectors = Pipeline("fall detectors", reading: PendantMessage.self, privacy: .health) {
    Listen(to: "care/+/pendant/{pendant}/event")
    Identify(by: \.pendant, as: .pendant)
    DropRepeats(of: \.message, within: .days(1))

    Detect("fall", severity: .critical) {
        Raised(\.callsForHelp, until: \.isCancelled)
    } react: {
        Ask(.wearer, unless: \.isConfirmed, waiting: .minutes(1)) { $0.areYouWell }
        OpenCase(in: .care) { $0.fallOrCall }
        Text(.relative, when: .cleared) {
            French("\($0.name) a annulé l'alerte à \($0.at). Un appel de votre part reste utile.")
            English("\($0.name) took the alert back at \($0.at). A call from you is still a good idea.")
        }
        Escalate(.fall) {
            $0.alert
        } lastResort: {
            $0.alertLastResort
        }
        Watch(french: "Alerte en cours", english: "Alert under way")
    }

    Detect("pendant silent", severity: .warning) {
        Silent(for: .days(1))
    } react: {
        OpenCase(in: .care) {
            French("Pendentif de \($0.name) : plus de signal depuis \($0.since)")
            English("Pendant of \($0.name): no signal since \($0.since)")
        }
        Text(.relative) {
            French(
                "Le pendentif de \($0.name) ne répond plus depuis \($0.since). Vérifiez qu'il est chargé et porté."
            )
            English(
                "The pendant of \($0.name) is silent since \($0.since). Please check that it is charged and worn."
            )
        }
        Watch(french: "Pendentif muet, à vérifier", english: "Pendant silent, please check")
    }

    // What follows looks at how the pendant is; an alarm in a hurry says nothing of it.
    Drop("without battery level", when: \.saysNothingOfItself)

    Detect("low battery", severity: .advice) {
        FallsBelow(\.battery, .percent(15), until: .percent(30))
    } react: {
        OpenCase(in: .care) {
            French("Pendentif de \($0.name) : batterie à \($0.reading.battery)")
            English("Pendant of \($0.name): battery at \($0.reading.battery)")
        }
        Text(.relative) {
            French(
                "Le pendentif de \($0.name) n'a plus que \($0.reading.battery) de batterie. Mettez-le en charge."
            )
            English("The pendant of \($0.name) is down to \($0.reading.battery) battery. Please charge it.")
        }
        Watch(french: "Batterie du pendentif faible", english: "Battery of the pendant low")
    }

    Detect("not worn", severity: .advice, among: .consenting(to: .activityWatch)) {
        Holds(\.isOff, for: .hours(4))
    } react: {
        Text(.relative) {
            French(
                "Le pendentif de \($0.name) n'est pas porté depuis \($0.since). Un appel de votre part aiderait."
            )
            English(
                "The pendant of \($0.name) has not been worn since \($0.since). A call from you would help."
            )
        }
        Watch(french: "Pendentif non porté", english: "Pendant not worn")
    }
}
