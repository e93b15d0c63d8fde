/// Meters of heat, cost allocators on radiators, and valves on them.
extension DeviceProfile {
    static let heatMeters: [DeviceProfile] = [
        // Kamstrup MULTICAL 603, 303 and others. wmbusmeters, drivers multical603, multical303, kamheat.
        DeviceProfile(.heatMeter, "Kamstrup", ["multical603"], mbusHeat),
        DeviceProfile(.heatMeter, "Kamstrup", ["multical303"], mbusHeat),
        DeviceProfile(.heatMeter, "Kamstrup", ["kamheat"], mbusHeat),
        // B Meters Hydrocal M3. wmbusmeters, driver hydrocalm3.
        DeviceProfile(.heatMeter, "B Meters", ["hydrocalm3"], mbusHeat),
        // Techem FHKV data III, on a radiator. wmbusmeters, driver fhkvdataiii.
        DeviceProfile(
            .heatMeter,
            "Techem",
            ["fhkvdataiii"],
            [
                .number("current_hca", .heatingCost), .number("previous_hca", ReadingName("dueHeatingCost")),
                .text("previous_date", dueDate), .number("temp_room_c", .temperature),
                .number("temp_radiator_c", .surfaceTemperature),
            ]
        ),
        // MClimate Vicki, a valve. The Things Network device repository, mclimate/vicki.
        DeviceProfile(
            .heatMeter,
            "MClimate",
            ["vicki"],
            [
                .number("targetTemperature", .targetTemperature), .number("sensorTemperature", .temperature),
                .number("relativeHumidity", .humidity), .number("valveOpenness", .opening),
                .number("batteryVoltage", .batteryVoltage), .flag("openWindow", .windowOpen),
                .flag("childLock", .childLock), .flag("brokenSensor", .fault),
                .flag("calibrationFailed", .calibrationFailed), .flag("attachedBackplate", .mounted),
                .flag("perceiveAsOnline", .online), .flag("antiFreezeProtection", .frost),
                .flag("highMotorConsumption", .motorCurrentHigh),
                .flag("lowMotorConsumption", .motorCurrentLow),
            ]
        ),
        // Micropelt MLR003, a valve. The Things Network device repository, micropelt/mlr003.
        DeviceProfile(
            .heatMeter,
            "Micropelt",
            ["mlr003"],
            [
                .number("Current_Valve_Position", .opening), .number("Flow_Temperature", .supplyTemperature),
                .number("Ambient_Temperature", .temperature), .number("Storage_Voltage", .supplyVoltage),
                .flag("Motor_Error", .fault),
            ]
        ),
    ]

    private static let mbusHeat: [DeviceField] = [
        .number("total_energy_consumption_kwh", .energyInKilowattHours), .number("total_volume_m3", .volume),
        .number("volume_flow_m3h", .flow), .number("power_kw", .powerInKilowatts),
        .number("t1_temperature_c", .supplyTemperature), .number("t2_temperature_c", .returnTemperature),
        .number("target_energy_kwh", ReadingName("dueEnergy", "kWh")), .number("target_volume_m3", dueVolume),
        .text("target_date", dueDate),
        .flags(
            "status",
            .state,
            [
                "V1_V2_LEAKAGE_WATER_LOSS": .leak, "V1_V2_LEAKAGE_WATER_PENETRATION": .leak,
                "V1_V2_BURST_WATER_LOSS": .burst, "V1_V2_BURST_WATER_PENETRATION": .burst,
                "WRONG_FLOW_DIRECTION": .backflow,
            ],
            and: mbusStatus
        ),
    ]
}
