import Interactions
import PipelineKit
import Telemetry
import TestSupport
import Testing
import Units

@testable import Engine

/// Devices that send only what has changed.
@Suite("Partial messages")
struct PartialMessageTests {
    @Test("What is missing is what the device said last, at first the initial value; each device has its own")
    func keeps() throws {
        let story = try Story([tellingPipeline(to: "home/#", as: .plain)])
        try story.hear("home/a/temperature", "21", at: 1)
        try story.hear("home/b/humidity", "60", at: 2)
        try story.hear("home/a/humidity", "40", at: 3)
        try story.hear("home/a/leak", "ON", at: 4)
        try story.hear("home/a/temperature", "22", at: 5)
        #expect(
            story.told == [
                "home/a 1 21.0 °C 0.0 % 0.0 L", "home/b 2 0.0 °C 60.0 % 0.0 L",
                "home/a 3 21.0 °C 40.0 % 0.0 L",
                "home/a 4 21.0 °C 40.0 % 0.0 L leak", "home/a 5 22.0 °C 40.0 % 0.0 L leak",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("The same for JSON")
    func json() throws {
        let story = try Story([tellingPipeline(to: "json/#", as: .json)])
        func say(_ members: String, at seconds: Double) throws {
            let head = #""subject":"a","at":"\#(Story.at(seconds))","historical":false"#
            try story.hear("json/1", "{\(head)\(members)}", at: seconds)
        }
        try say(#","temperature":21,"leak":true"#, at: 1)
        try say(#","humidity":40"#, at: 2)
        try say(#","temperature":null,"leak":false"#, at: 3)
        #expect(
            story.told == [
                "a 1 21.0 °C 0.0 % 0.0 L leak", "a 2 21.0 °C 40.0 % 0.0 L leak", "a 3 21.0 °C 40.0 % 0.0 L",
            ]
        )
        try story.survivesRestarts()
    }

    @Test("With Order it is what came before in the device's time, not what arrived before")
    func ordered() throws {
        let story = try Story([FormatTests.senML(order: .seconds(10))])
        func say(_ name: String, _ value: Double, measured: Double, at seconds: Double) throws {
            try story.hear("pack/1", "[\(FormatTests.record("d", at: measured, name, value))]", at: seconds)
        }
        try say("temperature", 20, measured: 10, at: 10)
        try say("humidity", 50, measured: 12, at: 12)
        try say("temperature", 22, measured: 11, at: 13)
        try say("volume", 1, measured: 14, at: 14)
        #expect(story.told == [])
        #expect(try story.restart() == [])
        try story.tick(at: 60)
        #expect(
            story.told == [
                "d 10 20.0 °C 0.0 % 0.0 L", "d 11 22.0 °C 0.0 % 0.0 L", "d 12 22.0 °C 50.0 % 0.0 L",
                "d 14 22.0 °C 50.0 % 1000.0 L",
            ]
        )
        try story.survivesRestarts()
    }

    @Test(
        "Any order of arrival within the wait gives the same readings",
        arguments: 1...8 as ClosedRange<UInt64>
    )
    func anyOrder(seed: UInt64) throws {
        var dice = Dice(seed: seed)
        let said = (0..<12).map { second -> (name: String, value: Double, at: Double) in
            (dice.pick(["temperature", "humidity", "volume"]), Double(dice.below(50)), Double(second))
        }
        func told(_ said: [(name: String, value: Double, at: Double)]) throws -> [String] {
            let story = try Story([FormatTests.senML(order: .minutes(1))])
            for part in said {
                let record = FormatTests.record("d", at: part.at, part.name, part.value)
                try story.hear("pack/1", "[\(record)]", at: 20)
            }
            try story.tick(at: 200)
            try story.survivesRestarts()
            return story.told
        }
        var shuffled = said
        for index in shuffled.indices { shuffled.swapAt(index, dice.below(shuffled.count)) }
        let expected = try told(said)
        #expect(expected.count == 12)
        #expect(try told(shuffled) == expected)
    }

    @Test("A Shelly's notifications add up")
    func shelly() throws {
        let story = try Story([tellingPipeline(to: "+/events/rpc", as: .shellyRPC)])
        func notify(_ params: String, at seconds: Double) throws {
            let time = Double(Story.at(seconds).microseconds) / 1e6
            let payload = #"{"src":"shellyht-1","method":"NotifyStatus","params":{"ts":\#(time),\#(params)}}"#
            try story.hear("shellyht-1/events/rpc", payload, at: seconds)
        }
        try notify(#""temperature:0":{"id":0,"tC":21.5,"tF":70.7}"#, at: 1)
        try notify(#""humidity:0":{"id":0,"rh":44}"#, at: 2)
        #expect(
            story.told == ["shellyht-1 1 21.5 °C 0.0 % 0.0 L", "shellyht-1 2 21.5 °C 44.0 % 0.0 L"]
        )
    }
}
