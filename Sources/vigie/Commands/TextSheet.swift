import Interactions
import PipelineKit
import Units

/// One text as its readers see it: what it takes to send it, and what is wrong with it.
struct TextSheet {
    /// In one language.
    struct Version {
        let language: Language
        let words: String
        /// As a text message; nil for an entry of the timeline, and for what cannot go out.
        let encoding: SMSEncoding?
        /// The most that it takes: with the longest names, at any time.
        let longest: SMSEncoding?
        /// Of one message.
        let cost: SMSCost?
        let problems: [TextProblem]
    }

    let name: String
    let versions: [Version]
    /// Who gets it of the largest audience; nil where it goes to single people.
    let audience: AudienceSize?
    /// Of one message to each of them.
    let cost: SMSCost?

    var problems: [TextProblem] { versions.flatMap(\.problems) }

    /// A text of a pipeline.
    init(_ text: PlannedText, _ cast: SampleCast, _ reader: TextReader) {
        let words = text.text(about: cast.usual, in: .day, zone: reader.zone)
        let problems = text.problems(usual: cast.usual, longest: cast.longest, zone: reader.zone)
        let trials = TextTrial.allCases.flatMap { trial in
            [cast.usual, cast.longest].map { (text.wording(about: $0, in: trial), text.now(in: trial)) }
        }
        var audience: AudienceSize?
        if case .audience(let readers) = text.readers {
            audience = cast.largest(readers, at: text.now(in: .day))
        }
        self.init(
            text.name,
            words,
            isMessage: text.use != nil,
            trials: trials,
            problems: problems,
            audience: audience,
            reader
        )
    }

    /// What watches show: a title and a line, no text message.
    init(_ watch: PlannedWatch, _ cast: SampleCast, _ reader: TextReader) {
        let words = watch.words(about: cast.usual, in: .day, zone: reader.zone)
        self.init(
            "watch",
            Bilingual(
                french: "\(words.title.french) | \(words.line.french)",
                english: "\(words.title.english) | \(words.line.english)"
            ),
            isMessage: false,
            trials: [],
            problems: watch.problems(usual: cast.usual, longest: cast.longest, zone: reader.zone),
            audience: nil,
            reader
        )
    }

    /// A text of ours.
    init(_ sample: StandardText.Sample, longest: StandardText.Sample, _ reader: TextReader) {
        let now = TextReader.now
        self.init(
            sample.name,
            sample.wording.rendered(in: reader.zone, at: now),
            isMessage: true,
            trials: [(sample.wording, now), (longest.wording, now)],
            problems: TextRules.problems(
                for: sample.use,
                in: reader.zone,
                at: now,
                sample.wording,
                longest: longest.wording,
                named: TextReader.longestLabel
            ),
            audience: nil,
            reader
        )
    }

    private init(
        _ name: String,
        _ words: Bilingual,
        isMessage: Bool,
        trials: [(Wording, Moment)],
        problems: [TextProblem],
        audience: AudienceSize?,
        _ reader: TextReader
    ) {
        self.name = name
        self.audience = audience
        versions = reader.languages.map { language in
            let longest = trials.compactMap { wording, now in
                reader.encoding(reader.text(wording, at: now).text(in: language))
            }.max { ($0.parts.count, $0.units) < ($1.parts.count, $1.units) }
            return Version(
                language: language,
                words: words.text(in: language),
                encoding: isMessage ? reader.encoding(words.text(in: language)) : nil,
                longest: isMessage ? longest : nil,
                cost: isMessage ? reader.cost(of: words, to: [language: 1]) : nil,
                problems: problems.filter { $0.language == language }
            )
        }
        cost = audience.flatMap { reader.cost(of: words, to: $0.readers) }
    }
}

/// For whom texts are shown.
struct TextReader {
    let zone: CivilZone
    let languages: [Language]
    /// Nil: no costs.
    let price: SMSPrice?

    /// A time of the day before is the longest.
    static let now = Moment.sample + .days(1)
    static let longestLabel = String(repeating: "W", count: CaseLabel.longest)

    /// With all that is known only when it is written.
    func text(_ wording: Wording, at now: Moment) -> Bilingual {
        let facts = WritingFacts(
            nextWord: now + .days(1),
            code: ReplyCode.all.first,
            taker: FirstName(of: "Paul")
        )
        do {
            return try wording.rendered(in: zone, at: now, knowing: facts)
        } catch {
            // Not with all facts given; the words for what is not known are as good.
            return wording.rendered(in: zone, at: now)
        }
    }

    /// Nil for what cannot go out; why is among its problems.
    func encoding(_ text: String) -> SMSEncoding? {
        do { return try SMSEncoding(text, maxParts: .max) } catch { return nil }
    }

    /// Nil where there is no price, or it cannot go out.
    func cost(of text: Bilingual, to readers: [Language: Int]) -> SMSCost? {
        guard let price else { return nil }
        do { return try SMSCost(of: text, to: readers, at: price) } catch { return nil }
    }
}
