/// Meters of electricity, and plugs and relays that measure it.
extension DeviceProfile {
    static let electricityMeters: [DeviceProfile] = [
        // Kamstrup OMNIPOWER. wmbusmeters, driver omnipower.
        DeviceProfile(.electricityMeter, "Kamstrup", ["omnipower"], mbusElectricity),
        // Apator Otus 3. wmbusmeters, driver amiplus.
        DeviceProfile(.electricityMeter, "Apator", ["amiplus"], mbusElectricity),
        // ABB B23. wmbusmeters, driver abbb23.
        DeviceProfile(.electricityMeter, "ABB", ["abbb23"], mbusElectricity),
        // Shelly EM, 3EM, 1PM, Plug S. Shelly technical documentation, first generation.
        DeviceProfile(.electricityMeter, "Shelly", ["shellyem"], shellyEmeters),
        DeviceProfile(.electricityMeter, "Shelly", ["shellyem3"], shellyEmeters),
        DeviceProfile(.electricityMeter, "Shelly", ["shelly1pm"], shellyRelay),
        DeviceProfile(.electricityMeter, "Shelly", ["shellyplug"], shellyRelay),
        // Shelly Plus 1PM, Plus Plug S and Pro 3EM. Shelly API documentation, components Switch, EM and EMData.
        DeviceProfile(.electricityMeter, "Shelly", ["shellyplus1pm", "SNSW-001P16EU"], shellySwitch),
        DeviceProfile(.electricityMeter, "Shelly", ["shellyplusplugs", "SNPL-00112EU"], shellySwitch),
        DeviceProfile(.electricityMeter, "Shelly", ["shellypro3em", "SPEM-003CEBEU"], shellyThreePhases),
        // Mi power plug. Zigbee2MQTT, ZNCZ02LM.
        DeviceProfile(.electricityMeter, "Xiaomi", ["ZNCZ02LM", "lumi.plug"], zigbeePlug),
        // Tuya smart plug. Zigbee2MQTT, TS011F_plug_1.
        DeviceProfile(.electricityMeter, "Tuya", ["TS011F_plug_1", "TS011F"], zigbeePlug),
        // Netvox R809A plug. The Things Network device repository, netvox/r809a.
        DeviceProfile(.electricityMeter, "Netvox", ["R809A"], netvoxPlug),
        // Netvox R718N3, three clamps. The Things Network device repository, netvox/r718n3.
        DeviceProfile(
            .electricityMeter,
            "Netvox",
            ["R718N3", "R718N3(R718N3D)"],
            [.number("Current#", .currentInMilliamperes, first: 1), .number("Volt", .batteryVoltage)]
        ),
        // VUTILITY VoltDrop. The Things Network device repository, vutility/voltdrop.
        DeviceProfile(
            .electricityMeter,
            "VUTILITY",
            ["voltdrop"],
            [
                .number("voltageL#", .voltage, first: 1), .number("currentL#", .current, first: 1),
                .number("capacitorVoltage", .supplyVoltage),
                .number("temperatureCelsius", .deviceTemperature),
            ]
        ),
        // EMU Professional II. The Things Network device repository, emu/emu-prof-ii.
        DeviceProfile(
            .electricityMeter,
            "EMU",
            ["emu-prof-ii"],
            [
                .number("Active Energy Import T#.value", .energy, first: 1),
                .number("Active Energy Export T#.value", .energyExported, first: 1),
                .number("Reactive Energy Import T#.value", .reactiveEnergy, first: 1),
                .text("medium.desc", .medium),
            ]
        ),
    ]

    private static let mbusElectricity: [DeviceField] =
        [
            .number("total_energy_consumption_kwh", .energyInKilowattHours),
            .number("total_energy_production_kwh", ReadingName("energyExported", "kWh")),
            .number("current_power_consumption_kw", .powerInKilowatts),
            .number("current_power_production_kw", ReadingName("powerExported", "kW")),
            .number("voltage_at_phase_#_v", .voltage, first: 1),
        ] + mbusStatus()

    private static let shellyEmeters: [DeviceField] = [
        .number("emeter/#/power", .power), .number("emeter/#/voltage", .voltage),
        .number("emeter/#/pf", .powerFactor),
        .number("emeter/#/current", .current), .number("emeter/#/total", .energy),
        .number("emeter/#/total_returned", .energyExported), .flag("relay/#", .relay),
    ]

    private static let shellyRelay: [DeviceField] = [
        .flag("relay/#", .relay), .number("relay/#/power", .power),
        .number("relay/#/energy", .energy, scale: 1.0 / 60), .number("temperature", .deviceTemperature),
    ]

    private static let shellySwitch: [DeviceField] = [
        .flag("switch:#.output", .relay), .number("switch:#.apower", .power),
        .number("switch:#.voltage", .voltage),
        .number("switch:#.current", .current), .number("switch:#.aenergy.total", .energy),
    ]

    /// The only thermometer is that of the meter itself.
    private static let shellyThreePhases: [DeviceField] = [
        .number("em:#.total_act_power", .power), .number("emdata:#.total_act", .energy),
        .number("emdata:#.total_act_ret", .energyExported), .number("temperature:#.tC", .deviceTemperature),
    ]

    private static let zigbeePlug: [DeviceField] = [
        .flag("state", .relay), .number("power", .power), .number("energy", .energyInKilowattHours),
        .number("voltage", .voltage), .number("current", .current),
        .number("device_temperature", .deviceTemperature), .number("linkquality", .linkQuality),
    ]

    private static let netvoxPlug: [DeviceField] = [
        .flag("OnOff", .relay), .number("Energy", .energy), .number("Vol", .voltage),
        .number("Power", .power),
        .number("Current", .currentInMilliamperes), .flag("OverCurrentAlarm", .fault, no: ["No alarm"]),
        .flag("PowerOffAlarm", ReadingName("powerOff"), no: ["No alarm"]),
    ]
}
