import Testing
import Units

@Suite("Units by their symbols")
struct KnownUnitTests {
    private func base(_ number: Double, _ symbol: String, of dimension: String) -> Double? {
        KnownUnit.all(of: dimension).first { $0.symbol == symbol }.map { number * $0.scale + $0.offset }
    }

    @Test("Every spelling stands for one unit of its dimension")
    func unambiguous() {
        for (dimension, units) in Dictionary(grouping: KnownUnit.all, by: \.dimension) {
            #expect(Set(units.map(\.symbol)).count == units.count, "\(dimension)")
            #expect(
                units.contains { $0.symbol == dimension && $0.scale == 1 && $0.offset == 0 },
                "\(dimension)"
            )
        }
    }

    @Test(
        "Known values",
        arguments: [
            (212, "°F", "°C", 100), (300, "K", "°C", 26.85), (21.5, "Cel", "°C", 21.5), (0.5, "1", "%", 50),
            (2, "m³", "L", 2000), (1, "m3/h", "L/h", 1000), (1, "L/s", "L/h", 3600), (3.6, "MJ", "Wh", 1000),
            (1, "kWh", "Wh", 1000), (3600, "J", "Wh", 1), (1, "GJ", "Wh", 277_777.777_8),
            (5, "mW", "W", 0.005),
            (5, "MW", "W", 5e6), (3000, "mV", "V", 3), (1013.25, "hPa", "mmHg", 760.0003),
            (1, "bar", "mmHg", 750.062), (29.92, "inHg", "mmHg", 759.968), (1, "gal", "L", 3.785_411_784),
            (1, "g", "kg", 0.001), (1, "g", "g", 1), (250, "cm", "m", 2.5),
            (2, "d", "s", 172_800), (1, "Hz", "/min", 60), (400, "ppb", "ppm", 0.4), (3, "", "", 3),
        ] as [(Double, String, String, Double)]
    )
    func values(_ number: Double, _ symbol: String, _ dimension: String, _ expected: Double) throws {
        let found = try #require(base(number, symbol, of: dimension))
        #expect(
            abs(found - expected) <= 1e-6 * max(1, abs(expected)),
            "\(number) \(symbol) is \(found) \(dimension)"
        )
    }

    @Test("A unit of another dimension, or in other letters, is none")
    func unknown() {
        #expect(
            base(1, "kWh", of: "L") == nil && base(1, "kwh", of: "Wh") == nil && base(1, "", of: "L") == nil
        )
    }
}
