import Units

/// How well cases were looked after in a span of time.
///
/// A case counts where it was opened. What became of it counts whenever that was, so a report of yesterday grows
/// better when a case of yesterday is closed today. Downtime alone is cut at both ends of the span, for it is a
/// share of it.
public struct CaseReport: Hashable, Sendable {
    /// The figures of one detector, of one pipeline or of all.
    public struct Line: Hashable, Sendable {
        /// Nil in the line of all.
        public let pipeline: String?
        /// Nil in the lines of a whole pipeline and of all.
        public let detector: String?
        public let figures: CaseFigures
    }

    /// How long one detector found one asset to be out of order.
    public struct Downtime: Hashable, Sendable {
        public let subject: String
        public let pipeline: String
        public let detector: String
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
    public init(
        of histories: [CaseHistory],
        in span: Range<Moment>,
        now: Moment,
        falseAlarms: FalseAlarmWords
    ) {
        self.span = span
        let opened = histories.filter { span.contains($0.openedAt) }
        var lines = [Line(pipeline: nil, detector: nil, figures: CaseFigures(of: opened, falseAlarms))]
        for (pipeline, cases) in Self.sorted(opened, by: \.pipeline) {
            lines.append(
                Line(pipeline: pipeline, detector: nil, figures: CaseFigures(of: cases, falseAlarms))
            )
            for (detector, cases) in Self.sorted(cases, by: \.detector) {
                let figures = CaseFigures(of: cases, falseAlarms)
                lines.append(Line(pipeline: pipeline, detector: detector, figures: figures))
            }
        }
        self.lines = lines
        downtimes = Self.downtimes(of: histories, in: span, now: now)
    }

    private static func sorted(
        _ histories: [CaseHistory],
        by name: (CaseHistory) -> String
    ) -> [(String, [CaseHistory])] {
        Dictionary(grouping: histories, by: name).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private struct Place: Hashable {
        let subject: String
        let pipeline: String
        let detector: String
    }

    /// Of assets only: nobody is out of order.
    private static func downtimes(
        of histories: [CaseHistory],
        in span: Range<Moment>,
        now: Moment
    ) -> [Downtime] {
        let assets = histories.filter { $0.privacy == .technical }
        let places = Dictionary(grouping: assets) {
            Place(subject: $0.subject, pipeline: $0.pipeline, detector: $0.detector)
        }
        return places.compactMap { place, histories -> Downtime? in
            let spans = histories.flatMap(\.outages).compactMap { outage -> Range<Moment>? in
                let begin = max(outage.begin, span.lowerBound)
                let end = min(outage.end ?? now, span.upperBound)
                return begin < end ? begin..<end : nil
            }
            guard !spans.isEmpty else { return nil }
            return Downtime(
                subject: place.subject,
                pipeline: place.pipeline,
                detector: place.detector,
                outages: spans.count,
                total: length(ofUnion: spans)
            )
        }.sorted {
            ($1.total, $0.subject, $0.pipeline, $0.detector) < (
                $0.total, $1.subject, $1.pipeline, $1.detector
            )
        }
    }

    /// What lies in two spans counts once.
    private static func length(ofUnion spans: [Range<Moment>]) -> Duration {
        var total = Duration.zero
        var covered = Moment.distantPast
        for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            let begin = max(span.lowerBound, covered)
            if begin < span.upperBound { total += span.upperBound.since(begin) }
            covered = max(covered, span.upperBound)
        }
        return total
    }
}
