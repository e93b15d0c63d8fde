import Foundation
import Measuring
import Units

/// What a household used, reading by reading, from any of the formats that are known.
struct HourlyUse {
    struct Step {
        var from: Double
        var to: Double
        /// Less than nothing where the file says so.
        var litres: Double
        var isAtHome: Bool?
        /// Whether the file calls it anomalous; nil where it has no labels.
        var label: Bool?
    }

    let household: String
    var steps: [Step]

    /// The households of a file; nil when its format is none of those known.
    static func read(_ file: URL) throws -> [HourlyUse]? {
        let data = RecordedData(folder: file.deletingLastPathComponent())
        let name = file.lastPathComponent
        if name.hasSuffix(".json") { return try scenario(data.text(name)) }
        guard name.hasSuffix(".csv") || name.hasSuffix(".csv.gz") else { return nil }
        let head = try data.head(name)
        if head.first == "time_local" { return try hourlyLitres(data.rows(name), head: head) }
        guard head.count >= 3, head[0].hasPrefix("user"), head[1].hasPrefix("datetime"),
            head[2].hasPrefix("meter")
        else { return nil }
        return try cumulative(data.rows(name))
    }

    /// Counters, under `user,datetime_dmy,meter_litres` or `user.key,datetime,meter.reading`.
    private static func cumulative(_ rows: [[Substring]]) throws -> [HourlyUse] {
        try Dictionary(grouping: rows, by: { $0[0] }).sorted { $0.key < $1.key }.map { user, rows in
            let readings = try rows.map { row in
                MeterSeries.Reading(
                    at: Double(try HouseholdMeters.moment(dayFirst: row[1]).microseconds) / 1e6,
                    total: try RecordedData.number(row[2])
                )
            }.sorted { $0.at < $1.at }
            let steps = zip(readings, readings.dropFirst()).map { before, after in
                Step(from: before.at, to: after.at, litres: after.total - before.total)
            }
            return HourlyUse(household: String(user), steps: steps)
        }
    }

    /// `time_local,` and a column for each household.
    private static func hourlyLitres(_ rows: [[Substring]], head: [Substring]) throws -> [HourlyUse] {
        var homes = head.dropFirst().map { HourlyUse(household: String($0), steps: []) }
        for row in rows {
            guard let hour = Moment(iso8601: "\(row[0]):00Z") else {
                throw BenchmarkFailure("a file of hourly litres has the time \"\(row[0])\"")
            }
            let from = Double(hour.microseconds) / 1e6
            for (index, cell) in row.dropFirst().enumerated() where !cell.isEmpty && index < homes.count {
                homes[index].steps.append(
                    Step(from: from, to: from + 3600, litres: try RecordedData.number(cell))
                )
            }
        }
        return homes
    }

    private struct Record: Decodable {
        let userId: Int
        let time: String
        let consume: Double
        let isAtHome: String?
        let isAnomalous: Int?
    }

    /// A list of `{"userId", "time", "consume", "isAtHome", "isAnomalous"}`, an hour each.
    private static func scenario(_ text: String) throws -> [HourlyUse]? {
        let records: [Record]
        do {
            records = try JSONDecoder().decode([Record].self, from: Data(text.utf8))
        } catch is DecodingError {
            // JSON of another kind, such as the labels of other series.
            return nil
        }
        return try Dictionary(grouping: records, by: \.userId).sorted { $0.key < $1.key }.map {
            user,
            records in
            let steps = try records.map { record in
                let time = record.time.replacingOccurrences(of: " ", with: "T")
                guard let hour = Moment(iso8601: time + "Z") else {
                    throw BenchmarkFailure("a scenario has the time \"\(record.time)\"")
                }
                let from = Double(hour.microseconds) / 1e6
                return Step(
                    from: from,
                    to: from + 3600,
                    litres: record.consume,
                    isAtHome: record.isAtHome == "Y" ? true : record.isAtHome == "N" ? false : nil,
                    label: record.isAnomalous.map { $0 == 1 }
                )
            }.sorted { $0.from < $1.from }
            return HourlyUse(household: "user \(user)", steps: steps)
        }
    }
}
