extension FamilyRules {
    static let dragino = FamilyRules(
        makers: ["dragino"],
        fields: [
            "Bat": .same("battery"), "BatV": .same("battery"), "BAT_V": .same("battery"),
            "batV": .same("battery"), "Bat_V": .same("battery"), "Bat_mV": .same("battery", times: 1000),
            "Bat_status": .same("batteryState"),
            "Distance": .same("distance"), "dis1": .same("distance1"), "dis2": .same("distance2"),
            "distance": .check { expected, readings in
                expected.text == "No Sensor" && readings["distance"] == nil
                    && readings["sensorConnected"]?.number == 0
            },
            "distance1_cm": .same("distance1", times: 0.1), "distance2_cm": .same("distance2", times: 0.1),
            "distance3_cm": .same("distance3", times: 0.1), "distance4_cm": .same("distance4", times: 0.1),
            "Lidar_distance": .same("distance", times: 0.1), "Lidar_signal": .same("signalStrength"),
            "Lidar_temp": .same("deviceTemperature"),
            "Interrupt_flag": .same("interrupt"), "lsnpk01/Interrupt_flag": .same("interruptKind"),
            "Interrupt_alarm": .same("interrupt"), "EXTI_Trigger": .flag("interrupt", trueFor: "TRUE"),
            "Sensor_flag": .same("sensorConnected"), "lse01-114/Sensor_flag": .same("sensorFlags"),
            "Hardware_flag": .same("hardwareFlag"), "mes_type": .same("messageKind"),
            "Message_type": .same("messageKind"), "DALARM_count": .same("distanceAlarms"),
            "Distance_alarm": .same("alarm"),
            "TempC_DS18B20": .same("probeTemperature"), "TempC1": .same("probeTemperature1"),
            // Their decoder prints the mark for a probe that is not there.
            "TempC_DS": .check { expected, readings in
                expected.number == 327.67
                    ? readings["probeTemperature"] == nil
                    : FieldRule.equal(expected, readings["probeTemperature"])
            },
            "TempC_SHT": .same("temperature"), "Hum_SHT": .same("humidity"),
            "Temp_Red": .same("probeTemperature1"), "Temp_White": .same("probeTemperature2"),
            "Temp_Black": .same("probeTemperature3"), "Temp_Channel1": .same("probeTemperature1"),
            "Temp_Channel2": .same("probeTemperature2"), "Ext": .same("socketKind"),
            "Ext_sensor": .same("mode"), "Systimestamp": .same("deviceTime"), "Work_mode": .same("mode"),
            "Node_type": .notInFrame, "MOD": .same("workMode"), "DOOR_OPEN_STATUS": .same("open"),
            "DOOR_OPEN_TIMES": .same("openings"), "LAST_DOOR_OPEN_DURATION": .same("openDuration"),
            "ALARM": .same("alarm"), "Door_status": .flag("open", trueFor: "OPEN"),
            "Digital_IStatus": .flag("input", trueFor: "H"),
            "Hardware_mode": .same("model"), "AVI1_V": .same("voltage1"), "AVI2_V": .same("voltage2"),
            "ACI1_mA": .same("current1"), "ACI2_mA": .same("current2"),
            "DI1_status": .flag("input1", trueFor: "H"), "DI2_status": .flag("input2", trueFor: "H"),
            "DI3_status": .flag("input3", trueFor: "H"), "DO1_status": .flag("output1", trueFor: "H"),
            "DO2_status": .flag("output2", trueFor: "H"), "DO3_status": .flag("output3", trueFor: "H"),
            "RO1_status": .flag("relay1", trueFor: "ON"), "RO2_status": .flag("relay2", trueFor: "ON"),
            "ADC_CH0V": .same("voltage1"),
            "TDC": .same("interval"), "DISALARM": .same("alarmDisabled"), "KEEP_STATUS": .same("keepStatus"),
            "KEEP_TIME": .same("keepTime"), "TRIGGER_MODE": .same("triggerMode"),
            "Stop_Timer": .same("stopTimer"), "Alarm_Timer": .same("alarmTimer"),
            "Alarm_status": .flag("alarm", trueFor: "TRUE"), "CO2_ppm": .same("co2"),
            "TVOC_ppb": .same("voc"),
            "lsn50v2-d20-d22-d23/ALARM_status": .flag("alarm", trueFor: "TRUE"),
            "ALARM_status": .same("call"), "alarm": .same("call"), "step_count": .same("steps"),
            "uuid": .same("beacon"), "addr": .notInFrame, "major": .notInFrame, "minor": .notInFrame,
            "rssi": .notInFrame,
            "latitude": .same("latitude"), "longitude": .same("longitude"), "MD": .same("mode"),
            "LON": .same("lightOn"), "FW": .same("firmwareCode"), "Roll": .same("roll"),
            "Pitch": .same("pitch"),
            "Sensor_Model": .same("modelCode"), "Firmware_Version": .same("firmware"),
            "Freq_Band": .same("band"), "Sub_Band": .same("subBand"),
            "Leaf_Temperature": .same("surfaceTemperature"), "Leaf_Moisture": .same("leafMoisture"),
            "water_SOIL": .same("soilMoisture"), "temp_SOIL": .same("soilTemperature"),
            "TEMP_SOIL": .same("soilTemperature"), "conduct_SOIL": .same("soilConductivity"),
            "PH1_SOIL": .same("ph"), "N_SOIL": .same("nitrogen"), "P_SOIL": .same("phosphorus"),
            "K_SOIL": .same("potassium"), "PM10": .same("pm10"),
        ]
    )
}
