import Units

/// What every LoRaWAN network server says of an uplink, in words of its own.
struct LoRaWANUplink {
    /// Of the gateway that heard the device best, and how many heard it.
    struct Radio {
        var signal: Double?
        var signalToNoise: Double?
        var gateway: String?
        var gateways = 0

        /// Takes a gateway in; the one with the strongest signal counts.
        mutating func heard(by gateway: String?, signal: Double?, signalToNoise: Double?) {
            gateways += 1
            guard gateways == 1 || (signal ?? -.infinity) > (self.signal ?? -.infinity) else { return }
            (self.gateway, self.signal, self.signalToNoise) = (gateway, signal, signalToNoise)
        }
    }

    var device = ""
    var vendor = ""
    var model = ""
    var port: UInt8?
    /// In Base64, as the server passes it on.
    var frame: String?
    var counter: UInt32?
    var radio = Radio()
    var server: Moment?
    var gateway: Moment?
    /// Where the server's own decoder has put what it made of the frame; nil when it has none.
    var decoded: StaticString?
    /// Where it has the same as a list of measurements whose words and units do not depend on the maker.
    var normalized: StaticString?
    /// Tells this measurement from the others of its frame, in a message that is one of them and not the frame.
    var measurement: UInt64?
}

/// Looks up who reads the frames of a device, by its maker and model.
public typealias LoRaWANCodecs =
    @Sendable (_ vendor: String, _ model: String) throws(FrameProblem) -> any LoRaWANCodec

/// What the envelopes of all LoRaWAN network servers share: what is kept of each device, and what is made of an uplink.
struct LoRaWANNetwork: Sendable {
    private var counters: FrameCounters
    private var measurements = MeasurementCounters()
    /// Those that were looked up, by maker and model.
    private var known: [String: any LoRaWANCodec] = [:]
    /// For all devices of this envelope; nil to look each up by the model that the server names.
    let profile: DeviceProfile?
    /// The maker and the model of the devices whose own the server does not say, or says in words that nobody knows.
    let device: DeviceTypeName?
    let codecs: LoRaWANCodecs

    static let version: UInt8 = 2
    /// Codecs that are kept. Those of further models are looked up with every frame.
    static let codecLimit = 1024

    init(profile: DeviceProfile?, device: String? = nil, codecs: @escaping LoRaWANCodecs) {
        counters = FrameCounters()
        self.device = device.map { DeviceTypeName($0) }
        self.profile = profile
        self.codecs = codecs
    }

    var bytes: [UInt8] {
        var writer = DecoderSnapshotWriter(version: Self.version)
        counters.write(to: &writer)
        measurements.write(to: &writer)
        return writer.bytes
    }

