import Units

/// One kind of value in a frame made of channels: its key, its length, what it holds.
struct FrameChannel: Sendable {
    enum Time: Sendable {
        case now
        /// Stored earlier: the value begins with the seconds since 1970 when it was measured, lowest byte first.
        case stored
    }

    let key: UInt32
    /// How many bytes follow the key; nil for all that are left.
    let size: Int?
    let time: Time
    /// Their places count from the first byte after the key.
    let fields: [FrameField]

    init(_ key: UInt32, _ size: Int?, time: Time = .now, fields: [FrameField]) {
        self.key = key
        self.size = size
        self.time = time
        self.fields = fields
    }

    init(_ key: UInt32, _ size: Int?, _ fields: FrameField...) {
        self.init(key, size, fields: fields)
    }
}

/// Frames that are a row of keys, each with a value whose length the key tells.
struct ChannelTable: Sendable {
    /// Where the key is in the bytes before a value.
    enum Key: Sendable {
        /// One byte.
        case byte
        /// Two bytes, the channel and the type, are the key.
        case channelAndType
        /// Two bytes; the type is the key, the channel the number of the reading.
        case typeOfChannel
    }

    let key: Key
    /// Searched from the front: what a model has of its own goes before what all have.
    let channels: [FrameChannel]

    /// Appends all values of a frame.
    ///
    /// A key that is not in the table has an unknown length, so nothing after it can be read: what came before is
    /// kept, and how many bytes were not read becomes a reading. A first key that is unknown refuses the frame.
    func append(from bytes: FrameBytes, to readings: inout DecodedReadings) throws(FrameProblem) {
        guard bytes.count > 0 else { throw .empty }
        var offset = 0
        while offset < bytes.count {
            let code = try code(bytes, at: offset)
            let start = offset + (key == .byte ? 1 : 2)
            guard let position = channels.firstIndex(where: { $0.key == code.key }) else {
                guard offset > 0 else { throw .unknownCode(code.key, of: "channel", offset: 0) }
                readings.append(.undecodedBytes, Double(bytes.count - offset))
                return
            }
            let size = channels[position].size ?? bytes.count - start
            try bytes.require(start + size)
            try channels[position].append(
                from: bytes.from(start).prefix(size),
                number: code.number,
                to: &readings
            )
            offset = start + size
        }
    }

    private func code(
        _ bytes: FrameBytes,
        at offset: Int
    ) throws(FrameProblem) -> (key: UInt32, number: UInt8) {
        let first = try bytes.byte(offset)
        switch key {
        case .byte: return (UInt32(first), 0)
        case .channelAndType: return (UInt32(first) << 8 | UInt32(try bytes.byte(offset + 1)), 0)
        case .typeOfChannel: return (UInt32(try bytes.byte(offset + 1)), first)
        }
    }
}

extension FrameChannel {
    func append(
        from bytes: FrameBytes,
        number: UInt8,
        to readings: inout DecodedReadings
    ) throws(FrameProblem) {
        switch time {
        case .now: try fields.append(from: bytes, number: number, to: &readings)
        case .stored:
            let now = readings.time
            readings.measured(at: try bytes.integer(.u32le(0)))
            try fields.append(from: bytes, number: number, to: &readings)
            readings.time = now
        }
    }
}

extension DecodedReadings {
    /// When the readings that follow were measured, who says so, and how good they are.
    var time: (at: Moment, clock: Clock, quality: Quality) {
        get { (at, clock, quality) }
        set { (at, clock, quality) = newValue }
    }

    /// What follows was measured then, by the device's own clock, and sent later. A clock that was never set is not
    /// believed: the time stays that of the frame, and the readings are doubtful.
    mutating func measured(at seconds: Int64) {
        quality.formUnion(.historical)
        let moment = Moment(seconds: seconds)
        if Moment.plausible.contains(moment) {
            at = moment
            clock = .device
        } else {
            quality.formUnion(.doubtful)
        }
    }

    /// What follows was measured so many seconds before the network took the frame in.
    mutating func measured(secondsBefore seconds: Int64) {
        quality.formUnion(.historical)
        at = at - .seconds(seconds)
    }
}
