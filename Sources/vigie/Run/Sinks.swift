import Delivery
import Interactions
import Store
import Units

/// The sinks that the settings name, and what goes to which.
struct Sinks {
    let sinks: [any Sink]
    let routes: Routes
    /// What gateways have and have not passed on, by the name of their sink.
    let windows: [String: SendWindow]

    /// Those that find a repetition by its id.
    private static let recognising: Set<String> = ["file", "webhook", "webhook2"]

    /// Those that tell of each text what became of it.
    static let gateways: Set<String> = ["kannel", "kannel2"]

    init(_ settings: Settings) throws {
        let transport = HTTPClient()
        var routes = Routes(
            interactions: settings.names(.interactions),
            notices: settings.names(.notices),
            commands: ["mqtt"],
            recognising: Self.recognising
        )
        for (channel, setting) in Setting.channels where channel != .text {
            routes.channels[channel] = settings.names(setting)
        }
        let health = settings.names(.health)
        if !health.isEmpty { routes.health = Set(health) }
        self.routes = routes
        var sinks: [any Sink] = [CommandSink(try settings.mqtt)]
        let used = routes.interactions + routes.notices + routes.channels.values.flatMap(\.self)
        // Without receipts nobody would say what has been passed on.
        let hasReceipts = !settings[.http].isEmpty && !settings[.hookTokenFile].isEmpty
        var windows: [String: SendWindow] = [:]
        for name in Set(used).sorted() {
            if hasReceipts, Self.gateways.contains(name) { windows[name] = SendWindow() }
            sinks.append(try Self.sink(name, settings, transport, windows[name]))
        }
        self.sinks = sinks
        self.windows = windows
    }

    private static func sink(
        _ name: String,
        _ settings: Settings,
        _ transport: HTTPClient,
        _ window: SendWindow?
    ) throws -> any Sink {
        switch name {
        case "file":
            let path = settings[.file].isEmpty ? settings[.data] + "/outbox.ndjson" : settings[.file]
            return FileSink(name: name, path: path)
        case "webhook":
            return try webhook(name, .webhook, .webhookSecretFile, settings, transport)
        case "webhook2":
            return try webhook(name, .webhook2, .webhook2SecretFile, settings, transport)
        case "kannel":
            let access = (.kannelUser, .kannelPasswordFile, .kannelSender) as KannelAccess
            return try kannel(name, .kannel, access, settings, transport, window)
        case "kannel2":
            let access = (.kannel2User, .kannel2PasswordFile, .kannel2Sender) as KannelAccess
            return try kannel(name, .kannel2, access, settings, transport, window)
        default:
            throw CommandFailure(
                .configuration,
                "there is no sink \"\(name)\"; known: \(SinkCheck.known.joined(separator: ", "))"
            )
        }
    }

    private static func webhook(
        _ name: String,
        _ url: Setting,
        _ secretFile: Setting,
        _ settings: Settings,
        _ transport: HTTPClient
    ) throws -> WebhookSink {
        let secret = try settings.secret(secretFile)
        let signature = secret.flatMap { RequestSignature(secret: [UInt8]($0.utf8)) }
        if secret != nil, signature == nil {
            throw CommandFailure(.configuration, "\(secretFile.name): a secret has 16 bytes or more")
        }
        return WebhookSink(
            name: name,
            url: try required(url, for: name, settings),
            signature: signature,
            transport: transport
        )
    }

    private typealias KannelAccess = (user: Setting, passwordFile: Setting, sender: Setting)

    private static func kannel(
        _ name: String,
        _ url: Setting,
        _ access: KannelAccess,
        _ settings: Settings,
        _ transport: HTTPClient,
        _ window: SendWindow?
    ) throws -> KannelSink {
        KannelSink(
            name: name,
            settings: KannelSink.Settings(
                url: try required(url, for: name, settings),
                user: settings[access.user],
                password: try settings.secret(access.passwordFile) ?? "",
                sender: try required(access.sender, for: name, settings),
                receipts: settings.callback + "/kannel/dlr",
                receiptToken: try settings.secret(.hookTokenFile) ?? "",
                window: window
            ),
            transport: transport
        )
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
