/// Which sinks get what: one delivery per thing and sink.
///
/// An empty list means that such things are kept and nobody is told; whoever makes the routes has to refuse
/// that where it matters.
public struct Routes: Hashable, Sendable {
    public var interactions: [String]
    public var notices: [String]
    public var commands: [String]

    public init(interactions: [String] = [], notices: [String] = [], commands: [String] = []) {
        self.interactions = interactions
        self.notices = notices
        self.commands = commands
    }
}
