import Testing

@testable import Models

@Suite("Which surprises are worth an alarm")
struct AlarmPolicyTests {
    @Test("The example of the documentation holds")
    func example() {
        var policy = AlarmPolicy(
            limit: 4,
            refractory: Lapse(samples: 10),
            memory: Lapse(samples: 100),
            habituation: 0.5
        )
        #expect(policy.judge(5, at: 0) == .raised(limit: 4))
        #expect(policy.judge(5, at: 1) == .stands)
        guard case .raised = policy.judge(11, at: 2) else {
            Issue.record("a surprise more than twice as great was not told")
            return
        }
        #expect(policy.judge(1, at: 3) == .quiet)
    }

    @Test("With a limit alone, one alarm for as long as it stands, and the next without delay")
    func limitOnly() {
        var policy = AlarmPolicy(limit: 4)
        let verdicts = [5.0, 6, 3, 5, 1, 5].map { policy.judge($0, at: 0) }
        let raised = AlarmPolicy.Verdict.raised(limit: 4)
        #expect(verdicts == [raised, .stands, .stands, .stands, .quiet, raised])
    }

    @Test("What is as bad after the refractory time is said again, and not before")
    func refractory() {
        var policy = AlarmPolicy(limit: 4, refractory: Lapse(samples: 10))
        let raised = (0..<31).filter { policy.judge(5, at: Double($0)) != .stands }
        #expect(raised == [0, 10, 20, 30])
    }

    @Test("A refractory time in values and seconds is over when both are")
    func refractoryInBoth() {
        for (step, expected) in [(1.0, 60), (600, 10)] {
            var policy = AlarmPolicy(limit: 4, refractory: Lapse(samples: 10, seconds: 60))
            let raised = (0..<100).filter { policy.judge(5, at: Double($0) * step) != .stands }
            #expect(Array(raised.prefix(2)) == [0, expected])
        }
    }

    @Test("Each alarm raises the limit of the next, and that fades")
    func habituation() {
        var policy = AlarmPolicy(limit: 4, memory: Lapse(samples: 100), habituation: 0.5)
        var limits: [Double] = []
        for index in 0..<400 {
            let isBad = index < 40 ? index.isMultiple(of: 10) : index == 399
            if case .raised(let limit) = policy.judge(isBad ? 9 : 0, at: 0) { limits.append(limit) }
        }
        #expect(limits.count == 5)
        #expect(limits[0] == 4)
        #expect(zip(limits.prefix(4), limits.dropFirst()).prefix(3).allSatisfy { $0 < $1 })
        // After 360 values the four alarms count a thirtieth or less.
        #expect(limits[4] > 4 && limits[4] < 4.4)
    }

    @Test("A clock that was set back by years does not silence it")
    func clock() {
        var policy = AlarmPolicy(limit: 4, refractory: Lapse(samples: 1, seconds: 3600))
        #expect(policy.judge(5, at: 1_900_000_000) == .raised(limit: 4))
        #expect(policy.judge(5, at: 1_700_000_000) == .raised(limit: 4))
    }

    @Test("Bad parameters are taken as the nearest good ones")
    func clamped() {
        let lapse = Lapse(samples: -3, seconds: .nan)
        #expect(lapse.isNone)
        var policy = AlarmPolicy(
            limit: .nan,
            refractory: lapse,
            memory: lapse,
            habituation: -.infinity,
            escalation: .nan,
            release: .nan
        )
        for surprise in [0.0, 1, 1000, 0.5] {
            if case .raised(let limit) = policy.judge(surprise, at: 0) {
                #expect(limit.isFinite && limit > 0)
            }
        }
    }

    @Test(
        "A calm detector of a noisy value speaks less often than a bare limit, and still of a lasting change"
    )
    func calm() {
        func alarms(_ detector: Beyond<FadingMoments>) -> (noise: Int, change: Bool) {
            var random = Seeded(71)
            var detector = detector
            var told = 0
            for index in 0..<5000 {
                let before = detector.alarm
                let outlier = random.number() < 0.01 ? 12.0 : 0
                detector.learn(random.bell(1) + outlier, at: Double(index) * 300)
                if detector.alarm.isRaised, detector.alarm != before { told += 1 }
            }
            var isTold = false
            for index in 5000..<5100 {
                let before = detector.alarm
                detector.learn(100 + random.bell(1), at: Double(index) * 300)
                isTold = isTold || (detector.alarm.isRaised && detector.alarm != before)
            }
            return (told, isTold)
        }
        let bare = alarms(Beyond(FadingMoments(memory: 100), limit: 4))
        let calm = alarms(Beyond(FadingMoments(memory: 100), policy: .calm(limit: 4)))
        #expect(bare.noise > 30)
        #expect(Double(calm.noise) < 0.75 * Double(bare.noise))
        #expect(bare.change && calm.change)
    }

    @Test("The past of an explanation is the time since the first value, of a gap no more than a day")
    func past() {
        var level = Beyond(FadingMoments(memory: 100), limit: 6)
        for index in 0..<100 { level.learn(Double(index % 2), at: Double(index) * 3600) }
        level.learn(30, at: 100 * 3600)
        #expect(level.explanation.past == 100 * 3600)
        #expect(level.explanation.reasons.map(\.share) == [100])
        level.learn(0, at: 1000 * 86_400)
        #expect(level.explanation.past == 100 * 3600 + 86_400)
    }
}
