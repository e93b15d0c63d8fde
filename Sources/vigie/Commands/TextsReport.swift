import Interactions
import PipelineKit

/// All texts of some pipelines, and our own.
struct TextsReport {
    struct Chapter {
        let name: String
        /// Where the pipeline stands; nil for our own texts.
        let place: Place?
        let sections: [Section]
    }

    /// The texts of one detector.
    struct Section {
        let name: String
        let severity: Severity?
        let place: Place?
        let sheets: [TextSheet]
        /// What keeps the texts from being tried.
        let obstacle: String?
    }

    let chapters: [Chapter]

    init(_ pipelines: [Pipeline], _ directory: DirectoryIndex?, withOwnTexts: Bool, _ reader: TextReader) {
        let ours = withOwnTexts ? [Self.ownTexts(reader)] : []
        chapters = pipelines.map { Self.chapter($0.plan, directory, reader) } + ours
    }

    private static func chapter(
        _ plan: PipelinePlan,
        _ directory: DirectoryIndex?,
        _ reader: TextReader
    ) -> Chapter {
        let cast = SampleCast(plan, directory)
        let sections = plan.texts.map { each in
            Section(
                name: each.detector.name,
                severity: each.detector.severity,
                place: each.detector.place,
                sheets: (each.texts ?? []).map { TextSheet($0, cast, reader) }
                    + [each.watch].compactMap { $0.map { TextSheet($0, cast, reader) } },
                obstacle: each.obstacle
            )
        }
        return Chapter(name: plan.name, place: plan.place, sections: sections)
    }

    private static func ownTexts(_ reader: TextReader) -> Chapter {
        let usual = StandardText.samples(
            label: CaseLabel("Mme D."),
            taker: FirstName(of: "Paul"),
            at: .sample
        )
        let longest = StandardText.samples(
            label: CaseLabel(TextReader.longestLabel),
            taker: FirstName(of: SampleSubject.longest.name),
            at: .sample
        )
        let sheets = zip(usual, longest).map { TextSheet($0, longest: $1, reader) }
        let section = Section(name: "", severity: nil, place: nil, sheets: sheets, obstacle: nil)
        return Chapter(name: "Vigie's own texts", place: nil, sections: [section])
    }

    var sheets: [TextSheet] { chapters.flatMap { $0.sections.flatMap(\.sheets) } }

    /// Texts that must not go out as they are.
    var errorCount: Int { sheets.flatMap(\.problems).count { $0.severity == .error } }

    var warningCount: Int {
        sheets.flatMap(\.problems).count { $0.severity == .warning }
            + chapters.flatMap(\.sections).count { $0.obstacle != nil }
    }
}
