extension FamilyRules {
    static let netvox = FamilyRules(
        makers: ["netvox"],
        fields: [
            "Device": .same("model"), "Cmd": .same("answer"), "SWver": .same("firmware"),
            "HWver": .same("hardware"), "Datecode": .same("releaseDate"),
            "Status": .flag("accepted", trueFor: "Success"),
            "r311la/Status": statusOrState, "r718x/Status": statusOrState, "r718pe/Status": statusOrState,
            "Volt": .check { expected, readings in
                FieldRule.equal(expected, readings["battery"])
                    && (readings["batteryLow"]?.number == 1) == expected.text.hasSuffix("(low battery)")
            },
            "MinTime": .same("minimumInterval"), "MaxTime": .same("maximumInterval"),
            "BatteryChange": .same("batteryChange"), "TempChange": .same("temperatureChange"),
            "HumiChange": .same("humidityChange"), "AirPressureChange": .same("pressureChange"),
            "TVOC_VOCChange": .same("vocChange"), "IlluminanceChange": .same("illuminanceChange"),
            "IlluminanceThreshold": .same("illuminanceThreshold"),
            "AccelerationChange": .same("accelerationChange"), "AngleChange": .same("angleChange"),
            "ADCRawValueChange": .same("analogChange"), "DepthChange": .same("depthChange"),
            "DistanceChange": .same("distanceChange"), "CurrentChange": .same("currentChange"),
            "PowerChange": .same("powerChange"),
            "ActiveThreshold": .same("activeThreshold"), "InActiveThreshold": .same("inactiveThreshold"),
            "Threshold": .same("activeThreshold"), "InActiveTime": .same("inactiveTime"),
            "RestoreReportSet": .same("restoreReport"), "RangeSetting": .same("range"),
            "FilterTime": .same("filterTime"), "PulseCounterClearMode": .same("clearMode"),
            "OnDistanceThreshold": .same("onDistance"), "FillMaxDistance": .same("fillDistance"),
            "DeadZoneDistance": .same("deadZone"), "MeasureType": .same("medium"),
            "SwitchType": .same("switchType"), "PressTime": .same("pressTime"),
            "SensorDisableTime": .same("sensorDisableTime"),
            "SensorDetectionTime": .same("sensorDetectionTime"),
            "IRDisableTime": .same("motionDisableTime"), "IRDetectionTime": .same("motionDetectionTime"),
            "AlarmThreshold": .same("alarmThreshold"), "SensorType": .same("calibrated"),
            "Channel": .same("channel"), "Multiplier": .same("multiplier"), "Divisor": .same("divisor"),
            "DeltValue": .same("delta"),
            "OnOff": .same("open"), "r809a/OnOff": .flag("relay", trueFor: "ON"),
            "r816b/OnOff": .flag("relay", trueFor: "ON"),
            "status": .same("vibration"), "r718j/status": .same("input"), "r718lb/status": .same("open"),
            "r718q/status": .same("input"), "r718qa/status": .same("input"), "r720f/status": .same("input"),
            "status1": .same("vibration1"), "status2": .same("vibration2"),
            "r311ca/status1": .same("input1"), "r311ca/status2": .same("input2"),
            "r311cb/status1": .same("input1"), "r311cb/status2": .same("input2"),
            "r311cc/status1": .same("open1"), "r311cc/status2": .same("open2"),
            "r718f2/status1": .same("open1"), "r718f2/status2": .same("open2"),
            "r718j2/status1": .same("input1"), "r718j2/status2": .same("input2"),
            "r718lb2/status1": .same("open1"), "r718lb2/status2": .same("open2"),
            "Status_1": .flag("input1", trueFor: "ON"), "Status_2": .flag("input2", trueFor: "ON"),
            "Rssi": .same("signal"), "Snr": .same("signalToNoise"), "HeartInterval": .same("interval"),
            "HeartBeatTime": .same("interval"), "WarningStatus": .flag("alarm", trueFor: "Warning"),
            "WorkCount": .same("vibrations"), "WorkDurationTime": .same("vibrationTime"),
            "RawSenseData": .same("rawSense"),
            "WaterLeak": .flag("leak", trueFor: "Leak"), "WaterLeak_1": .flag("leak1", trueFor: "Leak"),
            "WaterLeak_2": .flag("leak2", trueFor: "Leak"),
            "Doorbell": .same("button"), "Alarm": .same("call"), "r718t/Alarm": .same("button"),
            "Temp": .same("temperature"), "r718b/Temp": .same("probeTemperature"),
            "r718ck/Temp": .same("probeTemperature"), "r718ct/Temp": .same("probeTemperature"),
            "Temp1": .same("probeTemperature1"), "Temp2": .same("probeTemperature2"),
            "Humi": .same("humidity"), "Temperature": .same("temperature"), "Humidity": .same("humidity"),
            "AirPressure": .same("pressure"), "Atomsphere": .same("pressure"),
            "TVOC_VOC": .same("voc"),
            "SensorUnit": .check { expected, readings in
                expected.text == (readings["voc"] == nil ? "index" : "ppb")
            },
            "Illuminance": .same("illuminance"), "Occupy": .same("occupied"),
            "DisassembledAlarm": .same("tamper"),
            "FireAlarm": .flag("fire", trueFor: "Alarm"), "COAlarm": .flag("gasAlarm", trueFor: "Alarm"),
            "HighTempAlarm": .flag("heatAlarm", trueFor: "Alarm"),
            "PM25": .same("pm25"), "PM1_0": .same("pm1"), "PM2_5": .same("pm25"), "PM10": .same("pm10"),
            "um0_3": .same("particles03"), "um0_5": .same("particles05"), "um1_0": .same("particles1"),
            "um2_5": .same("particles25"), "um5_0": .same("particles5"), "um10": .same("particles10"),
            // YAML made the truth "no" of the name NO.
            "O3": .same("ozone"), "CO": .same("carbonMonoxide"), "false": .same("nitricOxide"),
            "NO2": .same("nitrogenDioxide"), "SO2": .same("sulphurDioxide"),
            "H2S": .same("hydrogenSulphide"), "CO2": .same("co2"), "NH3": .same("ammonia"),
            "Noise": .same("sound"), "PH": .same("ph"), "TempPH": .same("probeTemperature"),
            "ORP": .same("redox"), "NTU": .same("turbidity"), "TempNTU": .same("probeTemperature"),
            "EC5SoildHumi": .same("soilMoisture"), "SoildHumi5TE": .same("soilMoisture"),
            "SoildTemp5TE": .same("soilTemperature"), "WaterLevel": .same("depth"),
            "EC5TE": .same("soilConductivity"), "TempLDO": .same("probeTemperature"),
            "LDO_DO": .same("oxygen"), "LDO_Sat": .same("oxygenSaturation"),
            "WindSpeed": .same("windSpeed"), "WindDirection": .same("windDirection"), "VOC": .same("voc"),
            "AccelerationX": .rounded("accelerationX", decimals: 6),
            "AccelerationY": .rounded("accelerationY", decimals: 6),
            "AccelerationZ": .rounded("accelerationZ", decimals: 6),
            "VelocityX": .rounded("velocityX", decimals: 6),
            "VelocityY": .rounded("velocityY", decimals: 6),
            "VelocityZ": .rounded("velocityZ", decimals: 6),
            "AngleX": .same("angleX"), "AngleY": .same("angleY"), "AngleZ": .same("angleZ"),
            "AngleOfInclination": .same("angle"), "PulseCount": .same("pulses"),
            "PulseCount1": .same("pulses1"), "PulseCount2": .same("pulses2"), "ADCRaw": .same("analog"),
            "ADCRawValue1": .same("analog1"), "ADCRawValue2": .same("analog2"), "Depth": .same("depth"),
            "InstallStatus": .flag("installed", trueFor: "Success"), "Distance": .same("distance"),
            "FillLevel": .same("fillLevel"), "Vol": .same("voltage"), "Power": .same("power"),
            "Energy": .same("energy"), "Current": .same("current"),
            "OverCurrentAlarm": .flag("overCurrent", trueFor: "Alarm"),
            "DashCurrentAlarm": .flag("inrushCurrent", trueFor: "Alarm"),
            "PowerOffAlarm": .flag("powerCut", trueFor: "Alarm"),
            // Whole milliamperes and tenths are one number with us.
            "r718ka/Current": whole("current"), "r718ka/FineCurrent": tenths("current"),
            "Current_1": whole("current1"), "FineCurrent_1": tenths("current1"),
            "Current_2": whole("current2"), "FineCurrent_2": tenths("current2"),
            "r718n1/Multiplier": .same("currentMultiplier"), "Multiplier1": .same("currentMultiplier1"),
            "Multiplier2": .same("currentMultiplier2"), "Multiplier3": .same("currentMultiplier3"),
            "Current1": .same("current1"), "Current2": .same("unmultipliedCurrent2"),
            "Current3": .same("unmultipliedCurrent3"),
            "MotorStatus": .flag("relay", trueFor: "ON"), "Relay_1": .flag("relay1", trueFor: "ON"),
            "Relay_2": .flag("relay2", trueFor: "ON"), "Relay_3": .flag("relay3", trueFor: "ON"),
            "Input_1": .flag("input1", trueFor: "ON"), "Input_2": .flag("input2", trueFor: "ON"),
            "Input_3": .flag("input3", trueFor: "ON"),
        ]
    )

    private static let statusOrState = FieldRule.check { expected, readings in
        let isOn = readings["state"] ?? readings["accepted"]
        return isOn.map { ($0.number == 1) == ["ON", "Success"].contains(expected.text) } ?? false
    }

    private static func whole(_ name: String) -> FieldRule {
        .check { expected, readings in
            readings[name].map { $0.number.rounded(.down) == expected.number } ?? false
        }
    }

    private static func tenths(_ name: String) -> FieldRule {
        .check { expected, readings in
            readings[name].map {
                (($0.number - $0.number.rounded(.down)) * 10).rounded() / 10 == expected.number
            } ?? false
        }
    }
}
