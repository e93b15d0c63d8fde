import Interactions
import TestSupport
import Testing
import Units

@Suite("Figures of cases")
struct CaseReportTests {
    private static let day = Moment(seconds: 1_767_571_200)  // 2026-01-05T00:00:00Z
    private static let span = day..<(day + .days(1))

    /// A history from lines: when (minutes after midnight), status, and what else is said. Without `episodes`, no sensor
    /// says that it is over.
    private func history(
        _ steps: [(minute: Int, status: Interaction.Status, cause: String?)],
        pipeline: String = "elevators",
        detector: String = "out of service",
        subject: String = "A7",
        since: Int? = nil,
        episodes: [(began: Int, over: Int)] = [],
        messages: [CaseHistory.Message] = []
    ) throws -> CaseHistory {
        let interactions = steps.enumerated().map { index, step in
            let episode = episodes.last { $0.began <= step.minute }
            let over = episode.map(\.over).flatMap { $0 <= step.minute ? $0 : nil }
            return Interaction(
                id: "EVT_\(index)",
                key: "CASE",
                seq: index + 1,
                kind: .case,
                verb: index == 0 ? .opened : .updated,
                status: step.status,
                severity: .warning,
                privacy: .technical,
                pipeline: pipeline,
                detector: detector,
                queue: "q",
                subject: subject,
                site: nil,
                title: Bilingual(french: "t"),
                at: Self.day + .minutes(step.minute),
                openedAt: Self.day + .minutes(episode?.began ?? since ?? steps[0].minute),
                overAt: over.map { Self.day + .minutes($0) },
                cause: step.cause
            )
        }
        return try #require(CaseHistory(interactions, messages: messages))
    }

    private func report(_ histories: [CaseHistory], now: Int = 10_000, more: [String] = []) -> CaseReport {
        CaseReport(
            of: histories,
            in: Self.span,
            now: Self.day + .minutes(now),
            falseAlarms: FalseAlarmWords(and: more),
            outOfOrder: Set(
                ["out of service", "standstill"].map { .init(pipeline: "elevators", name: $0) }
            )
        )
    }

    private func message(
        _ channel: Channel = .text,
        decided: Double,
        sent: Double?,
        hasReceipts: Bool = true,
        isDelivered: Bool = false
    ) -> CaseHistory.Message {
        func moment(_ minutes: Double) -> Moment { Self.day + .seconds(minutes * 60) }
        return .init(
            channel: channel,
            decidedAt: moment(decided),
            sentAt: sent.map(moment),
            hasReceipts: hasReceipts,
            isDelivered: isDelivered
        )
    }

    @Test("Percentiles are values that occurred, by nearest rank")
    func percentiles() {
        let hundred = Percentiles(of: (1...100).shuffled().map { .seconds($0) })
        #expect(hundred.count == 100)
        #expect(hundred.p50 == .seconds(50))
        #expect(hundred.p975 == .seconds(98))
        #expect(hundred.p99 == .seconds(99))
        // NIST's example ranks: of 12 values the 50th percentile is the 6th, the others the 12th.
        let dozen = Percentiles(of: (1...12).map { .seconds($0) })
        #expect([dozen.p50, dozen.p975, dozen.p99] == [.seconds(6), .seconds(12), .seconds(12)])
        let one = Percentiles(of: [.seconds(7)])
        #expect([one.p50, one.p975, one.p99] == [.seconds(7), .seconds(7), .seconds(7)])
        #expect(Percentiles(of: []).p50 == nil)
        let forty = Percentiles(of: (1...40).map { .seconds($0) })
        #expect(forty.p975 == .seconds(39))
    }

    @Test(
        "At least so many of a hundred values are no longer than a percentile",
        arguments: 1...40 as ClosedRange<UInt64>
    )
    func percentileMeaning(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let spans = (0..<1 + dice.below(300)).map { _ in Duration.seconds(dice.below(50)) }
        let found = Percentiles(of: spans)
        for (share, value) in [(500, found.p50), (975, found.p975), (990, found.p99)] {
            let value = try #require(value)
            #expect(spans.contains(value))
            #expect(spans.count { $0 <= value } * 1000 >= share * spans.count)
            #expect(spans.count { $0 < value } * 1000 < share * spans.count, "and no smaller one has as many")
        }
    }

