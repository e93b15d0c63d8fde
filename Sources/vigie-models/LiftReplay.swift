import Measuring
import Models
import Units

/// A history through the models of outages, poll by poll, as the platform would have been asked.
struct LiftReplay {
    struct Told {
        let lift: Int
        let since: Moment
        let at: Moment
    }

    struct Failures {
        /// When each began that lasted for half an hour.
        var begins: [Moment] = []
        var repeats = 0
    }

    /// Minutes until it is told, hours within which repeats are merged.
    static let rows: [(delay: Int, merging: Int)] =
        [0, 5, 15, 30, 60].map { ($0, 0) } + [1, 6, 24, 72].map { (30, $0) } + [(15, 24), (60, 24)]
    static let standard = 7

    private(set) var told = [[Told]](repeating: [], count: LiftReplay.rows.count)
    private(set) var repeats: [Told] = []
    private(set) var failures: [Failures]

    init(_ history: ElevatorHistory) {
        let lifts = history.names.count
        failures = [Failures](repeating: Failures(), count: lifts)
        var clusters = Self.rows.map { row in
            [OutageClusters](
                repeating: OutageClusters(delay: Double(row.delay * 60), merging: Double(row.merging * 3600)),
                count: lifts
            )
        }
        var repeated = [RepeatedOutages](repeating: RepeatedOutages(), count: lifts)
        history.forEachKnownPoll { lift, isOut, at in
            let t = Double(at.microseconds) / 1e6
            for row in clusters.indices {
                let before = clusters[row][lift].alarm.raisedAt
                clusters[row][lift].learn(isOut: isOut, isSomeoneInside: false, at: t)
                let alarm = clusters[row][lift].alarm
                if alarm.isRaised, alarm.raisedAt != before { told[row].append(Told(lift, alarm)) }
            }
            let before = (repeated[lift].alarm.raisedAt, repeated[lift].failures)
            repeated[lift].learn(isOut: isOut, isSomeoneInside: false, at: t)
            let alarm = repeated[lift].alarm
            if repeated[lift].failures > before.1 { failures[lift].begins.append(at) }
            if alarm.isRaised, alarm.raisedAt != before.0 {
                repeats.append(Told(lift, alarm))
                failures[lift].repeats += 1
            }
        }
    }
}

extension LiftReplay.Told {
    fileprivate init(_ lift: Int, _ alarm: Alarm) {
        self.init(
            lift: lift,
            since: Moment(microseconds: Int64(alarm.since * 1e6)),
            at: Moment(microseconds: Int64(alarm.raisedAt * 1e6))
        )
    }
}

extension ElevatorHistory {
    /// Each elevator whose state is known at each poll; the state at a poll is that of the last change before it.
    /// Of one that runs on and on only every sixth poll: it says nothing but the time.
    func forEachKnownPoll(_ body: (_ lift: Int, _ isOut: Bool, _ at: Moment) -> Void) {
        var wasRunning = [Bool](repeating: false, count: names.count)
        var index = 0
        forEachPoll { states, poll in
            index += 1
            for (lift, state) in states.enumerated() {
                switch state {
                case .active:
                    if !wasRunning[lift] || (index + lift) % 6 == 0 { body(lift, false, poll) }
                    wasRunning[lift] = true
                case .inactive:
                    body(lift, true, poll)
                    wasRunning[lift] = false
                case .unknown, nil: wasRunning[lift] = false
                }
            }
        }
    }

    /// Whether two polls at least `delay` apart saw the whole of a spell's confirmation.
    func sees(_ spell: Span, for delay: Double) -> Bool {
        guard let first = polls.firstIndex(atOrAfter: spell.from),
            let next = polls.firstIndex(atOrAfter: spell.to), next > first, first < polls.count
        else { return false }
        return polls[next - 1].since(polls[first]).inSeconds >= delay
    }

    func forEachPoll(_ body: (_ states: [State?], _ at: Moment) -> Void) {
        var states = [State?](repeating: nil, count: names.count)
        var next = 0
        for poll in polls {
            while next < changes.count, changes[next].at <= poll {
                states[changes[next].elevator] = changes[next].state
                next += 1
            }
            body(states, poll)
        }
    }
}

extension [Moment] {
    /// The list is sorted; by halving. The number of all of them when none is that late.
    fileprivate func firstIndex(atOrAfter moment: Moment) -> Int? {
        guard !isEmpty else { return nil }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle] < moment { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