    /// Goes on from a snapshot, with the profile and the codecs of this one.
    mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        var reader = try DecoderSnapshotReader(bytes, version: Self.version)
        let counters = try FrameCounters(from: &reader)
        let measurements = try MeasurementCounters(from: &reader)
        try reader.finish()
        (self.counters, self.measurements) = (counters, measurements)
    }

    /// That nobody knows the device that the author names.
    var mistake: String? {
        guard let device, DeviceProfile.named(vendor: device.vendor, device.model) == nil else { return nil }
        do throws(FrameProblem) { _ = try codecs(device.vendor, device.model) } catch {
            return "the device to read by is not known: \(error)"
        }
        return nil
    }

    mutating func joined(_ device: String) {
        counters.forget(device)
        measurements.forget(device)
    }

    /// Appends the network's facts and what the device says: what the server has decoded, else what a codec makes of
    /// the frame.
    mutating func append(
        _ uplink: LoRaWANUplink,
        _ fields: MessageFields,
        to readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        readings.subject = readings.intern(uplink.device)
        NetworkTime.set(server: uplink.server, gateway: uplink.gateway, in: &readings)
        try count(uplink, in: &readings)
        append(uplink.radio, to: &readings)
        var uplink = uplink
        if let device, !knows(uplink) { (uplink.vendor, uplink.model) = (device.vendor, device.model) }
        let profile = profile ?? DeviceProfile.named(vendor: uplink.vendor, uplink.model)
        if let normalized = uplink.normalized, profile == nil || uplink.decoded == nil {
            readings.append(normalized: normalized, of: fields)
            // What the other form does not have is kept; of what both say, this one does not know the unit.
            guard let decoded = uplink.decoded else { return }
            readings.append(fields, under: decoded, by: .init(skipsTaken: true))
        } else if let decoded = uplink.decoded {
            let history = Array(fields.elements(of: "history", under: decoded))
            let skipped: [StaticString] = history.isEmpty ? [] : ["history"]
            readings.append(fields, under: decoded, by: .init(profile: profile, skipped: skipped))
            append(history, fields, by: profile, to: &readings)
        } else if let frame = uplink.frame {
            try read(frame, of: uplink, profile, into: &readings)
        }
    }

    /// What a device has stored and sends later, each with its own time, as Milesight's decoders give it.
    private func append(
        _ history: [MessageFields.Element],
        _ fields: MessageFields,
        by profile: DeviceProfile?,
        to readings: inout DecodedReadings
    ) {
        let (at, clock, quality) = (readings.at, readings.clock, readings.quality)
        readings.quality.insert(.historical)
        for entry in history {
            let time = entry.number("timestamp").flatMap { Moment(epochSeconds: $0) }
            readings.at = time ?? at
            readings.clock = time == nil ? clock : .device
            readings.append(fields, under: entry.path, by: .init(profile: profile, skipped: ["timestamp"]))
        }
        (readings.at, readings.clock, readings.quality) = (at, clock, quality)
    }

    private mutating func count(
        _ uplink: LoRaWANUplink,
        in readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard let counter = uplink.counter else { return }
        let verdict = verdict(on: counter, of: uplink, at: readings.at)
        if verdict == .duplicate { throw .leftOut("frame \(counter) for the second time") }
        // One that was overtaken by seconds still happened now.
        if case .older(let span) = verdict, span > NetworkTime.stored { readings.quality.insert(.historical) }
        readings.asNetwork { readings in
            readings.append(.frameCounter, Double(counter))
            // The message of a frame says this, and not again those of its measurements.
            if uplink.measurement != nil, counters.knows(uplink.device) { return }
            if verdict == .reset { readings.append(.frameCounterReset, flag: true) }
            if case .new(let missed) = verdict, missed > 0 { readings.append(.missedFrames, Double(missed)) }
        }
    }

    private mutating func verdict(
        on counter: UInt32,
        of uplink: LoRaWANUplink,
        at moment: Moment
    ) -> FrameCounter.Verdict {
        guard !uplink.device.isEmpty else { return .new(missed: 0) }
        guard let measurement = uplink.measurement else {
            return counters.take(counter, of: uplink.device, at: moment)
        }
        return measurements.take(measurement, counter, of: uplink.device, at: moment)
    }

    private func append(_ radio: LoRaWANUplink.Radio, to readings: inout DecodedReadings) {
        guard radio.gateways > 0 else { return }
        readings.asNetwork { readings in
            if let signal = radio.signal { readings.append(.signal, signal) }
            if let ratio = radio.signalToNoise { readings.append(.signalToNoise, ratio) }
            if let gateway = radio.gateway { readings.append(.gateway, text: readings.intern(gateway)) }
            readings.append(.gateways, Double(radio.gateways))
        }
    }

    private mutating func codec(
        _ vendor: String,
        _ model: String
    ) throws(FrameProblem) -> any LoRaWANCodec {
        let key = vendor + "/" + model
        if let codec = known[key] { return codec }
        let codec = try codecs(vendor, model)
        if known.count < Self.codecLimit { known[key] = codec }
        return codec
    }

    /// Whether the maker and the model that the server names are those of a profile or of a codec.
    private mutating func knows(_ uplink: LoRaWANUplink) -> Bool {
        if DeviceProfile.named(vendor: uplink.vendor, uplink.model) != nil { return true }
        do throws(FrameProblem) { _ = try codec(uplink.vendor, uplink.model) } catch { return false }
        return true
    }

    /// A frame that nobody here reads is named as left out: the network's facts are still true.
    private mutating func read(
        _ frame: String,
        of uplink: LoRaWANUplink,
        _ profile: DeviceProfile?,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        guard let bytes = Base64.bytes(of: frame) else {
            throw .wrongType(field: "the frame", expected: "Base64", offset: 0)
        }
        let (vendor, model) = uplink.device(by: profile)
        let codec: any LoRaWANCodec
        do throws(FrameProblem) {
            codec = try self.codec(vendor, model)
        } catch {
            let name = [vendor, model].filter { !$0.isEmpty }.joined(separator: "/")
            let what = name.isEmpty ? "a device whose model nobody says" : name
            return readings.omit(readings.intern("frame"), .noDecoder, readings.intern(what))
        }
        let result: Result<Void, FrameProblem> = bytes.withUnsafeBytes { bytes in
            do throws(FrameProblem) {
                try codec.decode(LoRaWANFrame(port: uplink.port, payload: bytes), into: &readings)
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        do throws(FrameProblem) { try result.get() } catch {
            throw .frame(error)
        }
    }
}

extension LoRaWANUplink {
    /// Takes the maker and the model out of the one name that a server has for both.
    mutating func set(typeName name: String) {
        let type = DeviceTypeName(name)
        (vendor, model) = (type.vendor, type.model)
    }

    /// The maker and the model for the codec: of the profile, else what the server names.
    fileprivate func device(by profile: DeviceProfile?) -> (vendor: String, model: String) {
        guard let profile else { return (vendor, model) }
        return ("\(profile.vendor)", profile.models.first.map { "\($0)" } ?? model)
    }
}

extension DecodedReadings {
    /// What is appended in `body` is about the device and its network.
    mutating func asNetwork(_ body: (inout DecodedReadings) -> Void) {
        let before = quality
        quality.insert(.network)
        body(&self)
        quality = before
    }
}
