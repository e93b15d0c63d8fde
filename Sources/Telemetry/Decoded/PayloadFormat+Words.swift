// The words for `Listen(to:as:)`. Each says which topics its format wants, where it wants others than those of the
// values: what a decoder learns it learns only from messages that a pipeline listens to.

/// Network servers of LoRaWAN. `profile` is that of all devices of the topic; without it each is looked up by the model
/// that the server names.
extension PayloadFormat {
    /// The Things Stack 3: `v3/{application}/devices/+/up`, and `…/join` so that a frame counter may begin anew.
    public static let theThingsStack = decoded(MessageFormat(TheThingsStack()))

    public static func theThingsStack(profile: DeviceProfile) -> PayloadFormat {
        decoded(MessageFormat(TheThingsStack(profile: profile), settings: profile.name))
    }

    /// - Parameter device: maker and model, as for `vigie decode --device`: what reads the messages of devices whose
    ///   model the server does not say, such as `adeunis/comfort`.
    public static func theThingsStack(device: String) -> PayloadFormat {
        decoded(MessageFormat(TheThingsStack(device: device), settings: "device \(device)"))
    }

    /// ChirpStack 3 and 4: `application/+/device/+/event/+`.
    public static let chirpStack = decoded(MessageFormat(ChirpStack()))

    public static func chirpStack(profile: DeviceProfile) -> PayloadFormat {
        decoded(MessageFormat(ChirpStack(profile: profile), settings: profile.name))
    }

    /// - Parameter device: maker and model, as for `vigie decode --device`: what reads the messages of devices whose
    ///   device profile has a name of its own, such as `adeunis/comfort`.
    public static func chirpStack(device: String) -> PayloadFormat {
        decoded(MessageFormat(ChirpStack(device: device), settings: "device \(device)"))
    }
}

/// Bridges and gateways.
extension PayloadFormat {
    /// Meters over wireless M-Bus, each telegram one object.
    public static let wmbusmeters = decoded(MessageFormat(Wmbusmeters()))

    public static func wmbusmeters(profile: DeviceProfile) -> PayloadFormat {
        decoded(MessageFormat(Wmbusmeters(profile: profile), settings: profile.name))
    }

    /// `zigbee2mqtt/#`: units and models are learnt from `bridge/devices`, which the broker keeps.
    public static let zigbee2mqtt = decoded(MessageFormat(Zigbee2MQTT()))

    /// - Parameter base: the first levels of its topics, where they are not `zigbee2mqtt`.
    public static func zigbee2mqtt(base: String) -> PayloadFormat {
        decoded(MessageFormat(Zigbee2MQTT(base: base), settings: "base \(base)"))
    }

    /// Bluetooth sensors through Theengs and OpenMQTTGateway: `home/+/BTtoMQTT/+`.
    public static let theengs = decoded(MessageFormat(Theengs()))

    /// `homeassistant/#`, and the topics that the announcements below it name.
    public static let homeAssistant = decoded(MessageFormat(HomeAssistantDiscovery()))

    /// - Parameter prefix: where announcements are, when not below `homeassistant`.
    public static func homeAssistant(prefix: String) -> PayloadFormat {
        decoded(MessageFormat(HomeAssistantDiscovery(prefix: prefix), settings: "prefix \(prefix)"))
    }
}

/// Devices that speak for themselves.
extension PayloadFormat {
    /// The JSON of a maker, a gateway or an app, by the profile that knows its words, codes and units:
    /// `.device("bacnet/lift", subject: 2)`. `vigie check` names those of the maker where there is no such profile.
    ///
    /// - Parameters:
    ///   - path: maker and model, as `DeviceProfile` has them.
    ///   - subject: the level of the topic that names the device; negative ones count from the end.
    ///   - time: the field with the device's own time, where it is not the one of the profile.
    public static func device(
        _ path: String,
        subject: Int = -1,
        time: StaticString? = nil
    ) -> PayloadFormat {
        do throws(UnknownDeviceProfile) {
            return decoded(try MessageFormat.device(path, subject: subject, time: time))
        } catch {
            return decoded(MessageFormat(JSONDocumentDecoder(), settings: path, mistake: "\(error)"))
        }
    }

