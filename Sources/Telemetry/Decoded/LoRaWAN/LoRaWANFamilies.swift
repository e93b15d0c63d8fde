/// Which codec reads the frames of a device, by the maker and model that the network server or the directory names.
public enum LoRaWANFamilies {
    /// The makers that `codec(maker:model:)` knows.
    public static let makers = [
        "adeunis", "axioma", "b-meters", "bmeters", "browan", "cayenne", "decentlab", "dragino", "elsys",
        "elvaco",
        "laird", "mclimate", "micropelt", "milesight", "milesight-iot", "netvox", "nke-watteco",
        "rakwireless", "talkpool", "watteco",
        "yobiiq",
    ]

    /// The codec for a device; to be kept, not to be asked for with every frame.
    ///
    /// - Parameters:
    ///   - maker: as in the device repositories of The Things Network and ChirpStack: `milesight-iot`, `netvox`.
    ///   - model: as there: `em300-th`, `r311a`. Families whose frames name their device do not need it.
    public static func codec(maker: String, model: String) throws(FrameProblem) -> any LoRaWANCodec {
        switch maker.lowercased() {
        case "adeunis": return AdeunisCodec(model: model)
        case "axioma": return AxiomaCodec()
        case "b-meters", "bmeters": return BMetersCodec()
        case "browan": return BrowanDevices.codec
        case "cayenne", "rakwireless": return CayenneCodec()
        case "decentlab":
            if let codec = DecentlabCodec(model: model) { return codec }
        case "dragino":
            if let codec = DraginoDevices.codec(model: model) { return codec }
        case "elsys": return ElsysCodec()
        case "elvaco": return ElvacoCodec()
        case "laird": return LairdCodec(model: model)
        case "mclimate":
            if let codec = MClimateDevices.codec(model: model) { return codec }
        case "milesight", "milesight-iot": return MilesightCodec(model: model)
        case "micropelt": return MicropeltDevices.codec
        case "netvox": return NetvoxCodec()
        case "talkpool":
            if let codec = TalkpoolDevices.codec(model: model) { return codec }
        case "watteco", "nke-watteco": return WattecoCodec(model: model)
        case "yobiiq":
            if let codec = YobiiqCodec(model: model) { return codec }
        default: break
        }
        throw .unknownDevice(maker: maker, model: model)
    }
}
