import PipelineKit
import Telemetry
import Units

/// What comes on landlord/+/elevator/+/status, as 6 of its messages say.
struct ElevatorStatus: Reading {
    var device = Name()
    var ts = Moment()
    var doors = Name()
    var loadKg = 0.0
    var inInspection = false
    var classValue = 0.0
    var fault = Name()

    static var fields: [Field<Self>] {
        Field("device", \.device)
        Field("ts", \.ts)
        Field("doors", \.doors)
        Field("load.kg", \.loadKg)
        Field("inInspection", \.inInspection)
        Field("class", \.classValue)
        Field("fault", \.fault, missing: .keepsLastValue)
    }
}

let elevatorStatus = Pipeline("elevator status", reading: ElevatorStatus.self) {
    Listen(to: "landlord/+/elevator/{device}/status")
    Identify(by: \.device)
    Order(by: \.ts, waiting: .seconds(10))
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on hall/+/+, as 3 of its messages say.
struct PlainReading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var temperature = Temperature.zero
    var door = false

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)
        Field("door", \.door, missing: .keepsLastValue)
    }
}

let plainReading = Pipeline("plain", reading: PlainReading.self) {
    Listen(to: "hall/+/+", as: .plain)
    Identify(by: \.subject)
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on shellies/#, as 2 of its messages say.
struct ShellyGen1Reading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var leak = false
    var temperature = Temperature.zero

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("leak", \.leak, missing: .keepsLastValue)
        Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)
    }
}

let shellyGen1Reading = Pipeline("shelly-gen1", reading: ShellyGen1Reading.self) {
    Listen(to: "shellies/#", as: .shellyGen1)
    Identify(by: \.subject)
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on tele/+/SENSOR, as 1 of its messages say.
struct TasmotaReading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var power = Power.zero
    var reactivePower = 0.0
    var energy = Energy.zero

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("power", \.power, in: .watts)
        Field("reactivePower", \.reactivePower)  // in var
        Field("energy", \.energy, in: .kilowattHours)
    }
}

let tasmotaReading = Pipeline("tasmota", reading: TasmotaReading.self) {
    Listen(to: "tele/+/SENSOR", as: .tasmota)
    Identify(by: \.subject)
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on v3/+/devices/+/up, as 2 of its messages say.
struct TheThingsStackReading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var frameCounter = 0.0
    var signal = SignalStrength.zero
    var signalToNoise = PowerLevel.zero
    var gateway = Name()
    var gateways = 0.0
    var battery = Ratio.zero
    var open = false
    var tamper = false
    var xRaw = 0.0
    var temperature = Temperature.zero
    var humidity = Ratio.zero
    var co2 = Concentration.zero

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("frameCounter", \.frameCounter)
        Field("signal", \.signal, in: .decibelMilliwatts)
        Field("signalToNoise", \.signalToNoise, in: .decibels)
        Field("gateway", \.gateway)
        Field("gateways", \.gateways)
        Field("battery", \.battery, in: .percent)
        Field("open", \.open, missing: .keepsLastValue)
        Field("tamper", \.tamper, missing: .keepsLastValue)
        Field("x_raw", \.xRaw, missing: .keepsLastValue)
        Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)
        Field("humidity", \.humidity, in: .percent, missing: .keepsLastValue)
        Field("co2", \.co2, in: .partsPerMillion, missing: .keepsLastValue)
    }
}

let theThingsStackReading = Pipeline("the-things-stack", reading: TheThingsStackReading.self) {
    Listen(to: "v3/+/devices/+/up", as: .theThingsStack)
    Listen(to: "v3/+/devices/+/join", as: .theThingsStack)
    Identify(by: \.subject)
    Order(by: \.at, waiting: .seconds(10))
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on zigbee2mqtt/#, as 2 of its messages say.
struct Zigbee2mqttReading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var temperature = Temperature.zero
    var humidity = Ratio.zero
    var linkQuality = 0.0
    var dose = Volume.zero

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("temperature", \.temperature, in: .celsius, missing: .keepsLastValue)
        Field("humidity", \.humidity, in: .percent, missing: .keepsLastValue)
        Field("linkQuality", \.linkQuality, missing: .keepsLastValue)
        Field("dose", \.dose, in: .litres, missing: .keepsLastValue)
    }
}

let zigbee2mqttReading = Pipeline("zigbee2mqtt", reading: Zigbee2mqttReading.self) {
    Listen(to: "zigbee2mqtt/#", as: .zigbee2mqtt)
    Identify(by: \.subject)
    // Detect("…", severity: .warning) { … } react: { … }
}

/// What comes on roof, as 1 of its messages say.
struct InfluxReading: Reading {
    var subject = Name()
    var at = Moment()
    var historical = false
    var weatherWind = 0.0
    var weatherGust = 0.0

    static var fields: [Field<Self>] {
        Field("subject", \.subject)
        Field("at", \.at)
        Field("historical", \.historical)
        Field("weather.wind", \.weatherWind)
        Field("weather.gust", \.weatherGust)
    }
}

let influxReading = Pipeline("influx", reading: InfluxReading.self) {
    Listen(to: "roof", as: .influx)
    Identify(by: \.subject)
    Order(by: \.at, waiting: .seconds(10))
    // Detect("…", severity: .warning) { … } react: { … }
}
