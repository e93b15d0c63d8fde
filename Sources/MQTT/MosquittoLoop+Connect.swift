internal import CMosquitto
import Glibc
import Units

extension MosquittoLoop {
    /// Starts a connection. It stands when `inbox.connack` says so; until then `read()` and `write()` carry it.
    func connect(_ configuration: Configuration) -> MQTTError.Cause? {
        let settings = configuration.settings
        listenForComplaints(true)
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if configuration.version == .v5, configuration.keepsSession {
            mosquitto_property_add_int32(
                &properties,
                Int32(MQTT_PROP_SESSION_EXPIRY_INTERVAL.rawValue),
                UInt32(clamping: settings.sessionExpiry.components.seconds)
            )
        }
        let code = mosquitto_connect_bind_v5(
            handle,
            settings.host,
            Int32(settings.port),
            Int32(clamping: settings.keepAlive.components.seconds),
            nil,
            properties
        )
        return failure(code).map { cause(of: $0, connected: false) }
    }

    /// What a failure of a call means for the session.
    func cause(of failure: LoopFailure, connected: Bool) -> MQTTError.Cause {
        if let dismissal = inbox.dismissal { return .dismissed(dismissal) }
        switch failure.code {
        case MOSQ_ERR_TLS.rawValue, MOSQ_ERR_TLS_HANDSHAKE.rawValue, MOSQ_ERR_OCSP.rawValue:
            return .insecure(inbox.complaint ?? failure.text)
        case MOSQ_ERR_INVAL.rawValue, MOSQ_ERR_NOT_SUPPORTED.rawValue:
            return .unusable("libmosquitto refuses the settings: \(inbox.complaint ?? failure.text)")
        case MOSQ_ERR_KEEPALIVE.rawValue:
            return .lost("a ping was not answered within the keep-alive")
        case MOSQ_ERR_MALFORMED_UTF8.rawValue, MOSQ_ERR_MALFORMED_PACKET.rawValue,
            MOSQ_ERR_PROTOCOL.rawValue:
            return .lost("it sent something that is not MQTT (\(failure.text))")
        default:
            guard !connected else { return .lost(failure.text) }
            return .unreachable(inbox.complaint ?? failure.text)
        }
    }

    /// libmosquitto formats a line for every message once somebody listens, so only while connecting.
    func listenForComplaints(_ on: Bool) {
        guard on else {
            mosquitto_log_callback_set(handle, nil)
            return
        }
        inbox.complaint = nil
        mosquitto_log_callback_set(handle) { _, owner, level, text in
            guard level & MOSQ_LOG_ERR != 0, let owner, let text else { return }
            let loop = Unmanaged<MosquittoLoop>.fromOpaque(owner).takeUnretainedValue()
            loop.inbox.complaint = String(cString: text)
        }
    }

    func configure(_ configuration: Configuration) throws(MQTTError) {
        let settings = configuration.settings
        let version = configuration.version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
        try check(mosquitto_threaded_set(handle, true), "threads", settings)
        try check(mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, version), "protocol", settings)
        try check(mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1), "no delay", settings)
        let sendMaximum = Int32(configuration.sendMaximum)
        try check(mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, sendMaximum), "send maximum", settings)
        if configuration.version == .v5 {
            let maximum = Int32(clamping: settings.receiveMaximum)
            try check(
                mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, maximum),
                "receive maximum",
                settings
            )
        }
        if let user = settings.user {
            try check(
                mosquitto_username_pw_set(handle, user, settings.password?.clear),
                "user name",
                settings
            )
        }
        if let will = configuration.lastWill {
            let length = Int32(will.payload.utf8.count)
            try check(mosquitto_will_set(handle, will.topic, length, will.payload, 1, true), "will", settings)
        }
        if let tls = settings.tls { try configure(tls, settings) }
    }

    private func configure(_ tls: TLSSettings, _ settings: MQTTSettings) throws(MQTTError) {
        for file in [tls.authority, tls.certificate, tls.privateKey].compactMap(\.self)
        where access(file, R_OK) != 0 {
            throw unusable("\(file): \(Self.text(ofErrno: errno))", settings)
        }
        guard (tls.certificate == nil) == (tls.privateKey == nil) else {
            throw unusable("a client certificate and its private key are needed together", settings)
        }
        if tls.authority == nil {
            try check(mosquitto_int_option(handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1), "CA", settings)
        }
        // An empty answer instead of OpenSSL's question on the terminal when a key has a passphrase.
        let noPassphrase:
            @convention(c) (UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?) ->
                Int32 = { _, _, _, _ in 0 }
        // Without a CA file libmosquitto wants a folder; the system's own is then used besides it.
        let folder = tls.authority == nil ? "/etc/ssl/certs" : nil
        try check(
            mosquitto_tls_set(handle, tls.authority, folder, tls.certificate, tls.privateKey, noPassphrase),
            "TLS files",
            settings
        )
    }

    private func check(_ code: Int32, _ what: String, _ settings: MQTTSettings) throws(MQTTError) {
        guard let failure = failure(code) else { return }
        throw unusable("\(what): \(failure.text)", settings)
    }

    private func unusable(_ text: String, _ settings: MQTTSettings) -> MQTTError {
        MQTTError(broker: settings.broker, cause: .unusable(text), next: .giveUp)
    }
}

/// A call of libmosquitto that did not succeed; the connection is over.
struct LoopFailure: Equatable {
    var code: Int32
    var text: String
}
