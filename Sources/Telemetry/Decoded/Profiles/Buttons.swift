/// Push buttons, among them those that call for help.
extension DeviceProfile {
    static let buttons: [DeviceProfile] = [
        // Aqara wireless switch. Zigbee2MQTT, WXKG11LM.
        DeviceProfile(.button, "Aqara", ["WXKG11LM", "lumi.sensor_switch.aq2"], zigbeeButton),
        // SONOFF SNZB-01. Zigbee2MQTT, SNZB-01.
        DeviceProfile(.button, "SONOFF", ["SNZB-01"], zigbeeButton),
        // IKEA TRADFRI on/off switch. Zigbee2MQTT, E1743.
        DeviceProfile(.button, "IKEA", ["E1743", "TRADFRI on/off switch"], zigbeeButton),
        // Shelly Button1. Shelly technical documentation, first generation: S, SS, SSS, L.
        DeviceProfile(
            .button,
            "Shelly",
            ["shellybutton1"],
            [
                .text("input_event/#.event", .button), .number("input_event/#.event_cnt", .presses),
                .number("sensor/battery", .batteryLevel),
            ]
        ),
        // Browan TBPB100. The Things Network device repository, browan/tbpb100.
        DeviceProfile(.button, "Browan", ["tbpb100"], [.flag("status", .button)] + browan),
        // Milesight WS101. Milesight decoder ws101.
        DeviceProfile(
            .button,
            "Milesight",
            ["ws101"],
            [.text("press", .button), .text("button_event", .button), .number("battery", .batteryLevel)]
        ),
        // Tuya SOS button, worn or on a wall. Zigbee2MQTT, TS0215A_sos.
        DeviceProfile(
            .fall,
            "Tuya",
            ["TS0215A_sos", "TS0215A"],
            [.flags("action", .button, ["emergency": .call])] + zigbeeBattery
        ),
        // Netvox R312A and RB02I emergency buttons. The Things Network device repository, netvox.
        DeviceProfile(.fall, "Netvox", ["R312A"], [.flag("Alarm", .call)] + netvox),
        DeviceProfile(.fall, "Netvox", ["RB02I"], [.flag("Alarm", .call)] + netvox),
    ]

    private static let zigbeeButton: [DeviceField] = [.text("action", .button)] + zigbeeBattery
}
