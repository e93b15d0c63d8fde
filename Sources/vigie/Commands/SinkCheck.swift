import Foundation
import PipelineKit

/// Finds what would have no way out: sinks that are unknown or lack their address, things that go nowhere, health
/// data that no sink may have.
struct SinkCheck {
    /// What goes out by settings; commands to devices always go to the broker.
    private enum Goods: String {
        case interactions
        case texts = "text messages"
        case calls = "calls, cards and tasks"
    }

    private struct SinkKind {
        let name: String
        let carries: [Goods]
        let needs: [Setting]
    }

    private static let kinds = [
        SinkKind(name: "file", carries: [.interactions, .texts, .calls], needs: []),
        SinkKind(name: "webhook", carries: [.interactions, .calls], needs: [.webhook]),
        SinkKind(name: "webhook2", carries: [.interactions, .calls], needs: [.webhook2]),
        SinkKind(
            name: "kannel",
            carries: [.texts],
            needs: [.kannel, .kannelUser, .kannelPasswordFile, .kannelSender]
        ),
        SinkKind(
            name: "kannel2",
            carries: [.texts],
            needs: [.kannel2, .kannel2User, .kannel2PasswordFile, .kannel2Sender]
        ),
    ]

    /// What must go somewhere; other channels become texts.
    private static let required: Set<String> = [Setting.interactions.name, Setting.notices.name]

    /// Everything that says where something goes.
    private static let routes = [Setting.interactions] + Setting.channels.map(\.setting)

    /// The names of the sinks that there are.
    static var known: [String] { kinds.map(\.name) }

    private(set) var problems: [SettingProblem] = []
    private let settings: Settings

    init(_ settings: Settings, for pipelines: PipelineSet) {
        self.settings = settings
        check(.interactions, .interactions)
        for (channel, setting) in Setting.channels {
            check(setting, channel == .text || channel == .secondText ? .texts : .calls)
        }
        checkNeeds()
        checkHealth(pipelines)
    }

    private mutating func error(_ setting: Setting, _ text: String) {
        problems.append(SettingProblem(.error, setting, text))
    }

    private mutating func check(_ setting: Setting, _ goods: Goods) {
        let names = settings.names(setting)
        let able = Self.kinds.filter { $0.carries.contains(goods) }.map(\.name).joined(separator: ", ")
        if names.isEmpty, Self.required.contains(setting.name) {
            error(setting, "is empty, nobody would get \(goods.rawValue); known: \(able)")
        }
        for name in Set(names).sorted() {
            if names.count(where: { $0 == name }) > 1 { error(setting, "\"\(name)\" stands there twice") }
            guard let kind = Self.kinds.first(where: { $0.name == name }) else {
                error(setting, "\"\(name)\" is no sink; known: \(able)")
                continue
            }
            if !kind.carries.contains(goods) {
                error(setting, "\"\(name)\" cannot carry \(goods.rawValue); known: \(able)")
            }
        }
    }

    private mutating func checkNeeds() {
        let used = Set(Self.routes.flatMap(settings.names))
        for kind in Self.kinds where used.contains(kind.name) {
            for setting in kind.needs where settings[setting].isEmpty {
                error(setting, "is empty, and the sink \"\(kind.name)\" needs it")
            }
        }
        for setting in [Setting.webhook, .webhook2, .kannel, .kannel2, .callback]
        where !settings[setting].isEmpty {
            let url = URL(string: settings[setting])
            if url?.host == nil || (url?.scheme != "http" && url?.scheme != "https") {
                // Without the value: addresses of hooks often hold a secret.
                error(setting, "is no address; expected http://host/… or https://host/…")
            }
        }
        guard !used.isDisjoint(with: ["kannel", "kannel2"]) else { return }
        for setting in [Setting.http, .hookTokenFile] where settings[setting].isEmpty {
            problems.append(
                SettingProblem(.warning, setting, "is empty: Kannel's receipts and people's answers are lost")
            )
        }
    }

    private mutating func checkHealth(_ pipelines: PipelineSet) {
        let allowed = settings.names(.health)
        guard !allowed.isEmpty else { return }
        let used = Set(Self.routes.flatMap(settings.names))
        for name in allowed where !used.contains(name) {
            error(.health, "\"\(name)\" is not among the sinks that anything goes to")
        }
        let careful = pipelines.pipelines.filter { $0.plan.privacy == .health }.map { "\"\($0.name)\"" }
        guard !careful.isEmpty else { return }
        let words = careful.joined(separator: ", ")
        for route in Self.routes {
            let sinks = settings.names(route)
            let barred = sinks.filter { !allowed.contains($0) }
            guard !barred.isEmpty else { continue }
            let list = barred.joined(separator: ", ")
            if barred.count == sinks.count, Self.required.contains(route.name) {
                error(.health, "nobody would get the health data of \(words): \(route.name) has only \(list)")
            } else {
                problems.append(
                    SettingProblem(
                        .warning,
                        .health,
                        "\(list) of \(route.name) does not get the health data of \(words)"
                    )
                )
            }
        }
    }
}
