internal import CMosquitto
import Glibc
import Telemetry
import Units

/// One connection of libmosquitto, driven from outside. No C pointer leaves this file and its extension.
///
/// libmosquitto sends PUBACK by itself and, left alone, before the message is anywhere safe: in its own loops
/// the acknowledgement is on the wire before the callback runs. Told that there are threads
/// (`mosquitto_threaded_set`), it only queues; the queue leaves in `write()`, all of it or nothing. So
/// "acknowledge after commit" is: `read()` into the batch, commit, `write()`; and never `write()` in between.
/// There are no threads: whoever owns this object is the only one who calls it.
final class MosquittoLoop {
    /// How much of a payload that is too long is kept.
    static let oversizedPrefix = 4096

    struct Configuration {
        var settings: MQTTSettings
        var clientID: String
        var version: ProtocolVersion
        /// Keep the session of the last connection, and have it kept when this one ends.
        var keepsSession: Bool
        /// Retained, published by the broker when we vanish.
        var lastWill: (topic: String, payload: String)?
        /// How many of our own messages may be without acknowledgement.
        var sendMaximum = 20
    }

    var inbox: Inbox
    private(set) var handle: OpaquePointer
    private let clock: () -> Moment
    private let largestPayload: Int

    init(
        _ configuration: Configuration,
        inbox: Inbox,
        clock: @escaping () -> Moment
    ) throws(MQTTError) {
        _ = Self.library
        guard let handle = mosquitto_new(configuration.clientID, !configuration.keepsSession, nil) else {
            throw MQTTError(
                broker: configuration.settings.broker,
                cause: .unusable("libmosquitto did not accept the client id: \(Self.text(ofErrno: errno))"),
                next: .giveUp
            )
        }
        self.handle = handle
        self.inbox = inbox
        self.clock = clock
        largestPayload = configuration.settings.largestPayload
        mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
        setCallbacks()
        try configure(configuration)
    }

    deinit {
        // Closes the socket without writing: what was not acknowledged comes again.
        mosquitto_destroy(handle)
    }

    /// Libraries are set up once in a process. `mosquitto_new` also makes the process ignore SIGPIPE.
    private static let library: Int32 = mosquitto_lib_init()

    // MARK: - The loop

    /// Reads one packet, if the socket has one; its callback runs in here.
    func read() -> LoopFailure? { failure(mosquitto_loop_read(handle, 1)) }

    /// Sends everything queued, acknowledgements of all messages read so far among it. What the socket does not
    /// take now stays queued.
    /// - Parameter together: In as few segments as possible, instead of one for each four bytes of PUBACK.
    func write(together: Bool = false) -> LoopFailure? {
        if together { cork(true) }
        defer { if together { cork(false) } }
        return failure(mosquitto_loop_write(handle, 1))
    }

    /// Queues a ping when it is time, and notices when the last one was not answered.
    func keepAlive() -> LoopFailure? { failure(mosquitto_loop_misc(handle)) }

    var wantsWrite: Bool { mosquitto_want_write(handle) }

    /// Waits until the socket can be read (or written, if asked). False: the time is over.
    func wait(alsoWritable: Bool, for span: Duration) -> Bool {
        let socket = mosquitto_socket(handle)
        guard socket >= 0 else { return true }
        var descriptor = pollfd(fd: socket, events: Int16(POLLIN | (alsoWritable ? POLLOUT : 0)), revents: 0)
        // Rounded up, or the last part of a millisecond is spent turning in circles.
        let milliseconds = max(0, (span.inMicroseconds + 999) / 1000)
        return poll(&descriptor, 1, Int32(clamping: milliseconds)) > 0
    }

    // MARK: - Requests, all of them queued until `write()`

    /// Whether MQTT knows such a topic filter.
    static func accepts(filter: String) -> Bool {
        mosquitto_sub_topic_check2(filter, filter.utf8.count) == MOSQ_ERR_SUCCESS.rawValue
    }

    func subscribe(
        to filters: [String],
        qos: Int32 = 1,
        retainedOnlyIfNew: Bool
    ) -> (request: Int32, failure: LoopFailure?) {
        withFilters(filters) { count, filters, request in
            let options = retainedOnlyIfNew ? Int32(MQTT_SUB_OPT_SEND_RETAIN_NEW.rawValue) : 0
            return mosquitto_subscribe_multiple(handle, request, count, filters, qos, options, nil)
        }
    }

