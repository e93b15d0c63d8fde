import Units

extension StandardText {
    /// One of our own texts, to be read and checked before anybody else reads it.
    public struct Sample: Sendable {
        public let name: String
        public let wording: Wording
        public let use: TextUse
    }

    /// Every text that Vigie writes by itself, with these facts in it. Those whose length is the pipeline's or the
    /// directory's have a usual title or place in them.
    ///
    /// - Parameters:
    ///   - label: how the case is called.
    ///   - taker: who took it.
    ///   - time: when that was, or whatever else happened.
    public static func samples(label: CaseLabel?, taker: FirstName?, at time: Moment) -> [Sample] {
        let title = Bilingual(french: "Ascenseur A en panne", english: "Ascenseur A out of service")
        let questions = ReplyCode.all.prefix(3).map { OpenQuestion($0, label) }
        return [
            reply("not understood", notUnderstood(aboutALife: true)),
            reply("already taken", alreadyTaken(label, by: taker, at: time)),
            reply("over", over(label, since: time)),
            reply("taken by you", takenByYou(label, aboutALife: true)),
            reply("stand down", standDown(label, by: taker, at: time)),
            reply("end of alert", endOfAlert(label, at: time)),
            reply("are you there", areYouThere(label, since: time)),
            reply("nobody answered", unanswered(title: title)),
            reply("passed to the team", passedToTeam),
            reply("help passed on", helpPassedOn),
            reply("unsubscribed", unsubscribed),
            reply("subscribed again", subscribedAgain),
            reply("only the team unsubscribes", onlyTheTeamUnsubscribes),
            reply("which of several", whichOf(questions)),
            news("digest", heldBack(Array(repeating: title, count: 3), parts: 2)),
            news(
                "comes and goes",
                comesAndGoes("Ascenseur A", address: "12 rue des Lilas", since: time),
                privacy: .technical
            ),
        ]
    }

    /// It may be about anything: the strictest rules hold.
    private static func reply(_ name: String, _ wording: Wording) -> Sample {
        let asks = wording.pending.contains(.code)
        let use = TextUse(.reply, expectsReply: asks, privacy: .health, severity: .critical)
        return Sample(name: name, wording: wording, use: use)
    }

    private static func news(
        _ name: String,
        _ wording: Wording,
        privacy: PrivacyClass = .health
    ) -> Sample {
        Sample(name: name, wording: wording, use: TextUse(.service, privacy: privacy))
    }
}
