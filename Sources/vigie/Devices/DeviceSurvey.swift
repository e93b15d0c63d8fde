import Telemetry
import Units

/// What comes from devices of which nobody has said anything yet: in which format, with which fields, and what it seems
/// to be. Bounded, however much comes.
struct DeviceSurvey {
    /// Topics that are kept apart until they are put together; messages on further ones are only counted.
    static let topicLimit = 2_000

    private let filters: [TopicPattern]
    private var finder = FormatFinder()
    private var readings = DecodedReadings()
    private var streams: [Key: SeenStream] = [:]
    private(set) var messages = 0
    private(set) var furtherMessages = 0

    private struct Key: Hashable {
        let pattern: TopicPattern
        let format: String
    }

    /// - Parameter filters: what is looked at, everything when there is none: devices differ in the levels that they
    ///   leave open.
    init(_ filters: [String]) {
        self.filters = filters.map(TopicPattern.init)
    }

    mutating func take(_ message: Message) {
        let topic = TopicPattern(message.topic)
        guard filters.isEmpty || filters.contains(where: { $0.covers(topic) }) else { return }
        messages += 1
        let outcome = finder.read(message, into: &readings)
        let format = outcome.format ?? PlainDecoder.name
        let key = Key(pattern: pattern(of: message.topic, in: format), format: format)
        guard streams[key] != nil || streams.count < Self.topicLimit else {
            furtherMessages += 1
            return
        }
        var stream = streams.removeValue(forKey: key) ?? SeenStream(key.pattern, format: format)
        if let problem = outcome.problem {
            stream.take(problem)
        } else {
            stream.take(readings, on: message.topic) { subject in
                finder.signature(of: message, from: subject, in: format)
            }
        }
        streams[key] = stream
    }

    private func pattern(of topic: String, in format: String) -> TopicPattern {
        let pattern = TopicPattern(topic)
        if let known = ListenWord.of(format)?.filter.map(TopicPattern.init), known.covers(pattern) {
            return known
        }
        let opened = filters.reduce(pattern) { $0.opened(by: $1) }
        // One value a message, called like the last level.
        return format == PlainDecoder.name ? opened.replacing(opened.levels.count - 1) : opened
    }

    /// The streams, those of like devices put together: what differs from topic to topic is a `+`. Most messages first.
    var merged: [SeenStream] {
        var all = streams.values.sorted { ($0.pattern.filter, $0.format) < ($1.pattern.filter, $1.format) }
        var count = Int.max
        while all.count < count {
            count = all.count
            let longest = all.map(\.pattern.levels.count).max() ?? 0
            for level in (0..<longest).reversed() { all = Self.merged(all, at: level) }
        }
        return all.sorted { ($1.messages, $0.pattern.filter) < ($0.messages, $1.pattern.filter) }
    }

    /// Puts together what resembles each other and differs in nothing but this level.
    private static func merged(_ streams: [SeenStream], at level: Int) -> [SeenStream] {
        var merged: [SeenStream] = []
        var places: [Key: [Int]] = [:]
        for stream in streams {
            let levels = stream.pattern.levels
            guard levels.indices.contains(level), levels[level] != "#" else {
                merged.append(stream)
                continue
            }
            let key = Key(pattern: stream.pattern.replacing(level), format: stream.format)
            let place =
                places[key]?.first { merged[$0].resembles(stream) }
                // One that other levels are open in already, because it has more devices.
                ?? merged.firstIndex {
                    $0.pattern.isOpen && $0.pattern.replacing(level).covers(stream.pattern)
                        && $0.resembles(stream)
                }
            if let place {
                merged[place].merge(stream)
                if merged[place].pattern.levels[level] != levels[level] {
                    merged[place].pattern = merged[place].pattern.replacing(level)
                }
            } else {
                places[key, default: []].append(merged.count)
                merged.append(stream)
            }
        }
        return merged
    }
}

extension FormatFinder {
    /// What a message says of its device, with the model that an earlier message named.
    fileprivate func signature(
        of message: Message,
        from subject: String,
        in format: String
    ) -> DeviceProfile.Signature? {
        let said = message.withView { DeviceProfile.Signature(of: $0, in: format) }
        guard let learnt = model(of: subject, on: message.topic, in: format) else { return said }
        var signature = said ?? DeviceProfile.Signature()
        (signature.vendor, signature.model) = (learnt.vendor, learnt.model)
        return signature
    }
}
