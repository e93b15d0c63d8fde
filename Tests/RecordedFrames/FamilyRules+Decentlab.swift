extension FamilyRules {
    /// Their decoder gives each value with its name and unit; ours is found by the table below.
    static let decentlab: FamilyRules = {
        var fields: [String: FieldRule] = [
            "protocol_version": .notInFrame, "device_id": .same("deviceNumber"),
        ]
        for (theirs, rule) in decentlabValues {
            fields["\(theirs).value"] = rule
            let name = theirs.split(separator: "/").last.map(String.init) ?? theirs
            fields["\(name).displayName"] = .notInFrame
            fields["\(name).unit"] = .notInFrame
        }
        for level in 0..<16 {
            let names = [
                ("temperature_at_level_\(level)", "temperature\(level + 1)"),
                ("dl-sdd/temperature_at_level_\(level)", "soilTemperature\(level + 1)"),
                ("moisture_at_level_\(level)", "soilMoisture\(level + 1)"),
                ("salinity_at_level_\(level)", "salinity\(level + 1)"),
                ("soil_moisture_at_depth_\(level)", "soilMoistureIndex\(level + 1)"),
                ("soil_temperature_at_depth_\(level)", "soilTemperature\(level + 1)"),
            ]
            for (theirs, ours) in names {
                fields["\(theirs).value"] = fitted(ours)
                fields["\(theirs).displayName"] = .notInFrame
                fields["\(theirs).unit"] = .notInFrame
            }
        }
        return FamilyRules(makers: ["decentlab"], fields: fields)
    }()

    /// Their decoder prints what the formula makes of the zero that stands for no sensor.
    private static func fitted(_ name: String) -> FieldRule {
        .check { expected, readings in
            guard let value = readings[name] else {
                return expected.number == -327.68 || expected.number == -5
            }
            return FieldRule.equal(expected, value)
        }
    }

    private static let decentlabValues: [String: FieldRule] = [
        "battery_voltage": .same("battery"), "air_temperature": .same("temperature"),
        "air_humidity": .same("humidity"), "relative_humidity": .same("humidity"),
        "temperature": .same("temperature"), "dew_point": .same("dewPoint"), "angle": .same("angle"),
        // Pascals and kilopascals are hectopascals with us.
        "barometric_pressure": .same("pressure", times: 100),
        "dl-atm41g2/barometric_pressure": .same("pressure", times: 0.1),
        "atmospheric_pressure": .same("pressure", times: 0.1),
        "barometer_temperature": .same("deviceTemperature"), "sensor_temperature": .same("deviceTemperature"),
        "sensor_temperature_internal": .same("deviceTemperature"),
        "internal_temperature": .same("deviceTemperature"), "head_temperature": .same("deviceTemperature"),
        "temperature_head": .same("deviceTemperature"), "temperature_target": .same("surfaceTemperature"),
        "temperature_electronics": .same("deviceTemperature"), "temperature_pt1000": .same("temperature"),
        "surface_temperature": .same("surfaceTemperature"), "leaf_temperature": .same("surfaceTemperature"),
        "temperature_outer": .same("surfaceTemperature"),
        "air_temperature_radiation_shield": .same("shadedTemperature"),
        "air_humidity_radiation_shield": .same("shadedHumidity"),
        "ambient_light_visible_infrared": .same("light"), "ambient_light_infrared": .same("infrared"),
        "illuminance": .same("illuminance"), "co2_concentration": .same("co2"),
        "co2_concentration_lpf": .same("co2Smoothed"), "co2_sensor_status": .same("sensorStatus"),
        "co2_sensor_temperature": .same("sensorTemperature"), "raw_ir_reading": .same("rawInfrared"),
        "raw_ir_reading_lpf": .same("rawInfraredSmoothed"), "activity_counter": .same("motions"),
        "total_voc": .same("voc"), "capacitor_voltage_1": .same("capacitorVoltage1"),
        "capacitor_voltage_2": .same("capacitorVoltage2"), "status": .same("sensorStatus"),
        "pm1_0_mass_concentration": .same("pm1"), "pm2_5_mass_concentration": .same("pm25"),
        "pm4_mass_concentration": .same("pm4"), "pm10_mass_concentration": .same("pm10"),
        "typical_particle_size": .same("particleSize"), "pm0_5_number_concentration": .same("particles05"),
        "pm1_0_number_concentration": .same("particles1"),
        "pm2_5_number_concentration": .same("particles25"), "pm4_number_concentration": .same("particles4"),
        "pm10_number_concentration": .same("particles10"), "sensor_id": .same("sensorNumber"),
        "pulse_count": .same("pulses"), "pulse_interval": .same("pulseInterval"),
        "cumulative_pulse_count": .same("totalPulses"), "ch0_pulse_count": .same("pulses1"),
        "ch0_pulse_interval": .same("pulseInterval1"), "ch0_cumulative_pulse_count": .same("totalPulses1"),
        "ch1_pulse_count": .same("pulses2"), "ch1_pulse_interval": .same("pulseInterval2"),
        "ch1_cumulative_pulse_count": .same("totalPulses2"), "input": .same("input"),
        "ch0_input": .same("input1"), "ch1_input": .same("input2"), "current": .same("current"),
        "voltage": .same("voltage"), "potentiometer_position": .same("position"),
        "thermistor_resistance": .same("resistance"), "strain_gauge": .same("strain"),
        "leaf_wetness_index": .same("leafWetness"), "dendrometer_position": .same("growth1"),
        "dendrometer_a_position": .same("growth1"), "dendrometer_b_position": .same("growth2"),
        "voltage_ratio": .same("position"), "distance": .same("distance"),
        "distance_average": .same("distance"), "distance_minimum": .same("distanceMinimum"),
        "distance_maximum": .same("distanceMaximum"), "distance_median": .same("distanceMedian"),
        "distance_10th_percentile": .same("distancePercentile10"),
        "distance_25th_percentile": .same("distancePercentile25"),
        "distance_75th_percentile": .same("distancePercentile75"),
        "distance_90th_percentile": .same("distancePercentile90"),
        "distance_most_frequent_value": .same("distanceMode"), "number_of_samples": .same("samples"),
        "number_of_valid_samples": .same("samples"), "total_acquisition_time": .same("acquisition"),
        "reliability": .same("reliability"), "pressure": .same("waterPressure"),
        "electrical_conductivity": .same("conductivity"), "water_depth": .same("depth"),
        "freezing_flag": .same("frost"), "turbidity_in_ntu": .same("turbidity"),
        "turbidity_in_fnu": .same("turbidity2"), "turbidity_in_mg_l": .same("turbidity3"),
        "turbidity": .same("turbidity"), "sludge_blanket": .same("sludge"),
        "suspended_solid": .same("suspended"), "oxygen_saturation": .same("oxygenSaturation"),
        "oxygen_concentration": .same("oxygen"), "oxygen_concentration_alt": .same("oxygen2"),
        "ph": .same("ph"), "redox": .same("redox"), "ph_mv": .same("phVoltage"),
        "incoming_radiation": .same("solarRadiation"), "reflected_radiation": .same("reflectedRadiation"),
        "albedo": .same("albedo"), "photosynthetically_active_radiation": .same("plantLight"),
        "total_solar_radiation": .same("solarRadiation"), "solar_radiation": .same("solarRadiation"),
        "precipitation": .same("rain"), "precipitation_interval": .same("rainInterval"),
        "cumulative_precipitation": .same("totalRain"),
        "precipitation_electrical_conductivity": .same("rainConductivity"),
        "lightning_strike_count": .same("lightnings"),
        "lightning_average_distance": .same("lightningDistance"), "wind_speed": .same("windSpeed"),
        "wind_direction": .same("windDirection"), "maximum_wind_speed": .same("gust"),
        "north_wind_speed": .same("windNorth"), "east_wind_speed": .same("windEast"),
        "vapor_pressure": .same("vapourPressure"), "vapor_pressure_deficit": .same("vapourPressureDeficit"),
        "x_orientation_angle": .same("angleX"), "y_orientation_angle": .same("angleY"),
        "tilt_angle_x_orientation": .same("angleX"), "tilt_angle_y_orientation": .same("angleY"),
        "compass_heading": .same("heading"), "fruit_size": .same("fruitSize"),
        "stem_size": .same("stemSize"), "sap_flow": .same("sapFlow"),
        "heat_velocity_outer": .same("heatVelocity1"), "heat_velocity_inner": .same("heatVelocity2"),
        "alpha_outer": .same("alpha1"), "alpha_inner": .same("alpha2"), "beta_outer": .same("beta1"),
        "beta_inner": .same("beta2"), "tmax_outer": .same("peakTime1"), "tmax_inner": .same("peakTime2"),
        "max_voltage": .same("voltageMaximum"), "min_voltage": .same("voltageMinimum"),
        "diagnostic": .same("diagnostic"), "upstream_tmax_outer": .same("upstreamPeakTime1"),
        "upstream_tmax_inner": .same("upstreamPeakTime2"), "frequency": .same("wireFrequency"),
        "weight": .same("weight"), "counter_reading": .same("swings"),
        "measurement_interval": .same("swingTime"), "elongation": .same("elongation"),
        "strain": .same("strain"), "dielectric_permittivity": .same("permittivity"),
        "volumetric_water_content": .same("waterContent"), "soil_temperature": .same("soilTemperature"),
        "water_potential": .same("waterPotential"),
    ]
}
