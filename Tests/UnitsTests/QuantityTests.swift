import Testing
import Units

@Suite("Quantities and durations")
struct QuantityTests {
    @Test("A value is the same in every unit it is given in")
    func units() {
        #expect(Speed(36, .kilometresPerHour) == .metresPerSecond(10))
        #expect(Volume.cubicMetres(1.5) == .litres(1500))
        #expect(FlowRate.litresPerMinute(2) == .litresPerHour(120))
        #expect(Energy.kilowattHours(0.5).value(in: .wattHours) == 500)
        #expect(Ratio(0.25, .fraction) == .percent(25))
        #expect(abs(Acceleration(9.80665, .metresPerSecondSquared).base - 1) < 1e-15)
    }

    @Test("Degrees Fahrenheit have another zero")
    func fahrenheit() {
        #expect(abs(Temperature(32, .fahrenheit).base) < 1e-12)
        #expect(abs(Temperature(212, .fahrenheit).base - 100) < 1e-12)
        #expect(abs(Temperature.celsius(100).value(in: .fahrenheit) - 212) < 1e-12)
    }

    @Test("Quantities are added, compared and scaled")
    func arithmetic() {
        #expect(Mass.kilograms(2) + .kilograms(3) == .kilograms(5))
        #expect(Mass.kilograms(2) - .kilograms(3) < .zero)
        #expect(Mass.kilograms(2) * 3 == .kilograms(6))
        #expect(Mass.kilograms(6) / 3 == .kilograms(2))
        #expect(Mass.kilograms(6) / Mass.kilograms(3) == 2)
    }

    @Test("A volume over a span is a flow, and over no span it is none")
    func flow() {
        #expect(FlowRate(.litres(30), over: .minutes(15)) == .litresPerHour(120))
        #expect(FlowRate(.litres(30), over: .zero) == .zero)
        #expect(FlowRate(.litres(30), over: .seconds(-1)) == .zero)
    }

    @Test("A span has whole microseconds, rounded down")
    func microseconds() {
        #expect(Duration.weeks(2).inMicroseconds == 1_209_600_000_000)
        #expect(Duration.nanoseconds(1999).inMicroseconds == 1)
        #expect(Duration.nanoseconds(-1).inMicroseconds == -1)
        #expect(Duration.nanoseconds(-1000).inMicroseconds == -1)
        #expect(Duration.seconds(Int64.max).inMicroseconds == .max / 4)
        #expect(Duration.seconds(Int64.min).inMicroseconds == .min / 4)
        #expect(Duration.minutes(1).inSeconds == 60)
    }

    @Test("The longest span that microseconds can count is no trap")
    func longestSpan() {
        let edge = Duration.seconds(Int64.max / 1_000_000) + .microseconds(999_999)
        #expect(edge.inMicroseconds == .max / 4)
        #expect(
            Duration(secondsComponent: Int64.min / 1_000_000, attosecondsComponent: -999_999_000_000_000_000)
                .inMicroseconds == .min / 4
        )
    }

    @Test("Division rounds down and leaves no negative rest", arguments: [-7, -6, -1, 0, 1, 6, 7] as [Int64])
    func dividedFloor(number: Int64) {
        let (quotient, rest) = number.dividedFloor(by: 3)
        #expect(quotient * 3 + rest == number)
        #expect((0..<3).contains(rest))
    }
}
