import Units

extension Directory {
    /// When a person has a role: always, for a shift, at some hours, or at some hours within a shift.
    ///
    ///     Directory.Duty(from: monday, until: nextMonday)
    ///     Directory.Duty(from: monday, until: nextMonday, hours: .daily(22.oclock, to: 8.oclock))
    public struct Duty: Hashable, Sendable {
        /// On duty from this moment on; nil: since ever.
        public var from: Moment?
        /// No longer on duty at this moment, which is the first of whoever takes over; nil: without an end.
        public var until: Moment?
        /// Within the shift; nil: around the clock.
        public var hours: Schedule?

        public static let always = Duty()

        public init(from: Moment? = nil, until: Moment? = nil, hours: Schedule? = nil) {
            self.from = from
            self.until = until
            self.hours = hours
        }

        public func contains(_ moment: Moment) -> Bool {
            if let from, moment < from { return false }
            if let until, moment >= until { return false }
            return hours?.contains(moment) ?? true
        }

        /// Shifts by their begin, so that a list of them has one order.
        func isWritten(before other: Duty) -> Bool {
            func rank(_ duty: Duty) -> (Moment, Moment, String) {
                let hours = duty.hours.map(\.description) ?? ""
                return (duty.from ?? .distantPast, duty.until ?? .distantFuture, hours)
            }
            return rank(self) < rank(other)
        }

        /// The first moment after this one at which it begins or ends; nil when there is none within the
        /// `horizon` of schedules.
        public func nextChange(after moment: Moment) -> Moment? {
            if let until, moment >= until { return nil }
            if let from, moment < from {
                guard let begin = hours.map({ $0.next(from: from) }) ?? from else { return nil }
                return until.map { begin < $0 } ?? true ? begin : nil
            }
            guard let hours else { return until }
            let change = hours.nextChange(after: moment)
            guard let until else { return change }
            if let change, change < until { return change }
            return hours.contains(moment) ? until : nil
        }
    }
}
