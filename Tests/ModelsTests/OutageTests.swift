import Glibc
import Testing

@testable import Models

@Suite("Outages of a machine")
struct OutageTests {
    @Test("The example of the documentation holds")
    func example() {
        var service = OutageClusters(delay: 1800, merging: 86_400)
        for minute in 0..<600 { service.learn(minute % 100 > 60 ? 1 : 0, at: Double(minute) * 60) }
        #expect(service.alarm.cause == .outOfService)
        #expect(service.alarm.since == 61 * 60)
        #expect(service.alarm.raisedAt == 91 * 60)
        #expect(service.outages == 6)
        #expect(service.explanation.reasons == [.init(cause: .outOfService, share: 100)])
        #expect(service.explanation.past == 599 * 60)
    }

    @Test("A spell shorter than the delay is not told, however often it comes")
    func short() {
        var service = OutageClusters(delay: 1800)
        for minute in 0..<3000 {
            service.learn(minute % 60 < 25 ? 1 : 0, at: Double(minute) * 60)
            #expect(!service.alarm.isRaised, "minute \(minute)")
        }
    }

    @Test("The alarm ends a day after the last outage has, and the next outage is a new one")
    func ends() {
        var service = OutageClusters(delay: 1800, merging: 86_400)
        var raised: [Double] = []
        for hour in 0..<200 {
            let isOut = (10..<12).contains(hour) || (30..<32).contains(hour) || (100..<102).contains(hour)
            let was = service.alarm.raisedAt
            service.learn(isOut ? 1 : 0, at: Double(hour) * 3600)
            if service.alarm.isRaised, service.alarm.raisedAt != was { raised.append(Double(hour)) }
            if hour == 55 { #expect(service.alarm.isRaised) }
            if hour == 56 { #expect(!service.alarm.isRaised) }
        }
        #expect(raised == [11, 101])
        #expect(abs(service.usualLength - 7200) < 1)
    }

    @Test("Someone inside is told at once, and as such when the outage was told already")
    func entrapment() {
        var service = OutageClusters(delay: 1800)
        service.learn(isOut: false, isSomeoneInside: true, at: 0)
        #expect(!service.alarm.isRaised)
        service.learn(isOut: true, isSomeoneInside: true, at: 60)
        #expect(service.alarm.cause == .entrapment)
        var late = OutageClusters(delay: 1800)
        for minute in 0...40 { late.learn(isOut: true, isSomeoneInside: false, at: Double(minute) * 60) }
        #expect(late.alarm.cause == .outOfService)
        late.learn(isOut: true, isSomeoneInside: true, at: 41 * 60)
        #expect(late.alarm.cause == .entrapment)
        #expect(late.alarm.raisedAt == 41 * 60)
    }

    @Test("A year without a known state begins the spell anew")
    func unknown() {
        var service = OutageClusters(delay: 1800)
        service.learn(1, at: 0)
        service.learn(1, at: 365 * 86_400)
        #expect(!service.alarm.isRaised)
        service.learn(1, at: 365 * 86_400 + 1800)
        #expect(service.alarm.duration == 1800)
    }

    @Test("The third outage in a week: the example of the documentation holds")
    func repeats() {
        var repairs = RepeatedOutages(count: 3, within: 7 * 86_400)
        for hour in 0..<(24 * 5) {
            let isOut = hour % 48 == 12 || hour % 48 == 13
            repairs.learn(isOut ? 1 : 0, at: Double(hour) * 3600)
        }
        #expect(repairs.alarm.cause == .repeated)
        #expect(repairs.alarm.since == 12 * 3600)
        #expect(repairs.alarm.seen == 3)
        #expect((repairs.alarm.raisedAt / 86_400).rounded(.down) == 4)
    }

    @Test("Three outages in three weeks are not repeated, and one that flaps for an hour is one")
    func rare() {
        var repairs = RepeatedOutages()
        for hour in 0..<(24 * 40) {
            let isOut = [12, 13, 16, 17].contains(hour % (24 * 8))
            repairs.learn(isOut ? 1 : 0, at: Double(hour) * 3600)
            #expect(!repairs.alarm.isRaised, "hour \(hour)")
        }
        #expect(repairs.failures == 5)
    }

    @Test("A week without an outage ends it")
    func repaired() {
        var repairs = RepeatedOutages()
        for hour in 0..<(24 * 20) {
            let isOut = hour < 24 * 4 && hour % 24 < 2
            repairs.learn(isOut ? 1 : 0, at: Double(hour) * 3600)
            if hour == 24 * 4 { #expect(repairs.alarm.isRaised) }
        }
        #expect(!repairs.alarm.isRaised)
    }
}

@Suite("Failure rates")
struct FailureRateTests {
    @Test("The examples of the documentation hold")
    func examples() throws {
        var lift = FailureRate(prior: FailurePrior(perYear: 10, shape: 0.5))
        for day in 0...365 { lift.learn(day % 73 == 1 ? 1 : 0, at: Double(day) * 86_400) }
        #expect(lift.failures == 5)
        #expect(abs(lift.perYear - 5.24) < 0.01)
        #expect(abs(lift.meanTimeBetweenFailures / 86_400 - 69.7) < 0.1)
        var fleet = FailurePrior.Fleet()
        for machine in 0..<100 { fleet.add(failures: machine < 10 ? 20 : 1, over: 365.25 * 86_400) }
        let prior = try #require(fleet.prior)
        #expect(abs(prior.perYear - 2.9) < 1e-9)
        #expect(abs(prior.shape - 0.28) < 0.01)
    }

    @Test("Before anything is known of it a machine is one of the fleet; then its own count counts")
    func shrinkage() {
        let prior = FailurePrior(perYear: 4, shape: 0.5)
        var poor = FailureRate(prior: prior)
        #expect(poor.perYear == 4)
        for day in 0...730 { poor.learn(day % 10 == 5 ? 1 : 0, at: Double(day) * 86_400) }
        #expect(abs(poor.perYear - 36.5) < 2.5)
        let range = poor.range(holding: 0.9)
        #expect(range.low < poor.perYear && poor.perYear < range.high)
        #expect(range.low > 28 && range.high < 46)
    }

    @Test("The range holds the true rate as often as it says")
    func range() {
        var random = Seeded(71)
        var inside = 0
        for _ in 0..<500 {
            // A gamma prior with shape 1 is an exponential one.
            let rate = -8 * log(1 - random.number(0...0.999_999))
            var machine = FailureRate(prior: FailurePrior(perYear: 8, shape: 1))
            for day in 0...400 {
                machine.learn(random.number() < rate / 365.25 ? 1 : 0, at: Double(day) * 86_400)
            }
            let range = machine.range(holding: 0.9)
            if range.low <= rate, rate <= range.high { inside += 1 }
        }
        #expect((430...470).contains(inside), "\(inside) of 500")
    }

    @Test("A memory forgets the time before a repair")
    func memory() {
        let prior = FailurePrior(perYear: 4, shape: 0.5)
        var forgetful = FailureRate(prior: prior, memory: 60 * 86_400)
        var faithful = FailureRate(prior: prior)
        for day in 0...365 {
            let failures = day < 100 ? 1.0 : 0
            forgetful.learn(failures, at: Double(day) * 86_400)
            faithful.learn(failures, at: Double(day) * 86_400)
        }
        #expect(forgetful.perYear < 10)
        #expect(faithful.perYear > 80)
    }

    @Test("Tails of counts agree with sums of their probabilities")
    func tails() {
        for (mean, shape) in [(0.3, 0.5), (4, 2.0), (50, 4), (300, 1e6)] {
            let count = NegativeBinomial(mean: mean, shape: shape)
            var sum = 0.0
            for x in 0..<400 {
                let upper = exp(count.logAtLeast(Double(x)))
                #expect(abs(1 - sum - upper) < 1e-7, "mean \(mean), x \(x)")
                sum += exp(count.logProbability(Double(x)))
                let lower = exp(count.logAtMost(Double(x)))
                #expect(abs(sum - lower) < 1e-7, "mean \(mean), x \(x)")
            }
        }
        #expect(abs(binomialUpperTail(2, size: 2, chance: 0.1) - 0.01) < 1e-9)
        #expect(binomialUpperTail(3, size: 2, chance: 0.1) == 0)
        #expect(binomialUpperTail(0, size: 2, chance: 0.1) == 1)
        #expect(abs(normalQuantile(0.95) - 1.645) < 1e-3)
    }
}
