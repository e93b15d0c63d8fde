import Interactions
import PipelineKit
import Units

// The words of this installation: kinds of assets, people's roles, teams, purposes. Who fills a role is in the
// directory (`vigie directory import`).

/// Where this installation's days begin.
let here = CivilZone.paris

extension AssetKind {
    /// An elevator whose controller or monitoring gateway speaks to us.
    static let elevator: AssetKind = "elevator"
    /// An elevator of which we know what a monitoring platform says.
    static let monitoredElevator: AssetKind = "monitored-elevator"
    /// An elevator whose gateway reports how it is used.
    static let reportedElevator: AssetKind = "reported-elevator"
    /// An elevator whose maker's gateway speaks to us, or one that reads its BACnet object.
    static let liftMonitor: AssetKind = "lift-monitor"
    /// What others name in their attribute `gateway`.
    static let gateway: AssetKind = "gateway"
    static let waterMeter: AssetKind = "water-meter"
    /// A water meter over wireless M-Bus or LoRaWAN, by its serial number or the id of its module.
    static let radioMeter: AssetKind = "radio-meter"
    /// What looks for water where none should be, by the id or the name that its network gives it.
    static let leakSensor: AssetKind = "leak-sensor"
    static let electricityMeter: AssetKind = "electricity-meter"
    static let pendant: AssetKind = "pendant"
    static let band: AssetKind = "band"
    static let watch: AssetKind = "watch"
    static let appliance: AssetKind = "appliance"
    /// With the attributes `lowest` and `highest`, in degrees Celsius.
    static let coldRoom: AssetKind = "cold-room"
    /// With the attributes `runs-above` in watts, `pauses` in minutes, and `by-hand` 1 where people start it.
    static let machine: AssetKind = "machine"
    /// Anything with a battery and a radio; with the attribute `weak-below` in volts where its battery is no lithium cell
    /// of 3 V.
    static let radioDevice: AssetKind = "radio-device"
    /// The same, where somebody's safety hangs on it: a pendant, a fall detector, a smoke alarm.
    static let radioAlarm: AssetKind = "radio-alarm"
    static let button: AssetKind = "button"
    static let skiComputer: AssetKind = "ski-computer"
    /// A bicycle with a tracker, by the id of the tracker; its person is the owner.
    static let bicycle: AssetKind = "bicycle"
}

extension Contact {
    static let technicianOnCall: Contact = "technician-on-call"
    static let dispatcher: Contact = "dispatcher"
    static let caretaker: Contact = "caretaker"
    static let tenant: Contact = "tenant"
    /// Whose a thing is: the person of the asset.
    static let owner: Contact = .wearer
    static let kitchen: Contact = "kitchen"
    static let refrigerationTechnician: Contact = "refrigeration-technician"
    static let relative: Contact = "relative"
    static let caregiver: Contact = "caregiver"
    static let lastResort: Contact = "last-resort"
}

extension Audience {
    static let tenantsServed = Audience(.tenant)
}

extension Queue {
    static let emergency: Queue = "emergency"
    static let maintenance: Queue = "maintenance"
    static let monitoring: Queue = "monitoring"
    static let care: Queue = "care"
    static let billing: Queue = "billing"
    static let afterSales: Queue = "after-sales"
    static let reception: Queue = "reception"
    static let activities: Queue = "activities"
}

extension Purpose {
    /// Being looked after by what one uses.
    static let activityWatch: Purpose = "activity-watch"
}
