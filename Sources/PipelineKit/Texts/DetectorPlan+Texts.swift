import Interactions
import Models
import Units

extension DetectorPlan {
    /// Every text that its reactions may write, in their order.
    ///
    /// - Parameter sample: the bytes of a reading.
    package func texts(of sample: [UInt8], privacy: PrivacyClass) -> [PlannedText] {
        let desk = TextDesk(detector: self, sample: sample, privacy: privacy)
        return reactions.flatMap(desk.texts)
    }

    /// What watches show of it; nil when nobody is told.
    package func plannedWatch(of sample: [UInt8], privacy: PrivacyClass) -> PlannedWatch? {
        guard tellsPeople else { return nil }
        return PlannedWatch(
            plan: watch,
            sample: sample,
            use: TextUse(.service, privacy: privacy, severity: severity),
            delay: delay,
            why: sampleWhy(of: sample)
        )
    }

    /// From the begin to when it is found out.
    var delay: Duration {
        signs.map { sign in
            switch sign {
            case .holds(_, let span), .compares(_, _, _, _, let span), .silent(let span), .first(_, let span):
                span
            case .flaps(_, _, let within), .then(_, let within, _): within
            // Thousands of readings may be missing of what speaks every few minutes.
            case .missing: .hours(24)
            case .happens, .raised, .unusual: .zero
            }
        }.reduce(.zero, max)
    }

    /// Why it may have spoken, in numbers that are as long as most; nil when no model is asked.
    func sampleWhy(of sample: [UInt8]) -> Why? {
        for sign in signs {
            switch sign {
            case .unusual(let value, _, let model):
                let measure = withAligned(model.initialState) { model.explain($0).measure }
                return Why(Explanation(sampleIn: measure), symbol: value.unit)
            case .happens(_, let why?), .raised(_, _, let why?):
                return Why(withAligned(sample, why.read), symbol: why.unit)
            default: continue
            }
        }
        return nil
    }
}

extension Explanation {
    /// A value that is four times what is usual, as texts are tried with it.
    public init(sampleIn measure: Measure) {
        // Hours, where it is a span.
        let unit = measure == .seconds ? 900.0 : 1
        self.init(
            weights: [(.aboveUsual, 3), (.shiftUp, 1)],
            seen: 12.4 * unit,
            usual: 3.1 * unit,
            low: 1.2 * unit,
            high: 5.8 * unit,
            percentile: 99.5,
            past: 29 * 86_400,
            in: measure
        )
    }
}
