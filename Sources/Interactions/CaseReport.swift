import Units

/// How well cases were looked after in a span of time.
///
/// A case counts where it was opened. What became of it counts whenever that was, so a report of yesterday grows
/// better when a case of yesterday is closed today. Downtime alone is cut at both ends of the span, for it is a
/// share of it.
public struct CaseReport: Hashable, Sendable {
    /// What a case is opened by.
    public struct Detector: Hashable, Comparable, Sendable {
        public let pipeline: String
        public let name: String

        public init(pipeline: String, name: String) {
            self.pipeline = pipeline
            self.name = name
        }

        public static func < (left: Self, right: Self) -> Bool {
            (left.pipeline, left.name) < (right.pipeline, right.name)
        }
    }

    /// The figures of one detector, of one pipeline or of all.
    public struct Line: Hashable, Sendable {
        /// Nil in the line of all.
        public let pipeline: String?
        /// Nil in the lines of a whole pipeline and of all.
        public let detector: String?
        public let figures: CaseFigures
    }

    /// How long one asset was out of order, whoever found it so: what two detectors see at once counts once.
    public struct Downtime: Hashable, Sendable {
        public let subject: String
        /// Those that found it, by name.
        public let detectors: [Detector]
        /// Spells with time between them.
        public let outages: Int
        public let total: Duration
    }

    public let span: Range<Moment>
    /// All, then each pipeline followed by its detectors, by name.
    public let lines: [Line]
    /// The longest first.
    public let downtimes: [Downtime]

    /// - Parameters:
    ///   - span: what is reported on.
    ///   - now: until when an outage that goes on has lasted.
    ///   - falseAlarms: finds them by the causes that were said.
    ///   - outOfOrder: the detectors whose finding means that the asset is out of order.
    public init(
        of histories: [CaseHistory],
        in span: Range<Moment>,
        now: Moment,
        falseAlarms: FalseAlarmWords,
        outOfOrder: Set<Detector>
    ) {
        self.span = span
        let opened = histories.filter { span.contains($0.openedAt) }
        var lines = [Line(pipeline: nil, detector: nil, figures: CaseFigures(of: opened, falseAlarms))]
        for (pipeline, cases) in Self.sorted(opened, by: \.detector.pipeline) {
            lines.append(
                Line(pipeline: pipeline, detector: nil, figures: CaseFigures(of: cases, falseAlarms))
            )
            for (detector, cases) in Self.sorted(cases, by: \.detector.name) {
                let figures = CaseFigures(of: cases, falseAlarms)
                lines.append(Line(pipeline: pipeline, detector: detector, figures: figures))
            }
        }
        self.lines = lines
        downtimes = Self.downtimes(
            of: histories.filter { outOfOrder.contains($0.detector) },
            in: span,
            now: now
        )
    }

    private static func sorted(
        _ histories: [CaseHistory],
        by name: (CaseHistory) -> String
    ) -> [(String, [CaseHistory])] {
        Dictionary(grouping: histories, by: name).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static func downtimes(
        of histories: [CaseHistory],
        in span: Range<Moment>,
        now: Moment
    ) -> [Downtime] {
        Dictionary(grouping: histories, by: \.subject).compactMap { subject, histories -> Downtime? in
            var detectors: Set<Detector> = []
            var spells: [Range<Moment>] = []
            for history in histories {
                for outage in history.outages {
                    let begin = max(outage.begin, span.lowerBound)
                    let end = min(outage.end ?? now, span.upperBound)
                    guard begin < end else { continue }
                    spells.append(begin..<end)
                    detectors.insert(history.detector)
                }
            }
            let union = union(of: spells)
            guard !union.isEmpty else { return nil }
            return Downtime(
                subject: subject,
                detectors: detectors.sorted(),
                outages: union.count,
                total: union.reduce(.zero) { $0 + $1.upperBound.since($1.lowerBound) }
            )
        }.sorted { ($1.total, $0.subject) < ($0.total, $1.subject) }
    }

    /// What lies in two spans, or borders on both, is in one of these.
    private static func union(of spans: [Range<Moment>]) -> [Range<Moment>] {
        var union: [Range<Moment>] = []
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = union.last, span.lowerBound <= last.upperBound {
                union[union.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                union.append(span)
            }
        }
        return union
    }
}
