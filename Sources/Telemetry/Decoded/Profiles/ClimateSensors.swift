/// Temperature, humidity and the quality of the air.
extension DeviceProfile {
    static let climateSensors: [DeviceProfile] = [
        // Aqara temperature and humidity sensor. Zigbee2MQTT, WSDCGQ11LM.
        DeviceProfile(.climate, "Aqara", ["WSDCGQ11LM", "lumi.weather"], zigbeeClimate),
        // SONOFF SNZB-02. Zigbee2MQTT, SNZB-02.
        DeviceProfile(.climate, "SONOFF", ["SNZB-02"], zigbeeClimate),
        // Xiaomi LYWSD03MMC with the ATC and PVVX firmwares. Theengs Decoder documentation.
        DeviceProfile(
            .climate,
            "Xiaomi",
            ["LYWSD03MMC_ATC", "LYWSD03MMC_PVVX", "LYWSD03MMC"],
            theengsClimate
        ),
        // RuuviTag. Theengs Decoder documentation, RuuviTag RAWv2.
        DeviceProfile(.climate, "Ruuvi", ["RuuviTag_RAWv2"], theengsClimate),
        // Shelly H&T and Plus H&T. Shelly technical and API documentation.
        DeviceProfile(
            .climate,
            "Shelly",
            ["shellyht"],
            [
                .number("sensor/temperature", .temperature), .number("sensor/humidity", .humidity),
                .number("sensor/battery", .batteryLevel),
            ]
        ),
        DeviceProfile(
            .climate,
            "Shelly",
            ["shellyplusht", "SNSN-0013A"],
            [
                .number("temperature:#.tC", .temperature), .number("humidity:#.rh", .humidity),
                .number("devicepower:#.battery.percent", .batteryLevel),
            ]
        ),
        // Milesight EM300-TH and AM107. Milesight decoders em300-th, am107.
        DeviceProfile(.climate, "Milesight", ["em300-th"], milesightClimate),
        DeviceProfile(.climate, "Milesight", ["am107"], milesightClimate),
        // ELSYS ERS and ERS CO2. ELSYS payload document.
        DeviceProfile(.climate, "ELSYS", ["ers", "ers-lite"], elsys),
        DeviceProfile(.climate, "ELSYS", ["ers-co2", "ers-co2-lite"], elsys),
        // Browan TBHH100 and TBHV110. The Things Network device repository, browan.
        DeviceProfile(
            .climate,
            "Browan",
            ["tbhh100", "tabs-tbhh100"],
            browan + [.number("CO2", .co2, absent: 0), .number("VOC", .voc, absent: 0)]
        ),
        DeviceProfile(
            .climate,
            "Browan",
            ["tbhv110"],
            browan + [
                .number("eco2", .co2), .number("iaq", .airQuality), .number("voc", .voc),
                .flag("status", .triggered), .flag("iaqChanged", .airQualityChanged),
                .flag("tempHumidChanged", .climateChanged),
            ]
        ),
        // Browan MerryIoT CO2. ChirpStack device profiles, browan/merryiot-cd10.
        DeviceProfile(
            .climate,
            "Browan",
            ["merryiot-cd10"],
            browan + [
                .number("co2_ppm", .co2), .flag("co2threshold", .co2High),
                .flag("co2calibration", .co2Calibrating),
            ]
        ),
        // Dragino LHT65 and LHT65N. The Things Network device repository, dragino. 327.67 means that no probe is there.
        DeviceProfile(.climate, "Dragino", ["lht65"], draginoClimate),
        DeviceProfile(.climate, "Dragino", ["lht65n"], draginoClimate),
        // Dragino LHT65N-E31F, with a second sensor on a cable, and LHT65N-VIB. The same.
        DeviceProfile(
            .climate,
            "Dragino",
            ["lht65n-e31f"],
            [
                .number("EXT_TempC_SHT", .probeTemperature, absent: 327.67),
                .number("EXT_Hum_SHT", .probeHumidity),
            ] + draginoClimate
        ),
        DeviceProfile(
            .climate,
            "Dragino",
            ["lht65n-vib"],
            [
                .number("battery", .batteryVoltage), .number("vib_count", .vibrations),
                .number("work_min", .workTime), .number("temperature", .temperature),
                .number("humidity", .humidity), .flag("alarm", .alarm),
            ]
        ),
        // MClimate HT Sensor. The Things Network device repository, mclimate/ht-sensor.
        DeviceProfile(
            .climate,
            "MClimate",
            ["ht-sensor"],
            [
                .number("sensorTemperature", .temperature), .number("relativeHumidity", .humidity),
                .number("extThermistorTemperature", .probeTemperature),
                .number("batteryVoltage", .batteryVoltage),
                .flag("thermistorProperlyConnected", .probeConnected),
            ]
        ),
        // Talkpool OY1100 and OY1210. The Things Network device repository, talkpool.
        DeviceProfile(.climate, "Talkpool", ["oy1100", "oy1110"], talkpool),
        DeviceProfile(.climate, "Talkpool", ["oy1210"], talkpool),
        // Netvox R711. The Things Network device repository, netvox/r711.
        DeviceProfile(.climate, "Netvox", ["R711", "R711(R712)"], netvox),
        // PiiGAB TH. wmbusmeters, driver piigth.
        DeviceProfile(
            .climate,
            "PiiGAB",
            ["piigth"],
            [
                .number("temperature_c", .temperature), .number("relative_humidity_rh", .humidity),
            ] + mbusStatus()
        ),
    ]

    private static let zigbeeClimate: [DeviceField] =
        [
            .number("temperature", .temperature), .number("humidity", .humidity),
            .number("pressure", .pressure),
        ] + zigbeeBattery

    private static let theengsClimate: [DeviceField] = [
        .number("tempc", .temperature), .number("hum", .humidity), .number("pres", .pressure),
        .number("batt", .batteryLevel), .number("volt", .batteryVoltage), .number("rssi", .signal),
    ]

    private static let milesightClimate: [DeviceField] = [
        .number("temperature", .temperature), .number("humidity", .humidity),
        .number("battery", .batteryLevel),
        .number("co2", .co2), .number("pressure", .pressure), .number("illumination", .illuminance),
        .number("tvoc", .voc), .number("activity", .motions),
        .number("infrared_and_visible", .visibleAndInfrared),
    ]

    private static let draginoClimate: [DeviceField] = [
        .number("TempC_SHT", .temperature), .number("Hum_SHT", .humidity),
        .number("TempC_DS", .probeTemperature, absent: 327.67),
        .number("BatV", .batteryVoltage), .number("Bat_status", .batteryState), .text("Ext_sensor", .mode),
    ]

    private static let talkpool: [DeviceField] = [
        .number("Temperature", .temperature), .number("RelativeHumidity", .humidity),
        .number("Humidity", .humidity),
        .number("CO2", .co2),
    ]
}
