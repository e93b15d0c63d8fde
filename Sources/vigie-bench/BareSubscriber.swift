internal import CMosquitto
import Measuring

/// A subscriber as most programs write it, with `mosquitto_loop_forever`, that throws the messages away.
enum BareSubscriber {
    private final class State {
        var left: Int
        let subscribed: () -> Void

        init(_ left: Int, _ subscribed: @escaping () -> Void) {
            self.left = left
            self.subscribed = subscribed
        }

        static func of(_ pointer: UnsafeMutableRawPointer?) -> State? {
            pointer.map { Unmanaged<State>.fromOpaque($0).takeUnretainedValue() }
        }
    }

    /// Returns when it has got so many messages.
    static func take(_ messages: Int, port: Int, subscribed: @escaping () -> Void) throws {
        mosquitto_lib_init()
        let state = State(messages, subscribed)
        guard let handle = mosquitto_new("bare", true, Unmanaged.passUnretained(state).toOpaque()) else {
            throw BenchmarkFailure("libmosquitto makes no client")
        }
        defer { mosquitto_destroy(handle) }
        mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, MQTT_PROTOCOL_V5)
        mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, 65_535)
        mosquitto_connect_callback_set(handle) { handle, _, _ in
            mosquitto_subscribe(handle, nil, "landlord/#", 1)
        }
        mosquitto_subscribe_callback_set(handle) { _, state, _, _, _ in State.of(state)?.subscribed() }
        mosquitto_message_callback_set(handle) { handle, state, _ in
            guard let state = State.of(state) else { return }
            state.left -= 1
            if state.left == 0 { mosquitto_disconnect(handle) }
        }
        mosquitto_connect(handle, "127.0.0.1", Int32(port), 60)
        mosquitto_loop_forever(handle, -1, 1)
        guard state.left <= 0 else {
            throw BenchmarkFailure("the bare subscriber did not get \(state.left) of \(messages) messages")
        }
    }
}
