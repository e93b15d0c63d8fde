/// Families whose frames have a fixed place for every value.
extension FamilyRules {
    static let browan = FamilyRules(
        makers: ["browan"],
        fields: [
            "fPort": .notInFrame, "battery": .same("battery"), "battery_volt": .same("battery"),
            "temperature": .same("temperature"), "temperatureBoard": .same("deviceTemperature"),
            "tabs-tbms100/temperature": .same("deviceTemperature"),
            "humidity": .same("humidity"), "humi": .same("humidity"),
            "trigger": .same("triggered"), "button": .same("button"), "co2threshold": .same("co2High"),
            "co2calibration": .same("co2Calibrating"), "co2_ppm": .same("co2"), "open": .same("open"),
            "tamper": .same("tamper"), "tilt": .same("tilted"), "time": .same("sinceChange"),
            "count": .same("openings"), "tbms100/count": .same("motions"),
            // Their decoder says 0 where the device says that it has no such sensor.
            "CO2": .check { expected, readings in expected.number == 0 && readings["co2"] == nil },
            "VOC": .check { expected, readings in expected.number == 0 && readings["voc"] == nil },
            "thh_type": .check { expected, readings in
                readings["statusBits"].map { Double(Int($0.number) >> 4 & 1) == expected.number } ?? false
            },
            "mot_motionst": .same("motion"), "mot_times": .same("sinceChange"),
            // Their decoder takes two of the three bytes.
            "mot_counts": .check { expected, readings in
                readings["motions"].map { Double(Int($0.number) & 0xFFFF) == expected.number } ?? false
            },
            "darker": .same("darker"), "lighter": .same("lighter"), "lux": .same("illuminance"),
            "statusChange": .same("statusChanged"), "keepAlive": .same("keepAlive"),
            "tbdw100/status": .same("open"), "tbms100/status": .same("motion"),
            "tbpb100/status": .same("button"), "tbsl100/status": .same("loud"),
            "tbwl100/status": .same("leak"), "tbhv110/status": .same("triggered"),
            "tbhh100/status": .check { expected, readings in
                readings["statusBits"].map { Double(Int($0.number) >> 3) == expected.number } ?? false
            },
            "decibel": .same("sound"), "eco2": .same("co2"), "voc": .same("voc"),
            "iaq": .same("airQuality"), "iaqChanged": .same("airQualityChanged"),
            "tempHumidChanged": .same("climateChanged"), "temperatureChanged": .same("temperatureChanged"),
            "humidityChanged": .same("humidityChanged"),
        ]
    )

    static let mclimate = FamilyRules(
        makers: ["mclimate"],
        fields: [
            "AQI": .same("airQuality"), "sAQI": .same("staticAirQuality"), "CO2eq": .same("co2"),
            "VOC": .same("voc"), "accuracy_aqi": .same("airQualityAccuracy"), "pressure": .same("pressure"),
            "relative_humidity": .same("humidity"), "temperature": .same("temperature"),
            "voltage": .same("battery"), "co2": .same("co2"),
            "humidity": .rounded("humidity", decimals: 2),
            "relativeHumidity": .rounded("humidity", decimals: 2),
            "battery": .rounded("battery", decimals: 1), "flood-sensor/battery": .same("battery"),
            "batteryVoltage": .rounded("battery", decimals: 1),
            "reason": .same("messageType"), "vicki/reason": .same("reason"),
            "ht-sensor/reason": .check { expected, _ in expected.text == "keepalive" },
            "t-valve/reason": .check { expected, _ in expected.text == "keepalive" },
            "boxTamper": .same("tamper"), "flood": .same("leak"), "waterTemp": .same("waterTemperature"),
            "valveState": .same("valveOpen"), "ambientTemp": .same("temperature"),
            "sensorTemperature": .rounded("temperature", decimals: 2),
            "thermistorProperlyConnected": .same("probeConnected"),
            // Their decoder says 0 for a probe that is not connected.
            "extThermistorTemperature": .check { expected, readings in
                readings["probeTemperature"].map { $0.number == expected.number } ?? (expected.number == 0)
            },
            "targetTemperature": .same("targetTemperature"),
            "targetTemperatureFloat": .same("targetTemperature"),
            "motorRange": .same("motorRange"), "motorPosition": .same("motorPosition"),
            "valveOpenness": .rounded("opening", decimals: 0), "openWindow": .same("windowOpen"),
            "highMotorConsumption": .same("motorCurrentHigh"),
            "lowMotorConsumption": .same("motorCurrentLow"),
            "brokenSensor": .same("fault"), "childLock": .same("childLock"),
            "calibrationFailed": .same("calibrationFailed"), "attachedBackplate": .same("mounted"),
            "perceiveAsOnline": .same("online"), "antiFreezeProtection": .same("frost"),
        ]
    )