    func unsubscribe(from filters: [String]) -> (request: Int32, failure: LoopFailure?) {
        withFilters(filters) { count, filters, request in
            mosquitto_unsubscribe_multiple(handle, request, count, filters, nil)
        }
    }

    func publish(
        to topic: String,
        _ payload: UnsafeRawBufferPointer,
        qos: Int32,
        retained: Bool,
        _ extras: PublishedProperties = PublishedProperties()
    ) -> LoopFailure? {
        var properties: OpaquePointer?
        defer { mosquitto_property_free_all(&properties) }
        if let problem = failure(extras.add(to: &properties)) { return problem }
        return failure(
            mosquitto_publish_v5(
                handle,
                nil,
                topic,
                Int32(clamping: payload.count),
                payload.baseAddress,
                qos,
                retained,
                properties
            )
        )
    }

    /// Says goodbye and waits until the broker has read everything we sent.
    ///
    /// Closing a socket that has unread data resets it, and the broker then never reads the acknowledgements
    /// that are still on their way (measured: a backlog made no progress over ten restarts). So our side is
    /// shut, and what the broker still sends is read and thrown away until it closes: it comes again.
    func disconnect(within limit: Duration) {
        // libmosquitto closes its socket as soon as DISCONNECT is written; a duplicate keeps the connection.
        let duplicate = dup(mosquitto_socket(handle))
        mosquitto_disconnect(handle)
        let deadline = Monotonic.now + limit
        // An error here means that the broker is gone, and the acknowledgements with it: they come again.
        while mosquitto_want_write(handle), mosquitto_socket(handle) >= 0, Monotonic.now < deadline {
            guard write() == nil, mosquitto_want_write(handle) else { break }
            _ = wait(alsoWritable: true, for: deadline.since(Monotonic.now))
        }
        guard duplicate >= 0 else { return }
        shutdown(duplicate, Int32(SHUT_WR))
        drain(duplicate, until: deadline)
        close(duplicate)
    }

