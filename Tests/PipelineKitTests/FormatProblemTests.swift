import PipelineKit
import Telemetry
import Testing
import Units

/// What `vigie check` says about formats and the table that they fill.
@Suite("Problems of formats")
struct FormatProblemTests {
    struct Radio: Reading {
        var device = Name()
        var at = Moment()
        var level = Ratio.zero
        var voltage = Voltage.zero
        var isLow = false

        static var fields: [Field<Self>] {
            Field("subject", \.device)
            Field("at", \.at)
            Field("battery", \.level, in: .percent, missing: .keepsLastValue)
            Field("battery", \.voltage, in: .volts, missing: .keepsLastValue)
            Field("batteryLow", \.isLow, missing: .keepsLastValue)
        }
    }

    static func radios(_ stages: [any Stage<Radio>], format: PayloadFormat = .chirpStack) -> Pipeline {
        Pipeline("radios", reading: Radio.self) {
            let head: [any Stage<Radio>] = [Listen(to: "a/#", as: format), Identify(by: \.device)]
            return head + stages + [low()]
        }
    }

    static func low() -> any Stage<Radio> {
        Detect("low", severity: .info) {
            Holds(\.isLow, for: .hours(1))
        } react: {
            Note(in: "desk") { "\($0.name)" }
        }
    }

    @Test("A battery in volts or per cent is two fields of one name, where units are named")
    func twice() {
        #expect(Self.radios([Order(by: \.at, waiting: .seconds(5))]).problems == [])
        #expect(
            Self.radios([], format: .json).texts == [
                "two fields are called \"battery\", and this format has one value for both; only formats that name "
                    + "their units tell them apart"
            ]
        )
    }

    struct Wrong: Reading {
        var device = Name()
        var at = 0
        var isHistory = Name()
        var measuredAt = Moment()
        var samples = Samples()

        static var fields: [Field<Self>] {
            Field("subject", \.device, missing: .keepsLastValue)
            Field("at", \.at)
            Field("historical", \.isHistory)
            Field("ts", \.measuredAt, missing: .keepsLastValue)
            Field("samples", \.samples, in: .g)
        }
    }

    static func wrong(_ format: PayloadFormat) -> [String] {
        Pipeline("wrong", reading: Wrong.self) {
            Listen(to: "a/#", as: format)
            Identify(by: \.device)
            Order(by: \.measuredAt, waiting: .seconds(5))
            Detect("silent", severity: .info) {
                Silent(for: .hours(1))
            } react: {
                Note(in: "desk") { "\($0.name)" }
            }
        }.texts
    }

    @Test("Reserved names want their types, Order and Identify what is there")
    func reserved() {
        let kept = [
            "Identify goes by \"subject\", which keeps the last value where it is missing: what a device said last is "
                + "known only behind Identify",
            "Order goes by \"ts\", which keeps the last value where it is missing: what a device said last is known only "
                + "behind Order",
        ]
        func rename(_ name: String, _ type: String) -> String {
            "\"\(name)\" says something of the whole reading in senml+json and fills a property of type \(type), found "
                + "another; rename the field"
        }
        let inFormat = [
            rename("at", "Moment"), rename("historical", "Bool"),
            "\"samples\" is a block of samples, which senml+json never brings",
            "Order does not go by the field \"at\", which senml+json fills with the best time that it knows",
        ]
        #expect(Set(Self.wrong(.senML)) == Set(inFormat + kept))
        #expect(Set(Self.wrong(.json)) == Set(kept))
        let unknown =
            "the device to read by is not known: the model \"em300\" of \"dragino\" is not in our tables"
        #expect(Self.wrong(.chirpStack(device: "dragino/em300")).contains(unknown))
        #expect(
            !Self.wrong(.chirpStack(device: "milesight/em300-th")).contains { $0.hasPrefix("the device") }
        )
    }

    @Test("A profile that there is none of is an error on its line, with those of the same maker")
    func profile() {
        #expect(Self.radios([], format: .device("bacnet/lift", subject: 2)).texts == [])
        #expect(
            Self.radios([], format: .device("bacnet/lfit")).texts == [
                "there is no profile \"bacnet/lfit\"; of this maker there are bacnet/lift"
            ]
        )
    }

    @Test("That Order goes by another time is a hint only")
    func hint() {
        let problems = Pipeline("wrong", reading: Sample.self) {
            Listen(to: "a/#", as: .csv)
            Identify(by: \.device)
            Order(by: \.measuredAt, waiting: .seconds(5))
            detector()
        }.problems
        #expect(problems.map(\.kind) == [.warning])
    }
}
