/// What a reading is called and the unit it comes in: one word per thing, whoever sends it.
///
/// Where devices differ in the unit (a battery in volts or percent, a volume in cubic metres or litres) there is one
/// entry per unit under the same name. What only one family knows is named beside its table.
public struct ReadingName: Hashable, Sendable {
    /// A word in lower camel case: `temperature`, `co2`.
    public let name: StaticString
    /// As `Units` writes it: `°C`, `L/h`; empty for flags, texts and counts.
    public let unit: StaticString
    /// 1 for the first of several alike (`temperature1`, `temperature2`), 0 where there is only one.
    public let number: UInt8
    /// What every reading of this name is: `.network` for what speaks of the device and not of what it measures.
    public let quality: DecodedReadings.Quality

    public init(
        _ name: StaticString,
        _ unit: StaticString = "",
        number: UInt8 = 0,
        quality: DecodedReadings.Quality = []
    ) {
        self.name = name
        self.unit = unit
        self.number = number
        self.quality = quality
    }

    /// A word of the device and its network.
    public static func network(_ name: StaticString, _ unit: StaticString = "") -> ReadingName {
        ReadingName(name, unit, quality: .network)
    }

    /// One of several alike: `.temperature[2]` is called `temperature2`.
    public subscript(number: UInt8) -> ReadingName {
        ReadingName(name, unit, number: number, quality: quality)
    }

    /// The whole word, its number included.
    public var text: String { number == 0 ? "\(name)" : "\(name)\(number)" }

    public static func == (left: ReadingName, right: ReadingName) -> Bool {
        left.text == right.text && "\(left.unit)" == "\(right.unit)"
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(text)
    }
}

/// Air, light and sound.
extension ReadingName {
    public static let temperature = ReadingName("temperature", "°C")
    /// Of the circuit board, not of the room.
    public static let deviceTemperature = ReadingName("deviceTemperature", "°C")
    /// Of a probe on a cable.
    public static let probeTemperature = ReadingName("probeTemperature", "°C")
    public static let surfaceTemperature = ReadingName("surfaceTemperature", "°C")
    public static let targetTemperature = ReadingName("targetTemperature", "°C")
    public static let dewPoint = ReadingName("dewPoint", "°C")
    /// Relative humidity of the air.
    public static let humidity = ReadingName("humidity", "%")
    /// Of the air.
    public static let pressure = ReadingName("pressure", "hPa")
    public static let co2 = ReadingName("co2", "ppm")
    public static let carbonMonoxide = ReadingName("carbonMonoxide", "ppm")
    /// Volatile organic compounds, as a concentration.
    public static let voc = ReadingName("voc", "ppb")
    /// The sensor maker's index of air quality, 0 to 500, small is good.
    public static let airQuality = ReadingName("airQuality")
    public static let pm1 = ReadingName("pm1", "µg/m³")
    public static let pm25 = ReadingName("pm25", "µg/m³")
    public static let pm4 = ReadingName("pm4", "µg/m³")
    public static let pm10 = ReadingName("pm10", "µg/m³")
    public static let illuminance = ReadingName("illuminance", "lx")
    public static let sound = ReadingName("sound", "dB")
    public static let soundPeak = ReadingName("soundPeak", "dB")
    public static let ozone = ReadingName("ozone", "ppm")
    public static let nitricOxide = ReadingName("nitricOxide", "ppm")
    public static let nitrogenDioxide = ReadingName("nitrogenDioxide", "ppm")
    public static let sulphurDioxide = ReadingName("sulphurDioxide", "ppm")
    public static let hydrogenSulphide = ReadingName("hydrogenSulphide", "ppm")
    public static let ammonia = ReadingName("ammonia", "ppm")
    public static let windSpeed = ReadingName("windSpeed", "m/s")
    public static let windDirection = ReadingName("windDirection", "°")
}

/// Doors, people, alarms: flags, and how often.
extension ReadingName {
    public static let open = ReadingName("open")
    public static let motion = ReadingName("motion")
    /// How often there was motion, where a device counts it.
    public static let motions = ReadingName("motions")
    public static let occupied = ReadingName("occupied")
    public static let leak = ReadingName("leak")
    public static let smoke = ReadingName("smoke")
    public static let fire = ReadingName("fire")
    public static let gasAlarm = ReadingName("gasAlarm")
    public static let heatAlarm = ReadingName("heatAlarm")
    public static let alarm = ReadingName("alarm")
    public static let tamper = ReadingName("tamper")
    public static let tilted = ReadingName("tilted")
    public static let button = ReadingName("button")
    public static let presses = ReadingName("presses")
    public static let openings = ReadingName("openings")
    /// Seconds that the door was open, the last time.
    public static let openDuration = ReadingName("openDuration", "s")
    public static let vibration = ReadingName("vibration")
    public static let fault = ReadingName("fault")
    public static let relay = ReadingName("relay")
    public static let input = ReadingName("input")
    public static let output = ReadingName("output")
    /// A valve, a shutter: how far it is open.
    public static let opening = ReadingName("opening", "%")
    public static let valveOpen = ReadingName("valveOpen")
    public static let windowOpen = ReadingName("windowOpen")
    public static let childLock = ReadingName("childLock")
    /// A word for what the device is doing, where flags do not say it.
    public static let state = ReadingName("state")
}

