/// What envelopes and bridges say of a device and its network.
extension ReadingName {
    /// 0 to 255, as Zigbee radios count it.
    public static let linkQuality = network("linkQuality")
    /// How strong the signal is, where a device has no unit for it but a share of what is best.
    public static let signalQuality = network("signalQuality", "%")
    /// What the device itself runs on.
    public static let supplyVoltage = network("supplyVoltage", "V")
    /// Signal to noise ratio of the last order that the device heard.
    public static let linkMargin = network("linkMargin", "dB")
    /// The device has begun to count its frames anew: it was started again or joined again.
    public static let frameCounterReset = network("frameCounterReset")
    /// Frames that did not come since the one before.
    public static let missedFrames = network("missedFrames")
    /// That something happened, in the word of the device.
    static let event = ReadingName("event")
    /// A battery whose unit nobody has said.
    static let battery = network("battery")
}

extension ReadingName {
    static let apparentPower = ReadingName("apparentPower", "VA")
}
