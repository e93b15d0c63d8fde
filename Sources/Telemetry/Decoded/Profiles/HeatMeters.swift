/// Meters of heat, cost allocators on radiators, and valves on them.
extension DeviceProfile {
    static let heatMeters: [DeviceProfile] = [
        // Kamstrup MULTICAL 603, 303 and others. wmbusmeters, drivers multical603, multical303, kamheat.
        DeviceProfile(.heatMeter, "Kamstrup", ["multical603"], kamstrupHeat),
        DeviceProfile(.heatMeter, "Kamstrup", ["multical303"], kamstrupHeat),
        DeviceProfile(
            .heatMeter,
            "Kamstrup",
            ["kamheat", "multical302", "multical403", "multical602", "multical803"],
            kamstrupHeat
        ),
        // B Meters Hydrocal M3. wmbusmeters, driver hydrocalm3.
        DeviceProfile(
            .heatMeter,
            "B Meters",
            ["hydrocalm3"],
            [
                .number("total_heating_kwh", .energyInKilowattHours), .number("total_heating_m3", .volume),
                .number("total_cooling_kwh", ReadingName("coolingEnergy", "kWh")),
                .number("total_cooling_m3", ReadingName("coolingVolume", "m³")),
                .number("supply_temperature_c", .supplyTemperature),
                .number("return_temperature_c", .returnTemperature),
            ] + mbusStatus(["SABOTAGE_ENCLOSURE": .tamper]) + mbusHeat
        ),
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
    ]

    /// The status of MULTICAL heat meters. That more flows than they are made for, and that they were without supply for
    /// a while, is said of no reading of ours.
    private static let kamstrupHeat =
        mbusStatus(
            [
                "IN_A1_LEAKAGE_IN_THE_SYSTEM": .leak, "IN_A2_LEAKAGE_IN_THE_SYSTEM": .leak,
                "IN_B1_LEAKAGE_IN_THE_SYSTEM": .leak, "IN_B2_LEAKAGE_IN_THE_SYSTEM": .leak,
                "V1_V2_LEAKAGE_WATER_LOSS": .leak, "V1_V2_LEAKAGE_WATER_PENETRATION": .leak,
                "LEAKAGE_COLD_WATER": .leak, "LEAKAGE_HOT_WATER": .leak,
                "V1_V2_BURST_WATER_LOSS": .burst, "V1_V2_BURST_WATER_PENETRATION": .burst,
                "BURST_WATER_LOSS": .burst,
                "WRONG_FLOW_DIRECTION": .backflow, "V1_WRONG_FLOW_DIRECTION": .backflow,
                "V2_WRONG_FLOW_DIRECTION": .backflow,
                "LOW_BATTERY_LEVEL": .batteryLow,
                "SENSOR_ERROR": .fault, "TEMP_DIFF_WRONG_POLARITY": .fault,
                "SENSOR_T1_ABOVE_MEASURING_RANGE": .fault, "SENSOR_T2_ABOVE_MEASURING_RANGE": .fault,
                "SENSOR_T1_BELOW_MEASURING_RANGE": .fault, "SENSOR_T2_BELOW_MEASURING_RANGE": .fault,
                "SENSOR_T1_OUTSIDE_MEASURING_RANGE": .fault, "SENSOR_T2_OUTSIDE_MEASURING_RANGE": .fault,
                "SENSOR_T3_OUTSIDE_MEASURING_RANGE": .fault,
                "T3_ABOVE_MEASURING_RANGE_OR_SWITCHED_OFF": .fault,
                "T3_BELOW_MEASURING_RANGE_OR_SWITCHED_OFF": .fault,
                "T3_BELOW_MEASURING_RANGE_OR_SHORT_CIRCUITED": .fault,
                "FLOW_SENSOR_WEAK_OR_AIR": .fault, "V1_AIR": .fault, "V2_AIR": .fault,
                "V1_COMMUNICATION_ERROR": .fault, "V2_COMMUNICATION_ERROR": .fault,
                "V1_WRONG_PULSE_FIGURE": .fault, "V2_WRONG_PULSE_FIGURE": .fault,
                "IN_A1_A2_EXTERNAL_ALARM": .alarm, "IN_B1_B2_EXTERNAL_ALARM": .alarm,
                "IN-A1_A2_EXTERNAL_ALARM": .alarm, "IN-B1_B2_EXTERNAL_ALARM": .alarm,
            ],
            others: ["VOLTAGE_INTERRUPTED", "FLOW_INCREASED", "V2_INCREASED_FLOW"]
        ) + mbusHeat
}
