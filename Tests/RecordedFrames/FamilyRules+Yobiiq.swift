extension FamilyRules {
    static let yobiiq: FamilyRules = {
        var fields: [String: FieldRule] = [
            "codecVersion": .notInFrame, "genericModel": .notInFrame, "productCode": .notInFrame,
            "manufacturer": .notInFrame, "fPort": .notInFrame, "sd1001/deviceModel": .notInFrame,
            "mac": .check { _, readings in readings["answer"]?.text == "MAC" },
            "info": .check { _, readings in readings["accepted"]?.number == 1 },
            "warning": .check { _, readings in readings["accepted"]?.number == 0 },
            "hardwareVersion": version("hardware"), "firmwareVersion": version("firmware"),
            "deviceSerialNumber": .same("serialNumber"), "deviceClass": .same("deviceClass"),
            "deviceModel": .same("model"),
            "relayStatus": .check { expected, readings in
                readings["relay"].map { ($0.number == 1) == ["HIGH", "CLOSED"].contains(expected.text) }
                    ?? false
            },
            "digitalInputStatus": .flag("input", trueFor: "CLOSED"),
            "powerEvent": .flag("externalPower", trueFor: "AC Power On"),
            "primaryCurrentTransformerRatio": .same("transformerPrimary"),
            "secondaryCurrentTransformerRatio": .same("transformerSecondary"),
            "relaySwitchingOffReason": .same("switchedOff"), "relaySwitchOffTime": .same("switchedOffAt"),
            "currentWhenRelaySwitchingOff": .same("current"), "index": .same("index"),
            "timestamp": .same("deviceTime"), "batteryLevelInPercentage": .same("battery"),
            "lowBatteryAlarm": .flag("batteryLow", trueFor: "Alarm"),
            "faultAlarm": .flag("fault", trueFor: "Alarm"), "smokeAlarm": .flag("smoke", trueFor: "Alarm"),
            "interconnectAlarm": .flag("alarm", trueFor: "Alarm"),
            "testButtonPressed": .flag("button", trueFor: "Pushed"),
        ]
        let values: [String: FieldRule] = [
            "currentLimitFallback": .same("currentLimit"), "voltageLimitFallback": .same("voltageLimit"),
            "activeEnergyImportL1T1": .same("energy1"), "activeEnergyImportL123T1": .same("energy1"),
            "activeEnergyImportL123T2": .same("energy2"), "voltageL1N": .same("voltage1"),
            "voltageL2N": .same("voltage2"), "voltageL3N": .same("voltage3"), "currentL1": .same("current1"),
            "currentL2": .same("current2"), "currentL3": .same("current3"), "activePowerL1": .same("power1"),
            "activePowerL2": .same("power2"), "activePowerL3": .same("power3"),
            "frequency": .same("frequency"), "totalSystemActivePower": .same("power"),
            "totalSystemReactivePower": .same("reactivePower", times: 0.001),
        ]
        for (name, rule) in values {
            fields["\(name).data"] = rule
            fields["\(name).unit"] = .notInFrame
        }
        return FamilyRules(makers: ["yobiiq"], fields: fields)
    }()

    private static func version(_ name: String) -> FieldRule {
        .check { expected, readings in readings[name]?.text.map { "V\($0)" } == expected.text }
    }

    static let laird = FamilyRules(
        makers: ["laird"],
        fields: {
            var fields: [String: FieldRule] = [
                "msgType": .same("messageType"),
                "options[0]": .check { expected, readings in
                    let flags = ["wantsTime", "misconfigured", "alarm", "restarted", "fault"]
                    let words = [
                        "Sensor request for server time": "wantsTime",
                        "Sensor configuration error": "misconfigured",
                    ]
                    return flags.allSatisfy { flag in
                        readings.values.contains {
                            $0.name == flag && ($0.number == 1) == (words[expected.text] == flag)
                        }
                    }
                },
                "batteryCapacity": .same("batteryRange"), "temperature": any("temperature", 0),
                "humidity": any("humidity", 0), "alarmMsgCount": .same("alarmMessages"),
                "backlogMsgCount": .same("storedMessages"), "batteryType": .same("batteryType"),
                "numberOfReadings": .check { expected, readings in
                    Double(readings.history("temperature").count) == expected.number
                },
                "sensorReadPeriod": .same("interval"), "sensorAggregate": .same("values"),
                "tempAlarmsEnabled": .flag("temperatureAlarms", trueFor: "True"),
                "humidityAlarmsEnabled": .flag("humidityAlarms", trueFor: "True"),
                "tempAlarmLimitLow": .same("temperatureLow"), "tempAlarmLimitHigh": .same("temperatureHigh"),
                "humidityAlarmLimitLow": .same("humidityLow"),
                "humidityAlarmLimitHigh": .same("humidityHigh"), "ledBle": .same("lightBluetooth"),
                "ledLora": .same("lightLoRa"),
                "releaseDate": .check { expected, readings in
                    let parts = ["releaseYear", "releaseMonth", "releaseDay"].compactMap {
                        readings[$0]?.number
                    }
                    return parts.map { "\(Int($0))" }.joined(separator: "/") == expected.text
                },
                "releaseNumber": .same("firmware"), "partNumber": .same("partNumber"),
                "operatingMode": .same("contactMode"),
                "loraNotificationOptions[0]": .check { _, readings in
                    readings["notifications"].map { Int($0.number) & 1 == 1 } ?? false
                },
                "loraNotificationOptions[1]": .check { _, readings in
                    readings["notifications"].map { Int($0.number) & 2 == 2 } ?? false
                },
                "openDwellTime": .same("openDwell"), "closedDwellTime": .same("closedDwell"),
                "resendInterval": .same("resend"), "debounceAdjust": .same("debounce"),
                "state": .flag("open", trueFor: "Open"),
                "alertCancellation": .flag("alertCancelled", trueFor: "True"), "counter": .same("openings"),
                "voltage": .same("battery"),
            ]
            for part in ["year", "month", "day", "hours", "minutes", "seconds"] {
                fields["timestamp.\(part)"] = time(part, 0)
            }
            for reading in 0..<2 {
                fields["readings[\(reading)].temperature"] = any("temperature", reading)
                fields["readings[\(reading)].humidity"] = any("humidity", reading)
                for part in ["year", "month", "day", "hours", "minutes", "seconds"] {
                    fields["readings[\(reading)].timestamp.\(part)"] = time(part, reading)
                }
            }
            return fields
        }()
    )

    /// The value of that position, be it of now or stored.
    private static func any(_ name: String, _ position: Int) -> FieldRule {
        .check { expected, readings in
            let values = readings.values.filter { $0.name == name }
            return values.indices.contains(position) && FieldRule.equal(expected, values[position])
        }
    }

    /// All recorded times are of the first minute of 2015.
    private static func time(_ part: String, _ position: Int) -> FieldRule {
        .check { expected, readings in
            let values = readings.history("temperature")
            guard values.indices.contains(position) else { return false }
            let seconds = values[position].at.microseconds / 1_000_000 - 1_420_070_400
            switch part {
            case "year": return expected.number == 2015
            case "month": return expected.text == "January"
            case "day": return expected.number == 1
            case "seconds": return expected.number == Double(seconds)
            default: return expected.number == 0
            }
        }
    }
}