/// Meters.
extension ReadingName {
    /// A meter's total, in the unit it is read in.
    public static let volume = ReadingName("volume", "m³")
    public static let volumeInLitres = ReadingName("volume", "L")
    /// What ran backwards through the meter.
    public static let backflowVolume = ReadingName("backflowVolume", "m³")
    public static let flow = ReadingName("flow", "m³/h")
    public static let flowInLitres = ReadingName("flow", "L/h")
    public static let backflow = ReadingName("backflow")
    public static let burst = ReadingName("burst")
    public static let dry = ReadingName("dry")
    public static let frost = ReadingName("frost")
    public static let removed = ReadingName("removed")
    public static let magnet = ReadingName("magnet")
    public static let energy = ReadingName("energy", "Wh")
    public static let energyInKilowattHours = ReadingName("energy", "kWh")
    public static let energyExported = ReadingName("energyExported", "Wh")
    public static let reactiveEnergy = ReadingName("reactiveEnergy", "varh")
    public static let power = ReadingName("power", "W")
    public static let powerInKilowatts = ReadingName("power", "kW")
    public static let reactivePower = ReadingName("reactivePower", "var")
    public static let powerFactor = ReadingName("powerFactor")
    public static let voltage = ReadingName("voltage", "V")
    public static let voltageInMillivolts = ReadingName("voltage", "mV")
    public static let current = ReadingName("current", "A")
    public static let currentInMilliamperes = ReadingName("current", "mA")
    public static let frequency = ReadingName("frequency", "Hz")
    public static let supplyTemperature = ReadingName("supplyTemperature", "°C")
    public static let returnTemperature = ReadingName("returnTemperature", "°C")
    public static let pulses = ReadingName("pulses")
    public static let heatingCost = ReadingName("heatingCost")
    /// The serial number that is on the meter.
    public static let meter = ReadingName("meter")
    public static let medium = ReadingName("medium")
}

/// Where something is, how far, how it moves.
extension ReadingName {
    public static let latitude = ReadingName("latitude", "°")
    public static let longitude = ReadingName("longitude", "°")
    public static let altitude = ReadingName("altitude", "m")
    public static let speed = ReadingName("speed", "km/h")
    public static let heading = ReadingName("heading", "°")
    public static let distance = ReadingName("distance", "mm")
    public static let fillLevel = ReadingName("fillLevel", "%")
    public static let depth = ReadingName("depth", "mm")
    public static let angle = ReadingName("angle", "°")
    public static let accelerationX = ReadingName("accelerationX", "g")
    public static let accelerationY = ReadingName("accelerationY", "g")
    public static let accelerationZ = ReadingName("accelerationZ", "g")
}

/// The person who wears it.
extension ReadingName {
    public static let fall = ReadingName("fall")
    public static let call = ReadingName("call")
    public static let worn = ReadingName("worn")
    public static let heartRate = ReadingName("heartRate", "/min")
    public static let bloodPressureSystolic = ReadingName("bloodPressureSystolic", "mmHg")
    public static let bloodPressureDiastolic = ReadingName("bloodPressureDiastolic", "mmHg")
    public static let steps = ReadingName("steps")
}

/// The device and its network.
extension ReadingName {
    public static let batteryLevel = network("battery", "%")
    public static let batteryVoltage = network("battery", "V")
    public static let batteryLow = network("batteryLow")
    public static let externalPower = network("externalPower")
    public static let signal = network("signal", "dBm")
    public static let signalToNoise = network("signalToNoise", "dB")
    public static let frameCounter = network("frameCounter")
    public static let gateway = network("gateway")
    public static let gateways = network("gateways")
    public static let dataRate = network("dataRate")
    public static let online = network("online")
    public static let uptime = network("uptime", "s")
    public static let model = network("model")
    public static let serialNumber = network("serialNumber")
    public static let firmware = network("firmware")
    public static let hardware = network("hardware")
    /// What kind of message it was, in the maker's own word.
    public static let messageType = network("messageType")
    /// The device's answer to an order, in the maker's own word.
    public static let answer = network("answer")
    public static let accepted = network("accepted")
    /// How often it reports: at most, and at least.
    public static let minimumInterval = network("minimumInterval", "s")
    public static let maximumInterval = network("maximumInterval", "s")
    public static let interval = network("interval", "s")
    /// How many bytes at the end of a frame nobody understood.
    public static let undecodedBytes = network("undecodedBytes")
}

extension DecodedReadings {
    public mutating func append(_ name: ReadingName, _ number: Double) {
        let quality = begin(name)
        append(intern(name), number, unit: intern(name.unit))
        self.quality = quality
    }

    public mutating func append(_ name: ReadingName, flag: Bool) {
        let quality = begin(name)
        append(intern(name), flag: flag)
        self.quality = quality
    }

    public mutating func append(_ name: ReadingName, text: Run) {
        let quality = begin(name)
        append(intern(name), text: text)
        self.quality = quality
    }

    /// Adds what the name says of its readings; returns what to go back to.
    private mutating func begin(_ name: ReadingName) -> Quality {
        let before = quality
        quality.formUnion(name.quality)
        return before
    }

    /// The name with its number, in one run.
    public mutating func intern(_ name: ReadingName) -> Run {
        var run = intern(name.name)
        guard name.number > 0 else { return run }
        run.count += internNumber(Int64(name.number)).count
        return run
    }
}
