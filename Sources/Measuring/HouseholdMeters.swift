import Units

/// What a household's water meter showed, in the order of time.
public struct HouseholdMeters {
    public struct Reading {
        public let household: String
        public let at: Moment
        /// Litres since the meter was new.
        public let total: Double
    }

    public struct LabelledLeak {
        public let household: String
        public let span: Span
    }

    public let readings: [Reading]
    public let leaks: [LabelledLeak]

    /// Alicante (DAIAD): meter readings every hour for a year, without labels.
    public static func daiad(_ data: RecordedData) throws -> HouseholdMeters? {
        let path = "water-daiad/hourly_meter_readings.csv.gz"
        guard data.exists(path) else { return nil }
        let readings = try data.rows(path).map { row in
            Reading(
                household: String(row[0]),
                at: try moment(dayFirst: row[1]),
                total: try RecordedData.number(row[2])
            )
        }
        return HouseholdMeters(readings: readings.sorted { $0.at < $1.at }, leaks: [])
    }

    /// How many people live in each household of Alicante, where they said so.
    public static func daiadMembers(_ data: RecordedData) throws -> [String: Int] {
        let path = "water-daiad/household_index.csv"
        guard data.exists(path) else { return [:] }
        return try data.rows(path).reduce(into: [:]) { members, row in
            guard let last = row.last, !last.isEmpty else { return }
            let count: Double = try RecordedData.number(last)
            members[String(row[0])] = Int(count)
        }
    }

    /// Karratha: litres of each hour for 112 days, with the spells in which water never stopped.
    public static func karratha(_ data: RecordedData) throws -> HouseholdMeters {
        let folder = data.isWhole ? "redistributable/water_karratha" : "water_karratha"
        let path = "\(folder)/hourly_litres_100_households.csv.gz"
        let names = try data.head(path).dropFirst().map(String.init)
        var totals = [Double](repeating: 0, count: names.count)
        var readings: [Reading] = []
        var start: Moment?
        for row in try data.rows(path) {
            guard let hour = Moment(iso8601: "\(row[0]):00Z") else {
                throw BenchmarkFailure("\(path) has the time \"\(row[0])\"")
            }
            start = start ?? hour
            for (index, name) in names.enumerated() {
                totals[index] += try RecordedData.number(row[index + 1])
                readings.append(Reading(household: name, at: hour + .hours(1), total: totals[index]))
            }
        }
        let first = start ?? Moment()
        let leaks = try data.rows("\(folder)/leak_episodes_rule_min2lph_24h.csv").map { row in
            let number: Int = try RecordedData.number(row[0])
            let from = first + .days(try RecordedData.number(row[1]))
            let name = "h" + String(repeating: "0", count: 3 - "\(number)".count) + "\(number)"
            return LabelledLeak(
                household: name,
                span: Span(from: from, to: from + .days(try RecordedData.number(row[2])))
            )
        }
        return HouseholdMeters(readings: readings, leaks: leaks)
    }

    /// How long each household was watched.
    public var watched: [String: Span] {
        var watched: [String: Span] = [:]
        for reading in readings {
            watched[reading.household, default: Span(from: reading.at, to: reading.at)].to = reading.at
        }
        return watched
    }

    /// `31/12/2016 23:59:59`
    public static func moment(dayFirst text: Substring) throws -> Moment {
        let parts = try text.split { "/ :".contains($0) }.map { try RecordedData.number($0) as Int }
        guard parts.count == 6 else {
            throw BenchmarkFailure("\"\(text)\" is not a time like 31/12/2016 23:59:59")
        }
        let day = CivilDate(year: parts[2], month: parts[1], day: parts[0])
        return Moment(seconds: day.daysSince1970 * 86_400 + Int64(parts[3] * 3600 + parts[4] * 60 + parts[5]))
    }
}
