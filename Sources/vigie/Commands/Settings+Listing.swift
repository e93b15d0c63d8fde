import Foundation

extension Settings {
    /// All settings with value, source and meaning, for people; without any secret.
    var listing: String {
        Setting.all.map { setting in
            let value = shown(setting)
            let source = sources[setting.name] ?? "standard"
            return
                "\(setting.name) = \(value.isEmpty ? "(empty)" : value)  [\(source)]\n    \(setting.meaning)"
        }.joined(separator: "\n")
    }

    private static let filesOfSecrets: Set = [
        Setting.passwordFile.name, Setting.privateKey.name, Setting.hookTokenFile.name,
        Setting.hookSecretFile.name, Setting.webhookSecretFile.name, Setting.webhook2SecretFile.name,
        Setting.kannelPasswordFile.name, Setting.kannel2PasswordFile.name,
    ]

    private func shown(_ setting: Setting) -> String {
        let value = self[setting]
        if value.isEmpty { return "" }
        if Self.filesOfSecrets.contains(setting.name) { return "(file \(value))" }
        guard value.contains("://") else { return value }
        // Users and paths of addresses often are secrets.
        guard let url = URL(string: value), let scheme = url.scheme, let host = url.host else {
            return "(no address)"
        }
        let path = url.path.isEmpty || url.path == "/" ? "" : "/…"
        return "\(scheme)://\(host)\(url.port.map { ":\($0)" } ?? "")\(path)"
    }
}