    @Test("Times run from the opening: to the first message, to whoever took it, to the end that lasted")
    func times() throws {
        let sent = [
            message(decided: 600, sent: nil), message(decided: 600, sent: 605, isDelivered: true),
            message(.chat, decided: 601, sent: 602),
        ]
        let histories = [
            try history(
                [
                    (600, .new, nil), (610, .acknowledged, nil), (620, .inProgress, nil),
                    (660, .resolved, nil),
                    (670, .new, nil), (700, .resolved, nil), (710, .closed, "porte"),
                ],
                since: 590,
                messages: sent
            ),
            try history([(700, .new, nil), (730, .pending, nil)]),
            try history([(800, .new, nil)]),
        ]
        let all = report(histories).lines[0].figures
        #expect(all.cases == 3)
        #expect(all.untilFirstNotice == Percentiles(of: [.minutes(2)]))
        #expect(all.untilAcknowledged == Percentiles(of: [.minutes(10), .minutes(30)]))
        #expect(all.untilEnded == Percentiles(of: [.minutes(100)]), "the first end did not last")
        #expect(
            [all.textsSent, all.textsDelivered] == [1, 1],
            "a card is no text, and one text was not sent"
        )
        #expect(all.textsPerCase == 1.0 / 3)
        #expect(all.deliveredShare == 1)
    }

    @Test("After a fall the clock starts when its wearer is asked, a minute before the case is opened")
    func fall() throws {
        let asked = [message(decided: 600, sent: 600.1), message(decided: 601, sent: 601.1)]
        let fall = try history(
            [(601, .new, nil), (604, .acknowledged, nil), (630, .closed, nil)],
            detector: "fall",
            messages: asked
        )
        let all = report([fall]).lines[0].figures
        #expect(all.untilFirstNotice == Percentiles(of: [.seconds(6)]))
        #expect(all.untilAcknowledged == Percentiles(of: [.minutes(4)]))
        #expect(all.untilEnded == Percentiles(of: [.minutes(30)]))
    }

    @Test("A case that nobody ever took is counted beside those that somebody took")
    func neverTaken() throws {
        let histories = [
            try history([(600, .new, nil), (610, .acknowledged, nil)]),
            try history([(600, .new, nil), (700, .resolved, nil)]),
            try history([(600, .new, nil)]), try history([(600, .new, nil), (601, .pending, nil)]),
        ]
        let all = report(histories).lines[0].figures
        #expect([all.untilAcknowledged.count, all.cases] == [2, 4])
        #expect(all.takenShare == 0.5)
        #expect(report([]).lines[0].figures.takenShare == nil)
    }

    @Test("Texts of a gateway without receipts say nothing about how many arrived")
    func receipts() throws {
        func share(_ messages: CaseHistory.Message...) throws -> Double? {
            let all = report([try history([(600, .new, nil)], messages: messages)]).lines[0].figures
            #expect(all.textsSent == messages.count)
            return all.deliveredShare
        }
        let silent = message(decided: 600, sent: 601, hasReceipts: false)
        let lost = message(decided: 600, sent: 601)
        #expect(try share(silent, silent) == nil)
        #expect(try share(silent, lost) == 0)
        #expect(try share(silent, lost, message(decided: 600, sent: 601, isDelivered: true)) == 0.5)
    }

    @Test("Cases count where they were opened, first day included and the day after the last not")
    func borders() throws {
        let histories = try [-1, 0, 1439, 1440].map { try history([($0, .new, nil)]) }
        #expect(report(histories).lines[0].figures.cases == 2)
        #expect(report([]).lines.map(\.figures.cases) == [0])
        #expect(report([]).lines[0].figures.textsPerCase == nil)
        #expect(report([]).lines[0].figures.falseAlarmRate == nil)
    }

    @Test("Lines are all, then each pipeline with its detectors")
    func lines() throws {
        let histories = [
            try history([(1, .new, nil)], pipeline: "water", detector: "leak"),
            try history([(2, .new, nil)], detector: "stuck"), try history([(3, .new, nil)]),
            try history([(4, .new, nil)]),
        ]
        let lines = report(histories).lines.map {
            "\($0.pipeline ?? "all"), \($0.detector ?? "-"): \($0.figures.cases)"
        }
        #expect(
            lines == [
                "all, -: 4", "elevators, -: 3", "elevators, out of service: 2", "elevators, stuck: 1",
                "water, -: 1", "water, leak: 1",
            ]
        )
    }

    @Test("Downtime is from beginning to clearing within the day, overlaps once, open ones until now")
    func downtime() throws {
        let histories = [
            try history([(605, .new, nil), (660, .resolved, nil), (900, .closed, nil)], since: 600),
            try history([(640, .new, nil), (690, .resolved, nil)]),
            try history([(-60, .new, nil), (30, .resolved, nil)]),
            try history([(1380, .new, nil), (1500, .resolved, nil)]),
            try history([(1000, .new, nil)], subject: "B2"),
            try history([(680, .new, nil), (700, .resolved, nil)], detector: "standstill"),
            // An elevator whose controller is silent may run, and people stuck are no state of it.
            try history([(100, .new, nil)], detector: "stuck"),
            try history([(100, .new, nil)], detector: "controller silent", subject: "D4"),
            try history([(10, .new, nil)], pipeline: "falls", subject: "P-1"),
            try history([(-100, .new, nil), (-50, .resolved, nil)], subject: "C3"),
        ]
        let found = report(histories, now: 1010).downtimes.map {
            "\($0.subject) \($0.detectors.map(\.name)): \($0.outages), \($0.total.inSeconds / 60)"
        }
        // The outage that began at 23:00 ends for this report at midnight.
        #expect(
            found == [
                "A7 [\"out of service\", \"standstill\"]: 3, \(100.0 + 30 + 60)",
                "B2 [\"out of service\"]: 1, 10.0",
            ]
        )
    }

    @Test("A reopened case is down twice, not all the time between")
    func reopened() throws {
        let again = try history(
            [(0, .new, nil), (10, .resolved, nil), (50, .new, nil), (70, .resolved, nil)],
            episodes: [(0, 10), (50, 70)]
        )
        let found = try #require(report([again]).downtimes.first)
        #expect(found.outages == 2)
        #expect(found.total == .minutes(30))
    }

    @Test("A case that people go on working on is down until the sensor says that it runs")
    func workedOn() throws {
        let steps: [(Int, Interaction.Status, String?)] = [
            (5, .new, nil), (30, .inProgress, nil), (70, .inProgress, nil), (400, .pending, nil),
        ]
        let found = try #require(report([try history(steps, episodes: [(0, 60)])]).downtimes.first)
        #expect(found.outages == 1)
        #expect(found.total == .minutes(60))
    }

    @Test("What a CRM calls resolved and the sensor does not is down all the time")
    func resolvedTooEarly() throws {
        let steps: [(Int, Interaction.Status, String?)] = [
            (0, .new, nil), (20, .resolved, nil), (35, .new, nil), (100, .resolved, nil),
        ]
        let found = try #require(report([try history(steps, episodes: [(0, 90)])]).downtimes.first)
        #expect(found.outages == 1)
        #expect(found.total == .minutes(90))
    }

    @Test(
        "False alarms are found by whole words of the cause, whatever their capitals; open cases do not count"
    )
    func falseAlarms() throws {
        func ended(_ cause: String?) throws -> CaseHistory {
            try history([(1, .new, nil), (2, .closed, cause)])
        }
        let histories = [
            try ended("Fausse alerte, le chat"), try ended("FALSE ALARM"),
            try ended("contestée par le locataire"),
            try ended("câble rompu"), try ended(nil), try ended(""), try ended("exercice annuel"),
            try history([(1, .new, nil), (2, .acknowledged, "fausse alerte")]),
        ]
        let figures = report(histories).lines[0].figures
        #expect([figures.falseAlarms, figures.withCause] == [2, 5])
        #expect(figures.falseAlarmRate == 0.4)
        #expect(report(histories, more: ["exercice", ""]).lines[0].figures.falseAlarms == 3)
        #expect(!FalseAlarmWords(and: [" ,"]).areIn("anything"))
    }

    @Test(
        "A test is a false alarm where the cause begins with it, and what is said not to be one is none",
        arguments: [
            ("essai", true), ("Test mensuel", true), ("c'était un test", true), ("just a test", true),
            ("contacteur remplacé, test OK", false), ("remis en service après essai", false),
            ("pas une fausse alerte", false), ("not a false alarm", false),
            ("it wasn't a false alarm", false),
            ("pas de panne, fausse alerte", true), ("rien : fausse alerte", true),
        ]
    )
    func falseAlarmWords(cause: String, isFalse: Bool) {
        #expect(FalseAlarmWords().areIn(cause) == isFalse)
    }

    @Test("What opens no case has no history")
    func noCase() {
        #expect(CaseHistory([], messages: []) == nil)
    }
}
