import Foundation
import Interactions
import MQTT
import Observability
import Units

/// The settings of this run: the environment before the settings file before the standard values.
struct Settings: Sendable {
    private let values: [String: String]
    /// Where a value came from, for `vigie check --settings`.
    let sources: [String: String]

    /// The settings of this run; refuses what is no setting.
    static func load(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Settings {
        let (settings, problems) = read(environment: environment)
        guard problems.isEmpty else {
            let lines = problems + ["see vigie check --settings; nothing was started"]
            throw CommandFailure(.configuration, lines.joined(separator: "\n"))
        }
        return settings
    }

    /// The settings that can be read, and what cannot. The file is named by `VIGIE_SETTINGS`; without it there is
    /// none.
    static func read(environment: [String: String]) -> (settings: Settings, problems: [String]) {
        var problems: [String] = []
        var file: [String: String] = [:]
        let path = environment["VIGIE_SETTINGS"] ?? ""
        if !path.isEmpty {
            do {
                let text = String(decoding: try FileAccess.bytes(of: path), as: UTF8.self)
                file = parse(text, named: path, &problems)
            } catch {
                problems.append("VIGIE_SETTINGS: error: \(CommandFailure(error).text)")
            }
        }
        let known = Set(Setting.all.map(\.name)).union(["VIGIE_SETTINGS"])
        let names = Set(file.keys).union(environment.keys.filter { $0.hasPrefix("VIGIE_") })
        for stray in names.subtracting(known).sorted() {
            problems.append("\(stray): error: there is no such setting")
        }
        var values: [String: String] = [:]
        var sources: [String: String] = [:]
        for setting in Setting.all {
            if let value = environment[setting.name] {
                (values[setting.name], sources[setting.name]) = (value, "environment")
            } else if let value = file[setting.name] {
                (values[setting.name], sources[setting.name]) = (value, path)
            } else {
                (values[setting.name], sources[setting.name]) = (setting.standard, "standard")
            }
        }
        return (Settings(values: values, sources: sources), problems)
    }

    private init(values: [String: String], sources: [String: String]) {
        self.values = values
        self.sources = sources
    }

    /// `KEY=value` a line, `#` begins a comment line, quotes around a value are left out: as systemd reads it.
    private static func parse(
        _ text: String,
        named path: String,
        _ problems: inout [String]
    ) -> [String: String] {
        var values: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            guard let equals = line.firstIndex(of: "=") else {
                problems.append("\(path):\(index + 1): error: expected KEY=value")
                continue
            }
            var value = line[line.index(after: equals)...].trimmingCharacters(in: .whitespaces)
            if value.count >= 2, value.first == "\"", value.last == "\"" {
                value = String(value.dropFirst().dropLast())
            }
            values[line[..<equals].trimmingCharacters(in: .whitespaces)] = value
        }
        return values
    }

    subscript(setting: Setting) -> String { values[setting.name] ?? setting.standard }

    /// The first line of the file that a setting names; nil when it names none.
    func secret(_ setting: Setting) throws -> String? {
        let path = self[setting]
        guard !path.isEmpty else { return nil }
        let text = String(decoding: try FileAccess.bytes(of: path), as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).first, !line.isEmpty else {
            throw CommandFailure(
                .configuration,
                "\(setting.name): the file \(path) is empty; expected a secret"
            )
        }
        return String(line)
    }

    private func refuse(_ setting: Setting, _ expected: String) -> CommandFailure {
        CommandFailure(.configuration, "\(setting.name) is \"\(self[setting])\"; expected \(expected)")
    }

    var zone: CivilZone {
        get throws {
            do { return try CivilZone(named: self[.zone]) } catch {
                throw CommandFailure(.configuration, "\(Setting.zone.name): \(error)")
            }
        }
    }

    var language: Language {
        get throws {
            guard let language = Language(rawValue: self[.language]) else {
                throw refuse(.language, "fr or en")
            }
            return language
        }
    }

    var log: Log {
        get throws {
            guard let level = Log.Level(rawValue: self[.log]) else {
                throw refuse(.log, "debug, info, warning or error")
            }
            // Under systemd the journal stamps each line itself.
            let isStamped = ProcessInfo.processInfo.environment["JOURNAL_STREAM"] == nil
            return Log("vigie", least: level, time: { isStamped ? "\(SystemClock.read())" : "" })
        }
    }

    var database: String { self[.data] + "/vigie.sqlite" }

    var snapshotEvery: Duration {
        get throws {
            guard let seconds = Int(self[.snapshotEvery]), seconds > 0 else {
                throw refuse(.snapshotEvery, "a number of seconds above zero")
            }
            return .seconds(seconds)
        }
    }

    var mqtt: MQTTSettings {
        get throws {
            let settings = try mqtt(password: try secret(.passwordFile).map(Secret.init))
            guard settings.problems.isEmpty else {
                throw CommandFailure(.configuration, settings.problems.joined(separator: "\n"))
            }
            return settings
        }
    }

    /// The broker's settings with problems that they may have.
    func mqtt(password: Secret?) throws -> MQTTSettings {
        guard let url = URL(string: self[.broker]), let host = url.host,
            url.scheme == "mqtt" || url.scheme == "mqtts"
        else { throw refuse(.broker, "mqtt://host:port or mqtts://host:port") }
        let isSecure = url.scheme == "mqtts"
        var settings = MQTTSettings(
            host: host,
            port: url.port ?? (isSecure ? 8883 : 1883),
            clientID: self[.clientID]
        )
        if !self[.user].isEmpty { settings.user = self[.user] }
        settings.password = password
        if isSecure {
            settings.tls = TLSSettings(
                authority: path(.authority),
                certificate: path(.certificate),
                privateKey: path(.privateKey)
            )
        }
        return settings
    }

    private func path(_ setting: Setting) -> String? {
        self[setting].isEmpty ? nil : self[setting]
    }

    /// Address and port of our own HTTP server; nil when there is to be none.
    var http: (address: String, port: UInt16)? {
        get throws {
            guard !self[.http].isEmpty else { return nil }
            let parts = self[.http].split(separator: ":")
            guard parts.count == 2, let port = UInt16(parts[1]) else { throw refuse(.http, "address:port") }
            return (String(parts[0]), port)
        }
    }

    func names(_ setting: Setting) -> [String] {
        self[setting].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// The one place that reads the machine's clock.
enum SystemClock {
    static func read() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }
}