    static let bMeters = FamilyRules(
        makers: ["b-meters"],
        fields: [
            "aplication": .same("application"), "indexK": .same("pulseWeight"),
            "medium": .same("mediumCode"), "vif": .same("volumeScale"),
            "valueCounter": oldTotal("volume"), "flowCounter": oldTotal("backflowVolume"),
            "alarm": .check { expected, readings in
                let bits = ["magnet", "removed", "tamper", "leak", "backflow", "batteryLow"].enumerated()
                let byte = bits.reduce(0.0) {
                    $0 + (readings[$1.element]?.number ?? 0) * Double(1 << $1.offset)
                }
                return byte == expected.number
            },
        ]
    )

    /// Their decoder of that time printed three bytes as hexadecimal digits and the lowest as a decimal number; it has
    /// been corrected since.
    private static func oldTotal(_ name: String) -> FieldRule {
        .check { expected, readings in
            guard let total = readings[name].map({ UInt32($0.number) }) else { return false }
            let high = String(total >> 8, radix: 16)
            let low = String(total & 0xFF)
            let text = String(repeating: "0", count: 6 - high.count) + high
            return expected.text == text + String(repeating: "0", count: max(0, 2 - low.count)) + low
        }
    }

    static let talkpool = FamilyRules(
        makers: ["talkpool"],
        fields: [
            "Temperature": .same("temperature"), "RelativeHumidity": .same("humidity"),
            "Humidity": .same("humidity"), "CO2": .same("co2"), "CO2Filtered": .same("co2"),
            "CO2Raw": .same("rawCO2"), "MeterReading": .same("pulses"), "Status": .notInFrame,
            "PM1_0": .same("pm1"), "PM2_5": .same("pm25"), "PM_10": .same("pm10"),
        ]
    )

    static let micropelt = FamilyRules(
        makers: ["micropelt"],
        fields: [
            "Current_Valve_Position": .same("opening"), "Flow_Sensor_Raw": .same("rawSupplyTemperature"),
            "Flow_Temperature": .same("supplyTemperature"), "Ambient_Sensor_Raw": .same("rawTemperature"),
            "Ambient_Temperature": .same("temperature"), "Energy_Storage": .same("storageLow"),
            "Harvesting_Active": .same("harvesting"), "Ambient_Sensor_Failure": .same("ambientSensorFault"),
            "Flow_Sensor_Failure": .same("flowSensorFault"), "Radio_Communication_Error": .same("radioFault"),
            "Received_Signal_Strength": .same("weakSignal"), "Motor_Error": .same("motorFault"),
            "Storage_Voltage": .same("battery"), "Average_Current_Consumed": .same("currentUsed"),
            "Average_Current_Generated": .same("currentHarvested"),
            "Reference_Completed": .same("calibrated"),
            "Operating_Mode": .same("condition"), "Storage_Fully_Charged": .same("storageFull"),
            "User_Mode": .same("userMode"),
            "User_Value": .check { expected, readings in
                FieldRule.equal(expected, readings["targetOpening"] ?? readings["targetTemperature"])
            },
        ]
    )
}
