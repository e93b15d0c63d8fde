import Units

/// What the births declared, kept over a restart: in the encoding of Protocol Buffers, which is read here anyway.
extension SparkplugDecoder {
    /// Changed with the meaning of a field below.
    static let snapshotVersion: UInt64 = 1

    private enum Field {
        static let version = 1
        static let node = 2
        static let nodeName = 1
        static let lastSequence = 2
        static let birthSequence = 3
        static let hasGap = 4
        static let rebirthAskedAt = 5
        static let scope = 6
        static let device = 1
        static let metric = 2
        static let metricName = 1
        static let type = 2
        static let unit = 3
        static let alias = 4
    }

    /// In the order of the names, so that it is the same for the same knowledge.
    public var bytes: [UInt8] {
        var writer = ProtobufWriter()
        writer.write(Field.version, Self.snapshotVersion)
        for (name, node) in nodes.map({ ($0.key.text, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            writer.write(Field.node) { Self.write(node, name, to: &$0) }
        }
        return writer.bytes
    }

    private static func write(_ node: SparkplugNode, _ name: String, to writer: inout ProtobufWriter) {
        writer.write(Field.nodeName, name)
        if let last = node.lastSequence { writer.write(Field.lastSequence, UInt64(last)) }
        if let birth = node.birthSequence { writer.write(Field.birthSequence, birth) }
        if node.hasGap { writer.write(Field.hasGap, 1) }
        if let asked = node.rebirthAskedAt {
            writer.write(Field.rebirthAskedAt, UInt64(bitPattern: asked.microseconds))
        }
        writer.write(Field.scope) { write(node.own, "", to: &$0) }
        for (device, scope) in node.devices.map({ ($0.key.text, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            writer.write(Field.scope) { write(scope, device, to: &$0) }
        }
    }

    private static func write(_ scope: SparkplugNode.Scope, _ device: String, to writer: inout ProtobufWriter)
    {
        writer.write(Field.device, device)
        for (name, metric) in scope.byName.map({ ($0.key.text, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
            writer.write(Field.metric) { writer in
                writer.write(Field.metricName, name)
                writer.write(Field.type, UInt64(metric.type))
                writer.write(Field.unit, metric.unit.text)
                if let alias = metric.alias { writer.write(Field.alias, alias) }
            }
        }
    }

    public mutating func restore(_ bytes: [UInt8]) throws(DecoderSnapshotProblem) {
        let result: Result<[Name: SparkplugNode], DecoderSnapshotProblem> = bytes.withUnsafeBytes { bytes in
            var reader = ProtobufReader(bytes)
            do throws(DecodeProblem) {
                return try Self.nodes(&reader)
            } catch {
                return .failure(.damaged(offset: reader.offset, expected: error.description))
            }
        }
        nodes = try result.get()
    }

    private static func nodes(
        _ reader: inout ProtobufReader
    ) throws(DecodeProblem) -> Result<[Name: SparkplugNode], DecoderSnapshotProblem> {
        guard let first = try reader.next(), first.number == Field.version,
            case .varint(let version) = first.value
        else {
            throw reader.broken("a version")
        }
        guard version == snapshotVersion else {
            return .failure(.version(found: Int(truncatingIfNeeded: version), known: Int(snapshotVersion)))
        }
        var nodes: [Name: SparkplugNode] = [:]
        var size = 0
        while let field = try reader.next() {
            guard field.number == Field.node, case .bytes(let bytes) = field.value, nodes.count < nodeLimit
            else {
                throw reader.broken("one of at most \(nodeLimit) nodes")
            }
            let (name, node) = try node(reader.message(bytes))
            size += node.size
            guard size <= totalSizeLimit, nodes[name] == nil else {
                throw reader.broken("each node once, within the limits")
            }
            nodes[name] = node
        }
        return .success(nodes)
    }

    private static func node(_ reader: ProtobufReader) throws(DecodeProblem) -> (Name, SparkplugNode) {
        var reader = reader
        var name = Name()
        var node = SparkplugNode()
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (Field.nodeName, .bytes(let text)): name = try NameTable.shared.name(of: text)
            case (Field.lastSequence, .varint(let number)):
                node.lastSequence = UInt8(truncatingIfNeeded: number)
            case (Field.birthSequence, .varint(let number)): node.birthSequence = number
            case (Field.hasGap, .varint(let number)): node.hasGap = number != 0
            case (Field.rebirthAskedAt, .varint(let bits)):
                let asked = Moment(microseconds: Int64(bitPattern: bits))
                guard Moment.reckonable.contains(asked) else {
                    throw reader.broken("a time within reckoning")
                }
                node.rebirthAskedAt = asked
            case (Field.scope, .bytes(let bytes)):
                let (device, scope) = try scope(reader.message(bytes))
                node[device] = scope
                guard node.size <= sizeLimit else { throw reader.broken("no more than a node may have") }
            default: throw reader.broken("a field of a node")
            }
        }
        return (name, node)
    }

    private static func scope(_ reader: ProtobufReader) throws(DecodeProblem) -> (Name, SparkplugNode.Scope) {
        var reader = reader
        var device = Name()
        var scope = SparkplugNode.Scope()
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (Field.device, .bytes(let text)): device = try NameTable.shared.name(of: text)
            case (Field.metric, .bytes(let bytes)): scope.add(try metric(reader.message(bytes)))
            default: throw reader.broken("a field of a device")
            }
        }
        return (device, scope)
    }

    private static func metric(_ reader: ProtobufReader) throws(DecodeProblem) -> SparkplugNode.Metric {
        var reader = reader
        var metric = SparkplugNode.Metric(name: Name(), type: 0, unit: Name())
        while let field = try reader.next() {
            switch (field.number, field.value) {
            case (Field.metricName, .bytes(let text)): metric.name = try NameTable.shared.name(of: text)
            case (Field.type, .varint(let number)): metric.type = UInt8(truncatingIfNeeded: number)
            case (Field.unit, .bytes(let text)): metric.unit = try NameTable.shared.name(of: text)
            case (Field.alias, .varint(let number)): metric.alias = number
            default: throw reader.broken("a field of a metric")
            }
        }
        return metric
    }
}
