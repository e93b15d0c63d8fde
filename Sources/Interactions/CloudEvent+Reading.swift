import Units

extension Interaction {
    /// Reads what `CloudEvent.bytes(of:)` wrote, for whoever asks a store what was found.
    ///
    /// Nil when the bytes are no such event: an entry that another program or a later Vigie wrote.
    public init?(cloudEvent bytes: [UInt8]) {
        let event: JSON
        do throws(JSONProblem) {
            event = try JSON(parsing: bytes)
        } catch {
            return nil
        }
        guard let data = event["data"], let about = data["interaction"],
            let id = event["id"]?.string, let key = about["key"]?.string, let seq = about["seq"]?.integer,
            let kind = about.word("kind", Kind.self), let verb = about.word("verb", Verb.self),
            let status = data.word("status", Status.self),
            let severity = data.word("severity", Severity.self),
            let privacy = data["privacy"]?.word("class", PrivacyClass.self),
            let source = event["source"]?.string, source.hasPrefix(CloudEvent.sources),
            let pipeline = URIText.unescaped(source.dropFirst(CloudEvent.sources.count)),
            let detector = data["detector"]?.string, let queue = data["queue"]?.string,
            let subject = data["subject"]?["id"]?.string, let title = data["title"]?.bilingual,
            let at = event.moment("time"), let openedAt = data["times"]?.moment("opened")
        else { return nil }
        self.init(
            id: id,
            key: key,
            seq: Int(seq),
            kind: kind,
            verb: verb,
            status: status,
            severity: severity,
            privacy: privacy,
            pipeline: pipeline,
            detector: detector,
            queue: queue,
            subject: subject,
            site: data["site"]?["id"]?.string,
            title: title,
            text: data["text"]?.bilingual,
            at: at,
            openedAt: openedAt,
            overAt: data["times"]?.moment("over"),
            evidence: (data["evidence"]?.array ?? []).compactMap(Evidence.init(json:)),
            by: data["by"]?.string,
            assignee: data["assignee"]?.string,
            estimate: data.moment("estimate"),
            cause: data["cause"]?.string,
            parent: data["parent"]?.string
        )
    }
}

extension Evidence {
    fileprivate init?(json: JSON) {
        guard let name = json["metric"]?.string, let value = json["value"]?.string else { return nil }
        self.init(name: name, value: value, unit: json["unit"]?.string ?? "")
    }
}

extension JSON {
    fileprivate func word<Word: RawRepresentable>(_ name: String, _: Word.Type) -> Word?
    where Word.RawValue == String {
        self[name]?.string.flatMap(Word.init(rawValue:))
    }

    fileprivate func moment(_ name: String) -> Moment? {
        self[name]?.string.flatMap(Moment.init(iso8601:))
    }

    fileprivate var bilingual: Bilingual? {
        guard let french = self["fr"]?.string, let english = self["en"]?.string else { return nil }
        return Bilingual(french: french, english: english)
    }
}
