/// Whether what a device says of an event means that somebody pressed something: `single_push` of a Shelly, `1_double`,
/// `on` or `emergency` of what Zigbee2MQTT hears.
///
/// Makers join such words of the same few parts, so the parts are looked at. What a sensor notices (`vibration`, `tilt`),
/// what a lock did (`manual_unlock`), what was turned (`rotate_left`) and every word that nobody knows is no press.
enum PressWord {
    static func isPress(_ text: UnsafeRawBufferPointer) -> Bool {
        var isPress = false
        for part in text.split(separator: UInt8(ascii: "_")) {
            let part = UnsafeRawBufferPointer(rebasing: part)
            if others.contains(where: { part.equals(ignoringCase: $0) }) { return false }
            isPress = isPress || presses.contains { part.equals(ignoringCase: $0) }
        }
        return isPress
    }

    private static let presses: [StaticString] = [
        "single", "double", "triple", "quadruple", "quintuple", "many", "short", "long", "hold", "release",
        "released", "press", "pressed", "push", "pushed", "click", "clicked", "btn", "button", "on", "off",
        "toggle", "emergency", "panic", "sos", "help", "call", "doorbell", "ring", "arm", "disarm", "up",
        "down", "left", "right", "open", "close", "stop", "play", "pause", "track", "volume", "arrow", "dots",
        "scene", "recall", "brightness", "color", "hue", "saturation",
    ]

    /// Parts of words that say something else, whatever the other parts are.
    private static let others: [StaticString] = [
        "vibration", "strike", "rotate", "rotation", "lock", "unlock", "locked", "unlocked", "region",
    ]
}
