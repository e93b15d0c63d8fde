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

        mutating func add(_ metric: Metric) {
            byName[metric.name] = metric
            if let alias = metric.alias { byAlias[alias] = metric }
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
    var own = Scope()
    var devices: [Name: Scope] = [:]

    var isBorn: Bool { lastSequence != nil }

    /// How many metrics the node and its other devices have declared.
    func metricCount(without device: Name) -> Int {
        devices.reduce(own.count) { $0 + ($1.key == device ? 0 : $1.value.count) }
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
