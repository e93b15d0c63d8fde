import Foundation
import Interactions
import MQTT
import PipelineKit
import Store

/// Finds everything that is wrong with the settings, without starting anything.
struct SettingsCheck {
    private let settings: Settings
    private(set) var problems: [SettingProblem] = []

    /// - Parameter pipelines: what they tell of somebody's health must have a way out.
    init(_ settings: Settings, for pipelines: PipelineSet) {
        self.settings = settings
        checkValues()
        checkSecrets()
        checkBroker()
        problems += SinkCheck(settings, for: pipelines).problems
        checkDatabase()
    }

    private mutating func error(_ setting: Setting, _ text: String) {
        problems.append(SettingProblem(.error, setting, text))
    }

    private mutating func warning(_ setting: Setting, _ text: String) {
        problems.append(SettingProblem(.warning, setting, text))
    }

    /// Whatever reading a value throws becomes its problem.
    private mutating func require(_ setting: Setting, _ read: () throws -> Void) {
        do {
            try read()
        } catch {
            var words = CommandFailure(error).text[...]
            // The problem begins with the setting's name already.
            for prefix in [setting.name, ":", " "] where words.hasPrefix(prefix) {
                words = words.dropFirst(prefix.count)
            }
            self.error(setting, String(words))
        }
    }

    private mutating func checkValues() {
        let settings = settings
        require(.zone) { _ = try settings.zone }
        require(.language) { _ = try settings.language }
        require(.log) { _ = try settings.log }
        require(.http) { _ = try settings.http }
        require(.snapshotEvery) { _ = try settings.snapshotEvery }
    }

    /// Secrets that stand for themselves need 16 bytes: shorter ones can be tried out.
    private mutating func checkSecrets() {
        let settings = settings
        for setting in [Setting.passwordFile, .kannelPasswordFile, .kannel2PasswordFile] {
            require(setting) { _ = try settings.secret(setting) }
        }
        for setting in [Setting.hookTokenFile, .hookSecretFile, .webhookSecretFile, .webhook2SecretFile] {
            require(setting) {
                guard let secret = try settings.secret(setting), secret.utf8.count < 16 else { return }
                throw CommandFailure(
                    .configuration,
                    "the secret in \(settings[setting]) has \(secret.utf8.count) bytes; expected 16 or more"
                )
            }
        }
    }

    private mutating func checkBroker() {
        let settings = settings
        require(.broker) {
            guard URL(string: settings[.broker])?.user == nil else {
                throw CommandFailure(
                    .configuration,
                    "names a user; expected \(Setting.user.name) and \(Setting.passwordFile.name) instead"
                )
            }
            // Whether the file of the password can be read is a problem of its own.
            let hasPassword = !settings[.passwordFile].isEmpty
            let problems = try settings.mqtt(password: hasPassword ? Secret("unread") : nil).problems
            guard problems.isEmpty else {
                throw CommandFailure(.configuration, problems.joined(separator: "; "))
            }
        }
        let isSecure = settings[.broker].hasPrefix("mqtts:")
        for setting in [Setting.authority, .certificate, .privateKey] where !settings[setting].isEmpty {
            if !isSecure {
                warning(setting, "is not used, for \(Setting.broker.name) is not mqtts://…")
            } else if !FileManager.default.isReadableFile(atPath: settings[setting]) {
                error(setting, "the file \(settings[setting]) cannot be read")
            }
        }
    }

    /// A database is not needed; one that this Vigie cannot work with is a problem.
    private mutating func checkDatabase() {
        guard FileManager.default.fileExists(atPath: settings.database) else { return }
        do throws(StoreError) {
            _ = try Store(path: settings.database, access: .readOnly)
        } catch {
            switch error {
            case .newer, .foreign, .corrupt: self.error(.data, "\(error)")
            default: warning(.data, "\(error)")
            }
        }
    }
}
