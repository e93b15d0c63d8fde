import Interactions
import PipelineKit
import Telemetry
import Units

/// What every device with a battery and a radio says of itself, whatever it measures, as the network servers and bridges
/// of this installation pass it on.
struct RadioDevice: Reading {
    var device = Name()
    var heardAt = Moment()
    var level = Ratio.percent(100)
    /// Zero: it never said one.
    var voltage = Voltage.zero
    /// A battery of which nobody says whether it is volts or per cent: not to be judged.
    var unnamed = 0.0
    var isLow = false
    var frames = 0
    var signal = SignalStrength.zero
    var linkQuality = 0.0
    /// From the directory; without it what holds for a lithium cell of 3 V.
    var weakBelow = Voltage.volts(2.4)

    static var fields: [Field<Self>] {
        Field("subject", \.device)
        Field("at", \.heardAt)
        Field("battery", \.level, in: .percent, missing: .keepsLastValue)
        Field("battery", \.voltage, in: .volts, missing: .keepsLastValue)
        Field("battery", \.unnamed, missing: .keepsLastValue)
        Field("batteryLow", \.isLow, missing: .keepsLastValue)
        // One of these is in whatever a radio sends: a sign of life.
        Field("frameCounter", \.frames, missing: .keepsInitialValue)
        Field("signal", \.signal, in: .decibelMilliwatts, missing: .keepsInitialValue)
        Field("linkQuality", \.linkQuality, missing: .keepsInitialValue)
    }
}

extension RadioDevice {
    var isWeak: Bool {
        isLow || level < .percent(15) || (voltage > .zero && voltage < weakBelow)
    }
}

// All devices share the topics; the directory says which are looked after here. What a gateway stored comes late and is
// put in its place: an old level must not hide a new one.
let radioDevices = Pipeline("radio devices", reading: RadioDevice.self) {
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Listen(to: "zigbee2mqtt/#", as: .zigbee2mqtt)
    Identify(by: \.device, as: .radioDevice, others: .dropped)
    Order(by: \.heardAt, waiting: .minutes(1))
    Enrich(\.weakBelow, from: .attribute("weak-below"), in: .volts)

    Detect("weak battery", severity: .advice, clearsAfter: .days(1)) {
        Holds(\.isWeak, for: .hours(6))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : pile faible depuis \($0.since)")
            English("\($0.name): battery weak since \($0.since)")
        }
    }

    Detect("device silent", severity: .advice, explainedBy: .gateway) {
        Silent(for: .days(3))
    } react: {
        OpenCase(in: .maintenance) {
            French("\($0.name) : plus de signal depuis \($0.since)")
            English("\($0.name): no signal since \($0.since)")
        }
    }
}

let radioAlarms = Pipeline("radio alarms", reading: RadioDevice.self, privacy: .personal) {
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Listen(to: "zigbee2mqtt/#", as: .zigbee2mqtt)
    Identify(by: \.device, as: .radioAlarm, others: .dropped)
    Order(by: \.heardAt, waiting: .minutes(1))
    Enrich(\.weakBelow, from: .attribute("weak-below"), in: .volts)

    Detect("weak battery", severity: .warning, remindEvery: .days(3), clearsAfter: .hours(12)) {
        Holds(\.isWeak, for: .hours(1))
    } react: {
        OpenCase(in: .care) {
            French("\($0.name) : pile faible depuis \($0.since), à changer avant qu'une alerte ne manque")
            English("\($0.name): battery weak since \($0.since), to be changed before an alert is missed")
        }
        Text(.caregiver) {
            French("\($0.name) : pile faible depuis \($0.since). Changez-la ou prévenez le service.")
            English("\($0.name): battery weak since \($0.since). Please change it or tell the service.")
        }
        Watch(french: "Pile faible, à changer", english: "Battery weak, change it")
    }

    Detect("alarm device silent", severity: .warning, explainedBy: .gateway) {
        Silent(for: .hours(26))
    } react: {
        OpenCase(in: .care) {
            French("\($0.name) : plus de signal depuis \($0.since)")
            English("\($0.name): no signal since \($0.since)")
        }
        Text(.caregiver) {
            French("\($0.name) : plus de signal depuis \($0.since). Personne ne serait alerté. Vérifiez.")
            English("\($0.name): no signal since \($0.since). Nobody would be alerted. Please check.")
        }
        Watch(french: "Alarme muette, à vérifier", english: "Alarm silent, please check")
    }
}
