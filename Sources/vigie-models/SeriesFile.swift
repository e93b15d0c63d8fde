import Foundation
import Measuring
import Units

/// A series in a CSV file with a time in its first column and a value in its second, times taken as local.
struct SeriesFile {
    let group: String
    let name: String
    let stamps: [Substring]
    let times: [Double]
    let values: [Double]

    /// All series below the folders that hold any, in the order of their names.
    static func all(in data: RecordedData) throws -> [SeriesFile] {
        var series: [SeriesFile] = []
        let folders = ["local-only/nab/data", "redistributable/electricity", "electricity"]
        for folder in folders where data.exists(folder) {
            let files = FileManager.default.enumerator(
                atPath: data.folder.appendingPathComponent(folder).path
            )
            let paths = (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".csv") }
            for path in paths.sorted() { series.append(try SeriesFile("\(folder)/\(path)", in: data)) }
        }
        return series
    }

    private init(_ path: String, in data: RecordedData) throws {
        let url = URL(fileURLWithPath: path)
        name = url.lastPathComponent
        group = url.deletingLastPathComponent().lastPathComponent
        let rows = try data.rows(path)
        stamps = rows.map { $0[0] }
        times = try rows.map { try Self.seconds($0[0]) }
        values = try rows.map { try RecordedData.number($0[1]) }
    }

    /// `2014-07-01 00:30:00` or `11/25/2011 01:00:00`
    private static func seconds(_ text: Substring) throws -> Double {
        let parts = try text.split { "-/ :.".contains($0) }.map { try RecordedData.number($0) as Int }
        guard parts.count >= 6 else { throw BenchmarkFailure("\"\(text)\" is not a time") }
        let isYearFirst = parts[0] > 31
        let day = CivilDate(
            year: isYearFirst ? parts[0] : parts[2],
            month: isYearFirst ? parts[1] : parts[0],
            day: isYearFirst ? parts[2] : parts[1]
        )
        return Double(day.daysSince1970 * 86_400 + Int64(parts[3] * 3600 + parts[4] * 60 + parts[5]))
    }
}