    /// `tele/+/SENSOR`, `tele/+/STATE`, `tele/+/LWT`.
    public static let tasmota = decoded(MessageFormat(Tasmota()))

    public static func tasmota(profile: DeviceProfile) -> PayloadFormat {
        decoded(MessageFormat(Tasmota(profile: profile), settings: profile.name))
    }

    /// `shellies/#`
    public static let shellyGen1 = decoded(MessageFormat(ShellyGen1()))

    /// - Parameter base: the first levels of its topics, where they are not `shellies`.
    public static func shellyGen1(base: String) -> PayloadFormat {
        decoded(MessageFormat(ShellyGen1(base: base), settings: "base \(base)"))
    }

    /// The second generation and later: `+/events/rpc`, `+/status/+`, `+/online`. A notification has only what has
    /// changed: `missing: .keepsLastValue`.
    public static let shellyRPC = decoded(MessageFormat(ShellyRPC()))

    public static func shellyRPC(profile: DeviceProfile) -> PayloadFormat {
        decoded(MessageFormat(ShellyRPC(profile: profile), settings: profile.name))
    }

    /// `homie/#`, one value a message: `missing: .keepsLastValue`. What the values are the broker keeps.
    public static let homie = decoded(MessageFormat(Homie()))

    /// - Parameter base: the first levels of its topics, where they are not `homie`.
    public static func homie(base: String) -> PayloadFormat {
        decoded(MessageFormat(Homie(base: base), settings: "base \(base)"))
    }

    /// `spBv1.0/#`. What births declare is kept; a node whose birth was missed is asked for another one. Data have only
    /// what has changed: `missing: .keepsLastValue`.
    public static let sparkplugB = decoded(MessageFormat(SparkplugDecoder()))
}

/// Formats without a maker.
extension PayloadFormat {
    /// RFC 8428 in JSON.
    public static let senML = decoded(MessageFormat(SenMLJSONDecoder()))
    /// RFC 8428 in CBOR.
    public static let senMLCBOR = decoded(MessageFormat(SenMLCBORDecoder()))
    /// One map of values (RFC 8949).
    public static let cbor = decoded(MessageFormat(CBORDocumentDecoder()))
    /// CloudEvents 1.0 in JSON, or with their attributes as user properties of MQTT 5.
    public static let cloudEvents = decoded(MessageFormat(CloudEventsDecoder()))
    /// A header and rows, each row a reading.
    public static let csv = decoded(MessageFormat(CSVDecoder()))
    /// InfluxDB's line protocol; a field is called `measurement.field`.
    public static let influx = decoded(MessageFormat(LineProtocolDecoder()))
    /// One value a message, called like the last level of the topic: `missing: .keepsLastValue`.
    public static let plain = decoded(MessageFormat(PlainDecoder()))

    /// - Parameter precision: what the times of the lines are counted in.
    public static func influx(precision: TimePrecision) -> PayloadFormat {
        decoded(MessageFormat(LineProtocolDecoder(precision: precision), settings: "\(precision)"))
    }

    /// - Parameters:
    ///   - subject: the tag that names the device; without it all tags do, and a new tag makes a new device.
    ///   - precision: what the times of the lines are counted in; nil takes the one in which they are plausible.
    public static func influx(subject: String, precision: TimePrecision? = nil) -> PayloadFormat {
        let settings = ["subject \(subject)"] + (precision.map { ["\($0)"] } ?? [])
        let decoder = LineProtocolDecoder(precision: precision, subject: subject)
        return decoded(MessageFormat(decoder, settings: settings.joined(separator: ", ")))
    }
}
