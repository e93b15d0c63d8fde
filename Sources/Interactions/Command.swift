import Units

/// A message to a device: published on its topic, with `responseTopic` for the answer and the id as correlation data.
public struct Command: Hashable, Sendable {
    /// `CMD_…`
    public var id: String
    public var key: String
    public var topic: String
    public var payload: String
    public var pipeline: String
    public var detector: String
    public var subject: String
    public var at: Moment
    public var notAfter: Moment
    /// Who wants it: a person's id; nil when the pipeline does.
    public var by: String?

    public init(
        id: String,
        key: String,
        topic: String,
        payload: String,
        pipeline: String,
        detector: String,
        subject: String,
        at: Moment,
        notAfter: Moment,
        by: String? = nil
    ) {
        self.id = id
        self.key = key
        self.topic = topic
        self.payload = payload
        self.pipeline = pipeline
        self.detector = detector
        self.subject = subject
        self.at = at
        self.notAfter = notAfter
        self.by = by
    }
}

extension Command {
    /// Answers of devices come in on topics below this one, each named by the command's id.
    public static let responsePrefix = "vigie/response/"

    /// Where the device is asked to answer (MQTT 5 response topic).
    public var responseTopic: String { Self.responsePrefix + id }
}
