import Units

/// A command to a device that somebody gives from another program.
public struct InboundCommand: Hashable, Sendable {
    /// The caller's id: the same id twice is the same command.
    public var id: String
    /// The key of the case.
    public var key: String
    /// The name of the command, as the pipeline of the case offers it.
    public var command: String
    /// Who wants it: a person's id. Whether they may is decided by what they are on duty for.
    public var by: String
    public var note: String
    public var at: Moment

    public init(id: String, key: String, command: String, by: String, note: String = "", at: Moment) {
        self.id = id
        self.key = key
        self.command = command
        self.by = by
        self.note = note
        self.at = at
    }
}
