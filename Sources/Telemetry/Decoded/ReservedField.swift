/// Names in a reading's table that say something of the whole reading, whatever its format.
///
/// They are the words that `vigie decode` prints beside each value. In a table for JSON they mean members of these
/// names, like all others.
public enum ReservedField: String, CaseIterable, Sendable {
    /// Whose reading it is, as the format says it: a DevEUI, a serial number. A `Name`.
    case subject
    /// When it was measured: the device's time, else the network's, else that of its arrival. A `Moment`.
    case at
    /// Stored by the device or its gateway and sent later. A `Bool`.
    case historical
    /// One of its values is not to be relied on, as the device or its network says. A `Bool`.
    case doubtful

    /// What a property must be.
    public var type: String {
        switch self {
        case .subject: "Name"
        case .at: "Moment"
        case .historical, .doubtful: "Bool"
        }
    }

    /// Whether it can be written to such a property.
    public func fits(_ kind: FieldKind) -> Bool {
        switch (self, kind) {
        case (.subject, .name), (.at, .time), (.historical, .bool), (.doubtful, .bool): true
        default: false
        }
    }
}
