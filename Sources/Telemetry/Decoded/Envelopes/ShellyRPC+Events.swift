import Units

/// Events. Sources: Shelly API documentation, "Notifications" and the pages of the components; the manufacturer's script
/// examples, `ble-shelly-blu.js`.
extension ShellyRPC {
    /// `single_push` of `input:0` at its own time. Every event is a reading: two presses are not one.
    ///
    /// A remote control is a device of its own behind the gateway, `PREFIX/bthomedevice:200`, whose keys are numbered;
    /// what a script has heard of a Bluetooth sensor has the sensor's address as its subject. Of other events the word is
    /// a reading, and what else they say is omitted by name.
    func appendEvents(to readings: inout DecodedReadings) {
        let gateway = readings.subject
        for event in fields.elements(of: "params.events") {
            setTime(event.number("ts") ?? fields.number("params.ts"), in: &readings)
            let component = event.text("component") ?? ""
            let beacon = component.hasPrefix("script:") ? beacon(of: event) : nil
            if let beacon {
                readings.subject = readings.intern(beacon.address)
            } else if Self.isRemote(component) {
                readings.subject = readings.intern(readings.text(gateway) + "/" + component)
            }
            if readings.subject != gateway {
                readings.asNetwork { $0.append(.gateway, text: gateway) }
            }
            appendWord(of: event, component, to: &readings)
            if let beacon { append(beacon, to: &readings) }
            omitRest(of: event, butFor: beacon, in: &readings)
            readings.subject = gateway
        }
    }

    /// What a script has made of the packet of a Bluetooth sensor, and where it stands.
    private struct Beacon {
        var address: String
        var path: [UInt8]
    }

    /// Scripts give it as the data of their event; early ones put it into the event itself.
    private func beacon(of event: MessageFields.Element) -> Beacon? {
        if let address = event.text("data.address") {
            return Beacon(address: address, path: Array(event.path) + Array(".data".utf8))
        }
        return event.text("address").map { Beacon(address: $0, path: Array(event.path)) }
    }

    /// Buttons were sensors of their own before firmware 1.6.
    private static func isRemote(_ component: String) -> Bool {
        component.hasPrefix("bthomedevice:") || component.hasPrefix("bthomesensor:")
    }

    private func appendWord(
        of event: MessageFields.Element,
        _ component: String,
        to readings: inout DecodedReadings
    ) {
        guard let word = event.field("event") else { return }
        let isInput = component.hasPrefix("input:")
        let isPress =
            (isInput || Self.isRemote(component))
            && fields.withBytes(of: word.text, PressWord.isPress)
        let before = readings.quality
        if !isPress, fields.withBytes(of: word.text, Self.isUpkeep) { readings.quality.insert(.network) }
        let number = isPress ? event.number(isInput ? "id" : "idx").flatMap { Int(exactly: $0) } : nil
        let known: DeviceField = .text("#", isPress ? .button : .event)
        readings.append(word, of: fields, as: known, number: number, unit: .empty)
        readings.quality = before
    }

    private static func isUpkeep(_ word: UnsafeRawBufferPointer) -> Bool {
        upkeep.contains { word.equals($0) }
    }

    /// What happens to the device itself and its settings.
    private static let upkeep: [StaticString] = [
        "config_changed", "component_added", "component_removed", "scheduled_restart", "sleep", "ota_begin",
        "ota_progress", "ota_success", "ota_error", "device_discovered", "discovery_done",
        "associations_done", "new_objects", "scan_complete", "ping_complete",
    ]

    /// Names what the event says besides, lists and objects as one.
    private func omitRest(
        of event: MessageFields.Element,
        butFor beacon: Beacon?,
        in readings: inout DecodedReadings
    ) {
        var before = DecodedReadings.Run.empty
        for field in fields.all {
            guard let path = fields.relativePath(of: field, under: event.path),
                beacon.map({ fields.relativePath(of: field, under: $0.path) == nil }) ?? true
            else { continue }
            fields.withBytes(of: path) { path in
                let levels = path.split(
                    separator: UInt8(ascii: "."),
                    maxSplits: 2,
                    omittingEmptySubsequences: false
                ).prefix(2)
                let first = UnsafeRawBufferPointer(rebasing: levels[0])
                guard !Self.ofEveryEvent.contains(where: { first.equals($0) }) else { return }
                let end = first.equals("data") ? levels[levels.count - 1].endIndex : first.count
                let name = UnsafeRawBufferPointer(rebasing: path[..<end])
                guard !readings.withBytes(of: before, { $0.elementsEqual(name) }) else { return }
                before = readings.intern(name)
                readings.omit(before, .ofEvent)
            }
        }
    }

    private static let ofEveryEvent: [StaticString] = ["component", "id", "event", "ts", "idx"]
}

/// Bluetooth sensors that a script listens to.
extension ShellyRPC {
    private func append(_ beacon: Beacon, to readings: inout DecodedReadings) {
        for field in fields.all {
            guard let path = fields.relativePath(of: field, under: beacon.path) else { continue }
            fields.withBytes(of: path) { path in
                let matches = Self.keys.lazy.map { FieldPattern.match($0, path) }
                guard case .found(let number) = matches.first(where: { $0 != .none }) else { return }
                append(press: field, of: number, to: &readings)
            }
        }
        let knowledge = DecodedReadings.Knowledge(table: Self.ofBeacon, skipped: Self.skippedOfBeacon)
        readings.append(fields, under: beacon.path, by: knowledge)
    }

    /// In the words of the events of buttons. 0 is a key that was not pressed.
    private func append(
        press field: MessageFields.Field,
        of number: Int?,
        to readings: inout DecodedReadings
    ) {
        let known: DeviceField = .text("button.#", .button)
        let name = readings.intern(known.reading(at: number))
        guard field.kind == .number, field.number != 0 else { return readings.omit(name, .null) }
        guard let word = Self.presses.first(where: { $0.code == field.number })?.word else {
            let before = readings.quality
            readings.quality.insert(.doubtful)
            readings.append(field, of: fields, as: known, number: number, unit: .empty)
            readings.quality = before
            return
        }
        readings.append(name, text: readings.intern(word))
    }

    /// BTHome 2, "Events". Early keys send 254 while they are held.
    private static let presses: [(code: Double, word: StaticString)] = [
        (1, "single_push"), (2, "double_push"), (3, "triple_push"), (4, "long_push"), (5, "long_double_push"),
        (6, "long_triple_push"), (128, "hold_press"), (254, "hold_press"),
    ]

    private static let keys: [StaticString] = ["button", "button.#"]

    /// The keys are read apart, and the rest is what the packet and the event are themselves.
    private static let skippedOfBeacon: [StaticString] = [
        "button", "button.#", "address", "pid", "BTHome_version", "encryption", "component", "id", "event",
        "ts",
    ]

    /// What most sensors call alike is no part of it. A sensor with several of a kind gives a list.
    private static let ofBeacon: [DeviceField] = [
        .number("battery", .batteryLevel), .number("temperature.#", .temperature),
        .number("humidity.#", .humidity), .flag("window", .open), .flag("door", .open),
        .number("rotation", .angle), .number("rotation.#", .angle),
    ]
}
