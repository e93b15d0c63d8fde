import Foundation
import Measuring
import RecordedFrames
import Telemetry
import Units

/// What became of recorded payloads, by family.
struct PayloadTable {
    private struct Row {
        var all = 0
        var right = 0
        var partly = 0
        var refused: [String: Int] = [:]
    }

    private var rows: [String: Row] = [:]
    private var order: [String] = []

    private mutating func add(_ family: String, _ change: (inout Row) -> Void) {
        if rows[family] == nil { order.append(family) }
        rows[family, default: Row()].all += 1
        change(&rows[family, default: Row()])
    }

    /// A LoRaWAN frame, beside what the maker's decoder says of it.
    mutating func add(_ frame: RecordedFrame) {
        add("LoRaWAN \(frame.vendor)") { row in
            switch FrameOutcome(frame) {
            case .right: row.right += 1
            case .partly: row.partly += 1
            case .refused(let problem): row.refused[problem.reason, default: 0] += 1
            }
        }
    }

    /// Messages without expected values: right when they are read.
    mutating func addMessages(
        of family: String,
        _ file: URL,
        _ place: (_ message: [String: Any]) -> (topic: String, message: Any)
    ) throws {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let message = record?["message"] as? [String: Any] else {
                throw BenchmarkFailure("\(file.path) has a line without a \"message\"")
            }
            let (topic, content) = place(message)
            let payload = [UInt8](try JSONSerialization.data(withJSONObject: content))
            // Decoders of their own: the recordings repeat frame counters.
            var finder = FormatFinder()
            let (outcome, _) = Self.read(&finder, topic, payload)
            add(family) { row in
                if let problem = outcome.problem {
                    row.refused[problem.reason, default: 0] += 1
                } else {
                    row.right += 1
                }
            }
        }
    }

    /// The examples of RFC 8428, beside the resolved forms of the standard.
    mutating func addSenML(_ folder: URL) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        for name in names where name.hasSuffix(".resolved.json") {
            let stem = name.dropLast(".resolved.json".count)
            let resolved = try JSONDecoder().decode(
                [ResolvedSenML].self,
                from: Data(contentsOf: folder.appendingPathComponent(name))
            )
            for kind in ["json", "cbor"] where names.contains("\(stem).\(kind)") {
                let payload = [UInt8](try Data(contentsOf: folder.appendingPathComponent("\(stem).\(kind)")))
                addSenML(payload, kind, resolved)
            }
        }
    }

    private mutating func addSenML(_ payload: [UInt8], _ kind: String, _ expected: [ResolvedSenML]) {
        var finder = FormatFinder(only: MessageFormat.named("senml+\(kind)"))
        let (outcome, readings) = Self.read(&finder, "senml", payload)
        add("SenML \(kind.uppercased())") { row in
            if let problem = outcome.problem {
                row.refused[problem.reason, default: 0] += 1
            } else if ResolvedSenML.isSame(expected, readings) {
                row.right += 1
            } else {
                row.partly += 1
            }
        }
    }

    /// Sparkplug's vectors: in their order, right when a birth and its data say as many metrics as they have.
    mutating func addSparkplug(_ file: URL) throws {
        struct Vectors: Decodable {
            struct Vector: Decodable {
                var name: String
                var base64: Data
                var type: String
                var metrics: Int

                enum CodingKeys: String, CodingKey {
                    case name, base64, type
                    case metrics = "metric_count"
                }
            }
            var vectors: [Vector]
        }
        var finder = FormatFinder()
        for vector in try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file)).vectors {
            // What comes before a birth has a node of its own.
            let node = vector.name.contains("BEFORE_BIRTH") ? "unborn" : "n"
            let topic = "spBv1.0/g/\(vector.type)/\(node)"
            let (outcome, readings) = Self.read(&finder, topic, [UInt8](vector.base64))
            let metrics = readings.items.filter { readings.text($0.name) != "online" }.count
            add("Sparkplug B") { row in
                switch outcome.problem {
                case .missedBefore? where node == "unborn": row.right += 1
                case let problem?: row.refused[problem.reason, default: 0] += 1
                case nil where metrics == vector.metrics: row.right += 1
                case nil: row.partly += 1
                }
            }
        }
    }

    private static func read(
        _ finder: inout FormatFinder,
        _ topic: String,
        _ payload: [UInt8]
    ) -> (FormatFinder.Outcome, DecodedReadings) {
        var readings = DecodedReadings()
        let outcome = [UInt8](topic.utf8).withUnsafeBytes { topic in
            payload.withUnsafeBytes { payload in
                let message = MessageView(
                    topic: topic,
                    payload: payload,
                    arrivedAt: Moment(seconds: 1_767_598_262)
                )
                return finder.read(message, into: &readings)
            }
        }
        return (outcome, readings)
    }

    /// The table for people, and the figures of all LoRaWAN frames and of everything.
    func report() {
        say("family | payloads | right | partly | refused")
        for family in order {
            guard let row = rows[family] else { continue }
            let refused = row.refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
            say("\(family) | \(row.all) | \(row.right) | \(row.partly) | \(refused.joined(separator: ", "))")
        }
        let frames = rows.filter { $0.key.hasPrefix("LoRaWAN") }.map(\.value)
        Self.report("LoRaWAN frames", frames)
        Self.report("payloads", Array(rows.values))
    }

    private static func report(_ name: String, _ rows: [Row]) {
        let all = rows.reduce(0) { $0 + $1.all }
        let right = rows.reduce(0) { $0 + $1.right }
        let partly = rows.reduce(0) { $0 + $1.partly }
        Figure(name: "\(name) decoded", value: Double(right), unit: "of \(all)").report()
        Figure(name: "\(name) decoded partly", value: Double(partly), unit: "of \(all)", goal: .atMost(0))
            .report()
        Figure(name: "\(name) refused", value: Double(all - right - partly), unit: "of \(all)").report()
    }
}

/// One record of a resolved SenML pack.
private struct ResolvedSenML: Decodable {
    var n: String
    var u: String?
    var t: Double
    var v: Double?
    var vs: String?
    var vb: Bool?

    /// What the generator of the resolved files took for now, where it stands in them.
    private static let now: Set<Double> = [1_498_780_179, 1_499_109_309]

    /// Whether every record is among the readings in its order. Data values were left out of the resolved files.
    static func isSame(_ records: [ResolvedSenML], _ readings: DecodedReadings) -> Bool {
        var rest = records[...]
        for item in readings.items {
            guard let record = rest.first else { break }
            if record.isSame(item, readings) { rest.removeFirst() }
        }
        return rest.isEmpty && readings.items.count - records.count <= 1
    }

    private func isSame(_ item: DecodedReadings.Item, _ readings: DecodedReadings) -> Bool {
        guard readings.text(item.name) == n, readings.text(item.unit) == u ?? "" else { return false }
        let isAtTime =
            Self.now.contains(t)
            ? item.clock == .arrival : item.at == Moment(microseconds: Int64((t * 1e6).rounded()))
        switch item.kind {
        case .number: return isAtTime && item.number == v
        case .flag: return isAtTime && (item.number == 1) == vb
        case .text: return isAtTime && readings.text(item.text) == vs
        }
    }
}
