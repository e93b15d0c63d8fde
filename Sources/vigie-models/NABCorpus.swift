import Foundation
import Measuring
import Units

/// Series in the layout of the Numenta Anomaly Benchmark: `data/GROUP/NAME.csv` with `timestamp,value` and
/// `labels/combined_windows.json`. Also the flat layout of the part that may be passed on: `NAME.csv.gz` beside the
/// windows.
struct NABCorpus {
    struct Series {
        /// `GROUP/NAME.csv`
        let name: String
        let stamps: [Substring]
        /// In seconds since 1970, the stamps taken as UTC.
        let times: [Double]
        let values: [Double]
        /// Which values belong to an anomaly, in the order of time.
        let windows: [ClosedRange<Int>]

        var group: String { String(name.prefix { $0 != "/" }) }
    }

    let folder: URL
    let series: [Series]

    /// The corpus in or below the folder of `--data`: nil with a word about it when there is none.
    static func find(_ options: Options) throws -> NABCorpus? {
        let data = RecordedData(options)
        for path in ["local-only/nab", "nab", "", "redistributable/nab"] {
            let folder = path.isEmpty ? "" : path + "/"
            for labels in ["\(folder)labels/combined_windows.json", "\(folder)combined_windows.json"]
            where data.exists(labels) {
                return try NABCorpus(data, folder, labels)
            }
        }
        say("no series with labels/combined_windows.json in \(data.folder.path): left out")
        return nil
    }

    private init(_ data: RecordedData, _ folder: String, _ labels: String) throws {
        let json = try Data(contentsOf: data.folder.appendingPathComponent(labels))
        let windows = try JSONDecoder().decode([String: [[String]]].self, from: json)
        self.folder = data.folder.appendingPathComponent(folder)
        series = try windows.keys.sorted().compactMap { name in
            let flat = name.split(separator: "/").last.map(String.init) ?? name
            let paths = ["\(folder)data/\(name)", "\(folder)\(flat)", "\(folder)\(flat).gz"]
            guard let path = paths.first(where: data.exists) else { return nil }
            return try Self.read(name, data.rows(path), windows[name] ?? [])
        }
        if series.count < windows.count {
            say("\(series.count) of the \(windows.count) labelled series are there")
        }
    }

    private static func read(_ name: String, _ rows: [[Substring]], _ spans: [[String]]) throws -> Series {
        let stamps = rows.map { $0[0].prefix(19) }
        var index: [Substring: Int] = [:]
        for (position, stamp) in stamps.enumerated() where index[stamp] == nil { index[stamp] = position }
        let windows = try spans.map { span in
            guard span.count == 2, let first = index[span[0].prefix(19)],
                let last = index[span[1].prefix(19)],
                first <= last
            else { throw BenchmarkFailure("\(name) has no readings at the ends of the window \(span)") }
            return first...last
        }
        return Series(
            name: name,
            stamps: stamps,
            times: try stamps.map(seconds),
            values: try rows.map { row in
                guard row.count > 1 else {
                    throw BenchmarkFailure("\(name) has a row without a value: \(row)")
                }
                return try RecordedData.number(row[1])
            },
            windows: windows
        )
    }

    /// `2014-02-14 14:30:00`
    private static func seconds(_ stamp: Substring) throws -> Double {
        guard stamp.count == 19, let moment = Moment(iso8601: "\(stamp.prefix(10))T\(stamp.suffix(8))Z")
        else {
            throw BenchmarkFailure("\"\(stamp)\" is not a time like 2014-02-14 14:30:00")
        }
        return Double(moment.microseconds) / 1e6
    }

    /// Writes what a detector said of each series as the benchmark's own scorer reads it:
    /// `OUTPUT/GROUP/DETECTOR_NAME.csv`.
    func write(_ alarms: [[NABScore.Alarm]], detector: String, to output: URL) throws {
        for (series, alarms) in zip(series, alarms) {
            var scores = [Double](repeating: 0, count: series.values.count)
            for alarm in alarms { scores[alarm.index] = alarm.score }
            var isAnomalous = [Bool](repeating: false, count: scores.count)
            for window in series.windows { for index in window { isAnomalous[index] = true } }
            var text = "timestamp,value,anomaly_score,label\n"
            for index in scores.indices {
                let label = isAnomalous[index] ? 1 : 0
                text += "\(series.stamps[index]),\(series.values[index]),\(scores[index]),\(label)\n"
            }
            let folder = output.appendingPathComponent(series.group)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let name = series.name.split(separator: "/").last ?? ""
            try text.write(
                to: folder.appendingPathComponent("\(detector)_\(name)"),
                atomically: true,
                encoding: .utf8
            )
        }
    }
}