    private func drain(_ socket: Int32, until deadline: Moment) {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            while true {
                var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
                let rest = deadline.since(Monotonic.now).inMicroseconds / 1000
                guard rest > 0, poll(&descriptor, 1, Int32(clamping: rest)) > 0 else { return }
                let count = Glibc.read(socket, buffer.baseAddress, buffer.count)
                if count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR) { return }
            }
        }
    }

    private func cork(_ on: Bool) {
        var value: Int32 = on ? 1 : 0
        let socket = mosquitto_socket(handle)
        guard socket >= 0 else { return }
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_CORK, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private func withFilters(
        _ filters: [String],
        _ body: (Int32, UnsafePointer<UnsafeMutablePointer<CChar>?>, UnsafeMutablePointer<Int32>) -> Int32
    ) -> (request: Int32, failure: LoopFailure?) {
        let copies = filters.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        var request: Int32 = 0
        let code = copies.withUnsafeBufferPointer { copies in
            copies.baseAddress.map { body(Int32(copies.count), $0, &request) } ?? 0
        }
        return (request, failure(code))
    }

    func failure(_ code: Int32) -> LoopFailure? {
        let system = errno
        switch code {
        case MOSQ_ERR_SUCCESS.rawValue: return nil
        case MOSQ_ERR_ERRNO.rawValue: return LoopFailure(code: code, text: Self.text(ofErrno: system))
        case MOSQ_ERR_CONN_LOST.rawValue, MOSQ_ERR_NO_CONN.rawValue:
            return LoopFailure(code: code, text: "the connection was closed")
        default: return LoopFailure(code: code, text: String(cString: mosquitto_strerror(code)))
        }
    }

    static func text(ofErrno code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}

// MARK: - Callbacks, all of them called by `read()` or `write()` on the caller's thread

extension MosquittoLoop {
    private func setCallbacks() {
        mosquitto_connect_v5_callback_set(handle) { _, owner, code, flags, properties in
            MosquittoLoop.of(owner)?.inbox.connack = Connack(code, flags, properties)
        }
        mosquitto_disconnect_v5_callback_set(handle) { _, owner, code, _ in
            // Below 128 these are libmosquitto's own codes, which `read()` and `write()` return as well.
            guard code >= 128 else { return }
            MosquittoLoop.of(owner)?.inbox.dismissal = Refusal(code: Int(code))
        }
        mosquitto_message_v5_callback_set(handle) { _, owner, message, properties in
            guard let message, let loop = MosquittoLoop.of(owner) else { return }
            loop.take(message.pointee, properties)
        }
        mosquitto_subscribe_callback_set(handle) { _, owner, request, count, codes in
            let codes = UnsafeBufferPointer(start: codes, count: Int(count)).map { Int($0) }
            MosquittoLoop.of(owner)?.inbox.grants.append(SubscriptionGrant(request: request, codes: codes))
        }
        mosquitto_unsubscribe_callback_set(handle) { _, owner, request in
            MosquittoLoop.of(owner)?.inbox.unsubscribed.append(request)
        }
        mosquitto_publish_v5_callback_set(handle) { _, owner, _, code, _ in
            guard let loop = MosquittoLoop.of(owner) else { return }
            if code < 128 {
                loop.inbox.published += 1
            } else {
                loop.inbox.refusedPublishes += 1
                loop.inbox.newPublishRefusal = Refusal(code: Int(code))
            }
        }
    }

    private static func of(_ owner: UnsafeMutableRawPointer?) -> MosquittoLoop? {
        owner.map { Unmanaged<MosquittoLoop>.fromOpaque($0).takeUnretainedValue() }
    }

    /// libmosquitto does not tell whether a message came with the duplicate flag, so that it is never set here.
    /// Nothing is lost by it: the flag says "perhaps", and only before the first acknowledgement.
    private func take(_ message: mosquitto_message, _ properties: OpaquePointer?) {
        let length = Int(message.payloadlen)
        var flags = MessageFlags(qos: Int(message.qos), retained: message.retain, duplicate: false)
        var kept = length
        if length > largestPayload {
            flags.insert(.oversized)
            kept = min(length, Self.oversizedPrefix)
            inbox.statistics.oversized += 1
        }
        inbox.properties.fill(from: properties)
        inbox.statistics.propertiesLeftOut += inbox.properties.leftOut
        inbox.lastArrival = max(inbox.lastArrival, clock())
        inbox.batch.append(
            topic: UnsafeRawBufferPointer(start: message.topic, count: message.topic.map { strlen($0) } ?? 0),
            payload: UnsafeRawBufferPointer(start: message.payload, count: kept),
            flags: flags,
            properties: inbox.properties,
            arrivedAt: inbox.lastArrival
        )
        inbox.statistics.messages += 1
        inbox.statistics.payloadBytes += length
        inbox.statistics.largestPayload = max(inbox.statistics.largestPayload, length)
        if message.retain { inbox.statistics.retained += 1 }
        if message.qos == 0 { inbox.statistics.unguaranteed += 1 }
    }
}

extension Connack {
    fileprivate init(_ code: Int32, _ flags: Int32, _ properties: OpaquePointer?) {
        func byte(_ name: mqtt5_property) -> Int? {
            var value: UInt8 = 0
            let found = mosquitto_property_read_byte(properties, Int32(name.rawValue), &value, false)
            return found == nil ? nil : Int(value)
        }
        func short(_ name: mqtt5_property) -> Int? {
            var value: UInt16 = 0
            let found = mosquitto_property_read_int16(properties, Int32(name.rawValue), &value, false)
            return found == nil ? nil : Int(value)
        }
        func long(_ name: mqtt5_property) -> Int? {
            var value: UInt32 = 0
            let found = mosquitto_property_read_int32(properties, Int32(name.rawValue), &value, false)
            return found == nil ? nil : Int(value)
        }
        self.init(
            code: Int(code),
            sessionPresent: flags & 1 != 0,
            sessionExpiry: long(MQTT_PROP_SESSION_EXPIRY_INTERVAL).map { .seconds($0) },
            receiveMaximum: short(MQTT_PROP_RECEIVE_MAXIMUM),
            largestPacket: long(MQTT_PROP_MAXIMUM_PACKET_SIZE),
            highestQoS: byte(MQTT_PROP_MAXIMUM_QOS),
            keepsRetained: byte(MQTT_PROP_RETAIN_AVAILABLE).map { $0 != 0 },
            keepAlive: short(MQTT_PROP_SERVER_KEEP_ALIVE).map { .seconds($0) }
        )
    }
}
