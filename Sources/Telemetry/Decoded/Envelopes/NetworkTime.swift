import Units

/// When a radio message was taken in, from what the gateway and the network server say.
enum NetworkTime {
    /// A gateway that heard a message this much before its server did has stored it, or has no clock worth the name when
    /// it says it heard it later.
    static let stored: Duration = .seconds(60)

    /// The server's time, which is one clock for all gateways. A message that a gateway has stored and sent later has
    /// the gateway's time, and is history. Without either it is when it reached us.
    static func set(server: Moment?, gateway: Moment?, in readings: inout DecodedReadings) {
        guard let at = server ?? gateway else { return }
        readings.at = at
        readings.clock = .network
        if let server, let gateway, server.since(gateway) > stored {
            readings.at = gateway
            readings.quality.insert(.historical)
        }
    }
}
