/// Which answers to SUBSCRIBE and UNSUBSCRIBE are still awaited, and what came of the others.
struct SubscriptionChanges {
    /// What the broker's session holds once all answers are in.
    private(set) var held: Set<String>
    private(set) var refused: [RefusedSubscription] = []
    private var subscribing: [Int32: [String]] = [:]
    private var unsubscribing: Set<Int32> = []

    init(held: Set<String> = []) {
        self.held = held
    }

    var areDone: Bool { subscribing.isEmpty && unsubscribing.isEmpty }

    mutating func asked(toSubscribe filters: [String], in request: Int32) {
        subscribing[request] = filters
    }

    mutating func asked(toUnsubscribeIn request: Int32) {
        unsubscribing.insert(request)
    }

    mutating func granted(_ grant: SubscriptionGrant) {
        guard let filters = subscribing.removeValue(forKey: grant.request) else { return }
        for (index, filter) in filters.enumerated() {
            // A broker that answers for fewer filters than asked has not granted the others.
            let code = index < grant.codes.count ? grant.codes[index] : 128
            switch code {
            case 1, 2: continue
            case 0: refused.append(RefusedSubscription(filter: filter, refusal: nil))
            default:
                refused.append(RefusedSubscription(filter: filter, refusal: Refusal(code: code)))
                held.remove(filter)
            }
        }
    }

    mutating func unsubscribed(_ request: Int32) {
        unsubscribing.remove(request)
    }
}

extension [String] {
    /// Few enough topic filters for one packet: some brokers take only small ones.
    var inPackets: [[String]] {
        stride(from: 0, to: count, by: 32).map { Array(self[$0..<Swift.min($0 + 32, count)]) }
    }
}
