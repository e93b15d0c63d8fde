import Delivery
import Interactions
import Store
import Units

/// The sinks that the settings name, and what goes to which.
struct Sinks {
    let sinks: [any Sink]
    let routes: Routes

    /// Those that find a repetition by its id: what was under way in a crash is given to them again.
    static let recognising: Set<String> = ["file", "webhook"]

    init(_ settings: Settings) throws {
        let transport = HTTPClient()
        var routes = Routes(
            interactions: settings.names(.interactions),
            notices: settings.names(.notices),
            commands: ["mqtt"]
        )
        let health = settings.names(.health)
        if !health.isEmpty { routes.health = Set(health) }
        self.routes = routes
        var sinks: [any Sink] = [CommandSink(try settings.mqtt)]
        for name in Set(routes.interactions + routes.notices).sorted() {
            sinks.append(try Self.sink(name, settings, transport))
        }
        self.sinks = sinks
    }

    private static func sink(_ name: String, _ settings: Settings, _ transport: HTTPClient) throws -> any Sink
    {
        switch name {
        case "file":
            let path = settings[.file].isEmpty ? settings[.data] + "/outbox.ndjson" : settings[.file]
            return FileSink(name: name, path: path)
        case "webhook":
            let url = try required(.webhook, for: name, settings)
            let secret = try settings.secret(.webhookSecretFile)
            let signature = secret.flatMap { RequestSignature(secret: [UInt8]($0.utf8)) }
            if secret != nil, signature == nil {
                throw CommandFailure(
                    .configuration,
                    "\(Setting.webhookSecretFile.name): a secret has 16 bytes or more"
                )
            }
            return WebhookSink(name: name, url: url, signature: signature, transport: transport)
        case "kannel":
            let token = try settings.secret(.hookTokenFile) ?? ""
            return KannelSink(
                name: name,
                settings: KannelSink.Settings(
                    url: try required(.kannel, for: name, settings),
                    user: settings[.kannelUser],
                    password: try settings.secret(.kannelPasswordFile) ?? "",
                    sender: try required(.kannelSender, for: name, settings),
                    receipts: settings.callback + "/kannel/dlr",
                    receiptToken: token
                ),
                transport: transport
            )
        default:
            throw CommandFailure(
                .configuration,
                "there is no sink \"\(name)\"; known: \(SinkCheck.known.joined(separator: ", "))"
            )
        }
    }

    private static func required(_ setting: Setting, for sink: String, _ settings: Settings) throws -> String
    {
        guard !settings[setting].isEmpty else {
            throw CommandFailure(.configuration, "the sink \(sink) needs \(setting.name): \(setting.meaning)")
        }
        return settings[setting]
    }
}

extension Settings {
    /// How our own HTTP server is reached from Kannel.
    var callback: String {
        self[.callback].isEmpty ? "http://" + self[.http] : self[.callback]
    }
}
