import Units

/// What is known of an edge node: everything that its births declared.
struct SparkplugNode {
    /// What a birth says of one metric, so that later messages need not.
    struct Metric: Hashable {
        var name: Name
        /// 0 when it was not said.
        var type: UInt8
        var unit: Name
        var alias: UInt64?
    }

    /// The metrics of the node itself or of one of its devices.
    struct Scope {
        private(set) var byName: [Name: Metric] = [:]
        private(set) var byAlias: [UInt64: Metric] = [:]

        var count: Int { byName.count }

        /// A name has one alias and an alias one name: what was declared last.
        mutating func add(_ metric: Metric) {
            if let former = byName[metric.name]?.alias { byAlias[former] = nil }
            byName[metric.name] = metric
            guard let alias = metric.alias else { return }
            if let other = byAlias[alias] { byName[other.name]?.alias = nil }
            byAlias[alias] = metric
        }

        /// What was declared of a metric, by its alias or else by its name.
        func metric(for sent: SparkplugMetric) -> Metric? {
            if let alias = sent.alias, let metric = byAlias[alias] { return metric }
            guard let name = sent.name.flatMap(NameTable.shared.find) else { return nil }
            return byName[name]
        }
    }

    /// What follows on its last message; nil while it is not born.
    var lastSequence: UInt8?
    /// Of the birth; the death of an earlier life has another.
    var birthSequence: UInt64?
    /// A message was missed: what came with it, a new birth perhaps, is not known.
    var hasGap = false
    var rebirthAskedAt: Moment?
    private(set) var own = Scope()
    private(set) var devices: [Name: Scope] = [:]
    /// How much is remembered of it: its metrics and devices and their metrics.
    private(set) var size = 1

    var isBorn: Bool { lastSequence != nil }

    /// What a device has declared, or the node itself under the empty name.
    subscript(device: Name) -> Scope? {
        get { device.isEmpty ? own : devices[device] }
        set {
            size -= self[device].map { $0.count + 1 } ?? 0
            if device.isEmpty { own = newValue ?? Scope() } else { devices[device] = newValue }
            size += self[device].map { $0.count + 1 } ?? 0
        }
    }

    /// Whether a message has the number that follows on the last.
    func isNext(_ sequence: UInt8) -> Bool {
        lastSequence.map { $0 &+ 1 == sequence } ?? false
    }

    /// Nothing that its births declared holds any more; what was asked of it does.
    mutating func forget() {
        let asked = rebirthAskedAt
        self = SparkplugNode()
        rebirthAskedAt = asked
    }
}
