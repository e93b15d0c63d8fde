import Interactions

/// One thing that an installation can set, by environment or in the settings file.
struct Setting: Sendable {
    let name: String
    let standard: String
    let meaning: String

    static let data = Setting("VIGIE_DATA", "vigie-data", "folder of the database and the file sink")
    static let zone = Setting("VIGIE_ZONE", "Europe/Paris", "time zone of the people who read the texts")
    static let language = Setting("VIGIE_LANGUAGE", "en", "language of vigie why and vigie report: fr or en")
    static let falseAlarmWords = Setting(
        "VIGIE_FALSE_ALARM_WORDS",
        "",
        "words of a cause that make a case a false alarm in vigie report, besides the usual ones"
    )
    static let log = Setting("VIGIE_LOG", "info", "least level of log lines: debug, info, warning, error")

    static let broker = Setting("VIGIE_MQTT", "mqtt://127.0.0.1:1883", "the broker; mqtts:// for TLS")
    static let clientID = Setting("VIGIE_MQTT_CLIENT_ID", "vigie", "fixed name of the broker session")
    static let user = Setting("VIGIE_MQTT_USER", "", "user name at the broker")
    static let passwordFile = Setting("VIGIE_MQTT_PASSWORD_FILE", "", "file that holds the password")
    static let authority = Setting("VIGIE_MQTT_CA", "", "file with the certificates that are trusted")
    static let certificate = Setting("VIGIE_MQTT_CERTIFICATE", "", "file with our client certificate")
    static let privateKey = Setting("VIGIE_MQTT_KEY", "", "file with the key of our client certificate")

    static let http = Setting(
        "VIGIE_HTTP",
        "127.0.0.1:9464",
        "metrics, health and inbound calls; empty: none"
    )
    static let hookTokenFile = Setting(
        "VIGIE_HOOK_TOKEN_FILE",
        "",
        "file with the word (16 bytes or more) that Kannel's calls must carry"
    )
    static let hookSecretFile = Setting(
        "VIGIE_HOOK_SECRET_FILE",
        "",
        "file with the secret (16 bytes or more) that the CRM and the gateways of calls, watches and chats sign theirs with"
    )

    static let interactions = Setting(
        "VIGIE_INTERACTIONS_TO",
        "file",
        "sinks of interactions: file, webhook, webhook2"
    )
    static let notices = Setting("VIGIE_NOTICES_TO", "file", "sinks of text messages: file, kannel, kannel2")
    static let secondTexts = Setting(
        "VIGIE_SECOND_TEXTS_TO",
        "",
        "sinks of texts whose first way brought no receipt: kannel2; empty: as other texts"
    )
    static let calls = Setting(
        "VIGIE_CALLS_TO",
        "",
        "sinks of calls that read a text aloud: webhook, webhook2; empty: texts instead"
    )
    static let chat = Setting("VIGIE_CHAT_TO", "", "sinks of cards in the team's chat; empty: texts instead")
    static let watch = Setting("VIGIE_WATCH_TO", "", "sinks of lines on a watch; empty: texts instead")
    static let tasks = Setting(
        "VIGIE_TASKS_TO",
        "",
        "sinks of tasks for advisors; empty: entries at the sinks of interactions"
    )
    static let health = Setting(
        "VIGIE_HEALTH_TO",
        "",
        "sinks that may have health data; empty: all of the above"
    )
    static let file = Setting("VIGIE_FILE", "", "file of the file sink; empty: outbox.ndjson in VIGIE_DATA")
    static let webhook = Setting("VIGIE_WEBHOOK_URL", "", "where the webhook sink posts CloudEvents")
    static let webhookSecretFile = Setting(
        "VIGIE_WEBHOOK_SECRET_FILE",
        "",
        "file with the secret (16 bytes or more) that posts are signed with"
    )
    static let webhook2 = Setting(
        "VIGIE_WEBHOOK2_URL",
        "",
        "where the sink webhook2 posts: a gateway for calls, a chat"
    )
    static let webhook2SecretFile = Setting(
        "VIGIE_WEBHOOK2_SECRET_FILE",
        "",
        "file with the secret (16 bytes or more) that posts of webhook2 are signed with"
    )
    static let kannel = Setting(
        "VIGIE_KANNEL_URL",
        "",
        "Kannel's sendsms, http://127.0.0.1:13013/cgi-bin/sendsms"
    )
    static let kannelUser = Setting("VIGIE_KANNEL_USER", "", "user name at Kannel")
    static let kannelPasswordFile = Setting("VIGIE_KANNEL_PASSWORD_FILE", "", "file with Kannel's password")
    static let kannelSender = Setting("VIGIE_KANNEL_SENDER", "", "number or short code that texts come from")
    static let kannel2 = Setting("VIGIE_KANNEL2_URL", "", "sendsms of a second Kannel, the sink kannel2")
    static let kannel2User = Setting("VIGIE_KANNEL2_USER", "", "user name at the second Kannel")
    static let kannel2PasswordFile = Setting(
        "VIGIE_KANNEL2_PASSWORD_FILE",
        "",
        "file with the second Kannel's password"
    )
    static let kannel2Sender = Setting("VIGIE_KANNEL2_SENDER", "", "number that texts of kannel2 come from")
    static let callback = Setting(
        "VIGIE_CALLBACK_URL",
        "",
        "how Kannel reaches VIGIE_HTTP, http://127.0.0.1:9464; empty: made of VIGIE_HTTP"
    )

    static let snapshotEvery = Setting(
        "VIGIE_SNAPSHOT_EVERY",
        "300",
        "seconds between snapshots of the state"
    )

    static let all: [Setting] = [
        data, zone, language, falseAlarmWords, log, broker, clientID, user, passwordFile, authority,
        certificate, privateKey, http,
        hookTokenFile, hookSecretFile, interactions, notices, secondTexts, calls, chat, watch, tasks, health,
        file, webhook, webhookSecretFile, webhook2, webhook2SecretFile, kannel, kannelUser,
        kannelPasswordFile,
        kannelSender, kannel2, kannel2User, kannel2PasswordFile, kannel2Sender, callback, snapshotEvery,
    ]

    private init(_ name: String, _ standard: String, _ meaning: String) {
        self.name = name
        self.standard = standard
        self.meaning = meaning
    }
}

extension Setting {
    /// Where notices of a channel go; that of texts is never empty.
    static let channels: [(channel: Channel, setting: Setting)] = [
        (.text, .notices), (.secondText, .secondTexts), (.voice, .calls), (.chat, .chat), (.watch, .watch),
        (.task, .tasks),
    ]
}
