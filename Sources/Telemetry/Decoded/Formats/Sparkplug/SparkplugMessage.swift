import Units

/// One message of an edge node with what its topic says.
struct SparkplugMessage {
    let topic: SparkplugTopic
    let payload: SparkplugPayload
    let node: Name
    /// Empty when the message is of the node itself.
    let device: Name
    /// `group/node` in the bytes of the readings.
    let nodeRun: DecodedReadings.Run
    let arrivedAt: Moment
    /// The broker may have delivered it before.
    let isDuplicate: Bool

    /// Takes the subject into the readings.
    init(_ message: MessageView, _ topic: SparkplugTopic, into readings: inout DecodedReadings)
        throws(DecodeProblem)
    {
        guard topic.group.isUTF8, topic.node.isUTF8, topic.device.isUTF8 else { throw .notUTF8 }
        payload = try SparkplugPayload(message.payload)
        self.topic = topic
        arrivedAt = message.arrivedAt
        isDuplicate = message.flags.contains(.duplicate)
        readings.subject = readings.intern { bytes in
            bytes.append(contentsOf: topic.group)
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: topic.node)
            guard topic.isOfDevice else { return }
            bytes.append(UInt8(ascii: "/"))
            bytes.append(contentsOf: topic.device)
        }
        var nodeRun = readings.subject
        nodeRun.count = UInt32(topic.group.count + 1 + topic.node.count)
        self.nodeRun = nodeRun
        node = try readings.name(of: nodeRun)
        device = try NameTable.shared.name(of: topic.device)
    }

    /// The request to be born again (Sparkplug 3.0 §6.4.25): a command that the node must understand.
    var rebirthRequest: DeviceRequest {
        var payload = ProtobufWriter()
        let milliseconds = UInt64(max(0, arrivedAt.microseconds / 1_000))
        payload.write(1, milliseconds)
        payload.write(2) { metric in
            metric.write(1, "Node Control/Rebirth")
            metric.write(3, milliseconds)
            metric.write(4, UInt64(SparkplugType.boolean.rawValue))
            metric.write(14, 1)
        }
        let group = String(decoding: topic.group, as: UTF8.self)
        let node = String(decoding: topic.node, as: UTF8.self)
        return DeviceRequest(topic: "spBv1.0/\(group)/NCMD/\(node)", payload: payload.bytes)
    }
}
