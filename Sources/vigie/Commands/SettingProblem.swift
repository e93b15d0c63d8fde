import PipelineKit

/// Something wrong with a setting.
struct SettingProblem: Hashable, CustomStringConvertible {
    let kind: Problem.Kind
    let setting: String
    let text: String

    init(_ kind: Problem.Kind, _ setting: Setting, _ text: String) {
        self.kind = kind
        self.setting = setting.name
        self.text = text
    }

    /// As those of the pipelines: `VIGIE_NOTICES_TO: error: …`
    var description: String { "\(setting): \(kind.rawValue): \(text)" }
}
