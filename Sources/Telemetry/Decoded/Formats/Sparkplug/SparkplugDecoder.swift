import Units

/// Sparkplug B (Eclipse Sparkplug 3.0): the metrics of edge nodes and their devices under the names that their births
/// declared. The subject is `group/node` or `group/node/device`; a reading `online` says of births and deaths.
///
/// Births, deaths and gaps in the sequence are followed. Values that come after a gap and before the next birth are
/// `doubtful`, since an alias may mean something else by now; the node is then asked to be born again, at most once
/// in `rebirthInterval`: `DecodedReadings.request`.
public struct SparkplugDecoder: LearningDecoder {
    public static let name = "sparkplug-b"

    /// Edge nodes that are remembered; at the limit messages of others are refused.
    public static let nodeLimit = 1_024
    /// Devices and metrics of one node that are remembered; a birth that goes beyond is refused.
    public static let sizeLimit = 16_384
    /// Devices and metrics of all nodes that are remembered; a birth that goes beyond is refused.
    public static let totalSizeLimit = 262_144
    /// How long a node has to answer before it is asked again.
    public static let rebirthInterval = Duration.seconds(60)

    var nodes: [Name: SparkplugNode] = [:]

    public init() {}

    public mutating func decode(
        _ message: MessageView,
        into readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let topic = try SparkplugTopic(message.topic)
        guard topic.kind != .other else { return }
        let message = try SparkplugMessage(message, topic, into: &readings)
        try makeRoom(for: message.node)
        switch topic.kind {
        case .birth:
            if topic.isOfDevice { follow(message, &readings) }
            try birth(message, &readings)
        case .data:
            follow(message, &readings)
            try data(message, &readings)
        case .death:
            if topic.isOfDevice {
                follow(message, &readings)
                try deviceDeath(message, &readings)
            } else {
                try nodeDeath(message, &readings)
            }
        case .other: return
        }
    }

    /// Forgets the nodes that are not born when there are too many.
    private mutating func makeRoom(for node: Name) throws(DecodeProblem) {
        guard nodes.count >= Self.nodeLimit, nodes[node] == nil else { return }
        nodes = nodes.filter { $0.value.isBorn }
        guard nodes.count < Self.nodeLimit else {
            throw .tooMany(what: "Sparkplug edge nodes", limit: Self.nodeLimit)
        }
    }

    // MARK: Births

    private mutating func birth(
        _ message: SparkplugMessage,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let isOfDevice = message.topic.isOfDevice
        var node = isOfDevice ? nodes[message.node] ?? SparkplugNode() : SparkplugNode()
        node[message.device] = nil
        let others = nodes.reduce(0) { $0 + ($1.key == message.node ? 0 : $1.value.size) }
        let limit = min(Self.sizeLimit, Self.totalSizeLimit - others)
        let room = limit - node.size - (isOfDevice ? 1 : 0)
        var scope = SparkplugNode.Scope()
        let emitter = SparkplugEmitter(timedBy: message.payload)
        var metrics = message.payload.metrics
        while let metric = try metrics.next() {
            guard let name = metric.name else {
                throw .missing(field: "name of a metric in a Sparkplug birth")
            }
            let known = SparkplugNode.Metric(
                name: try NameTable.shared.name(of: name),
                type: metric.type.flatMap(UInt8.init(exactly:)) ?? 0,
                unit: try metric.unit.map(NameTable.shared.name) ?? Name(),
                alias: metric.alias
            )
            scope.add(known)
            guard scope.count <= room else { break }
            if !isOfDevice, let sequence = metric.birthSequence { node.birthSequence = sequence }
            emitter.append(metric, known, to: &readings)
        }
        guard scope.count <= room else {
            throw .tooMany(what: "devices and metrics of Sparkplug edge nodes", limit: limit)
        }
        emitter.append(isOnline: true, to: &readings)
        node[message.device] = scope
        if !isOfDevice { node.lastSequence = message.payload.sequence ?? 0 }
        nodes[message.node] = node
    }

    // MARK: Data

    private mutating func data(
        _ message: SparkplugMessage,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let node = nodes[message.node]
        let scope = node?[message.device]
        let emitter = SparkplugEmitter(
            timedBy: message.payload,
            isDoubtful: node.map { $0.hasGap || !$0.isBorn } ?? true
        )
        var isAnyUnknown = false
        var metrics = message.payload.metrics
        while let metric = try metrics.next() {
            if let known = scope?.metric(for: metric) {
                emitter.append(metric, known, to: &readings)
            } else if let name = metric.name {
                emitter.append(metric, named: readings.intern(name), to: &readings)
            } else {
                isAnyUnknown = true
                let alias = metric.alias.map { "alias \($0)" } ?? "a metric without name and alias"
                readings.omit(readings.intern(alias), .unknownAlias)
            }
        }
        guard isAnyUnknown else { return }
        askForRebirth(message, &readings)
        if readings.isEmpty { throw .missedBefore("the birth of \(readings.text(readings.subject))") }
    }

    // MARK: Deaths

    private mutating func deviceDeath(
        _ message: SparkplugMessage,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        nodes[message.node]?[message.device] = nil
        let emitter = SparkplugEmitter(timedBy: message.payload)
        emitter.append(isOnline: false, to: &readings)
    }

    /// The broker publishes it when the node has gone, so its time is that of the connection's begin and means nothing.
    private mutating func nodeDeath(
        _ message: SparkplugMessage,
        _ readings: inout DecodedReadings
    ) throws(DecodeProblem) {
        let emitter = SparkplugEmitter(timedBy: nil)
        var sequence: UInt64?
        var metrics = message.payload.metrics
        while let metric = try metrics.next() {
            guard let name = metric.name else {
                throw .missing(field: "name of a metric in a Sparkplug death")
            }
            sequence = metric.birthSequence ?? sequence
            emitter.append(metric, named: readings.intern(name), to: &readings)
        }
        let node = nodes[message.node]
        if let born = node?.birthSequence, let sequence, sequence != born {
            readings.omit(readings.intern("online"), .outdated)
            return
        }
        emitter.append(isOnline: false, to: &readings)
        let separator = readings.intern("/")
        let prefix = readings.intern(message.nodeRun, then: separator)
        for device in (node?.devices.keys.map(\.text) ?? []).sorted() {
            readings.subject = readings.intern(prefix, then: readings.intern(device))
            emitter.append(isOnline: false, to: &readings)
        }
        nodes[message.node]?.forget()
    }

    // MARK: The sequence

    /// Takes the number of a message and asks for a rebirth where one was missed. A duplicate is not a gap.
    private mutating func follow(_ message: SparkplugMessage, _ readings: inout DecodedReadings) {
        var node = nodes[message.node] ?? SparkplugNode()
        if node.isBorn, let sequence = message.payload.sequence {
            if !node.isNext(sequence), !message.isDuplicate { node.hasGap = true }
            if node.isNext(sequence) || !message.isDuplicate { node.lastSequence = sequence }
        }
        nodes[message.node] = node
        if node.hasGap || !node.isBorn { askForRebirth(message, &readings) }
    }

    private mutating func askForRebirth(_ message: SparkplugMessage, _ readings: inout DecodedReadings) {
        if let asked = nodes[message.node]?.rebirthAskedAt, message.arrivedAt >= asked,
            message.arrivedAt.since(asked) < Self.rebirthInterval
        {
            return
        }
        nodes[message.node]?.rebirthAskedAt = message.arrivedAt
        readings.request = message.rebirthRequest
    }
}
