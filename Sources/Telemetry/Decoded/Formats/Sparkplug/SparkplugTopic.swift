/// `spBv1.0/group/type/node` or `spBv1.0/group/type/node/device` (Sparkplug 3.0 §4).
struct SparkplugTopic {
    enum Kind {
        case birth, death, data
        /// A command, or the state of a host: not from a node.
        case other
    }

    let kind: Kind
    let group: UnsafeRawBufferPointer
    let node: UnsafeRawBufferPointer
    /// Empty when the message is of the node itself.
    let device: UnsafeRawBufferPointer

    var isOfDevice: Bool { !device.isEmpty }

    init(_ topic: UnsafeRawBufferPointer) throws(DecodeProblem) {
        var rest = topic[...]
        guard Self.level(&rest).isText("spBv1.0"), !rest.isEmpty else {
            throw .notUnderstood("a topic that does not begin with spBv1.0/")
        }
        group = Self.level(&rest)
        let word = Self.level(&rest)
        node = Self.level(&rest)
        device = Self.level(&rest)
        if group.isText("STATE") || word.isText("NCMD") || word.isText("DCMD") {
            kind = .other
            return
        }
        switch word.dropFirst() {
        case let type where type.isText("DATA"): kind = .data
        case let type where type.isText("BIRTH"): kind = .birth
        case let type where type.isText("DEATH"): kind = .death
        default: throw .notUnderstood("a Sparkplug message of this type")
        }
        let wantsDevice = word.first == UInt8(ascii: "D")
        guard wantsDevice || word.first == UInt8(ascii: "N") else {
            throw .notUnderstood("a Sparkplug message of this type")
        }
        guard !group.isEmpty, !node.isEmpty, wantsDevice == !device.isEmpty, rest.isEmpty,
            topic.last != UInt8(ascii: "/")
        else {
            throw .notUnderstood("a Sparkplug topic without a group, a node, or a device where one belongs")
        }
    }

    /// The bytes up to the next separator, which is taken as well.
    private static func level(_ rest: inout Slice<UnsafeRawBufferPointer>) -> UnsafeRawBufferPointer {
        let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
        defer { rest = rest[min(end + 1, rest.endIndex)...] }
        return UnsafeRawBufferPointer(rebasing: rest[..<end])
    }
}
