/// What several families measure, but hardly anyone in a building.
extension ReadingName {
    /// Particles in a volume of air, by their diameter in micrometres.
    static let particles03 = ReadingName("particles03")
    static let particles05 = ReadingName("particles05")
    static let particles1 = ReadingName("particles1")
    static let particles25 = ReadingName("particles25")
    static let particles5 = ReadingName("particles5")
    static let particles10 = ReadingName("particles10")
    static let ph = ReadingName("ph")
    static let redox = ReadingName("redox", "mV")
    static let turbidity = ReadingName("turbidity", "NTU")
    static let soilMoisture = ReadingName("soilMoisture", "%")
    static let soilTemperature = ReadingName("soilTemperature", "°C")
    static let soilConductivity = ReadingName("soilConductivity")
    static let oxygen = ReadingName("oxygen", "mg/L")
    static let oxygenSaturation = ReadingName("oxygenSaturation", "%")
    static let angleX = ReadingName("angleX", "°")
    static let angleY = ReadingName("angleY", "°")
    static let angleZ = ReadingName("angleZ", "°")
    /// What a converter put out, in its own steps or millivolts.
    static let analog = ReadingName("analog")
}
