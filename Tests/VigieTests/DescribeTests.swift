import Interactions
import PipelineKit
import Pipelines
import Telemetry
import Testing
import Units

@testable import vigie

@Suite("Describe")
struct DescribeTests {
    private struct Meter: Reading {
        var meter = Name()
        var measuredAt = Moment()
        var index = Volume.zero
        var flow = FlowRate.zero
        var site = Name()
        var isOpen = false
        var isBack = false

        static var fields: [Field<Self>] {
            Field("meter", \.meter)
            Field("t", \.measuredAt, as: .epochSeconds)
            Field("data.index", \.index, in: .cubicMetres)
            Field("flow", \.flow, in: .litresPerHour, missing: .keepsInitialValue)
            Field("open", \.isOpen)
            Field("back", \.isBack)
        }
    }

    private struct Hour: BitwiseCopyable, Sendable {
        var used = Volume.zero
        var isOver = false
    }

    private struct Hourly: Transformer {
        mutating func step(_ reading: Meter) -> Hour? { Hour(used: reading.index, isOver: true) }
    }

    private static let pipeline = Pipeline("meters", reading: Meter.self, privacy: .personal) {
        Listen(to: "water/{meter}/+/index", retained: .isState)
        Listen(to: "raw/{meter}/#", as: .bare(field: "flow"))
        Identify(by: \.meter, as: "water-meter")
        Order(by: \.measuredAt, waiting: .seconds(90))
        DropRepeats(of: \.measuredAt, within: .days(7))
        Enrich(\.site, from: .attribute("floor"))
        Drop("valve open", when: \.isOpen)
        Reject(\.flow, below: .litresPerHour(0), above: .litresPerHour(6000))
        Derive(Hour.self, with: Hourly()) {
            Detect("much", severity: .advice, remindEvery: .days(1), among: .consenting(to: "watch")) {
                Exceeds(\.used, .litres(200), for: .hours(2), until: .litres(150))
                Holds(\.isOver, for: .minutes(10))
            } react: {
                Inform(
                    Audience("tenant", consentingTo: "news"),
                    by: Announcement {
                        French("\($0.subject)")
                        English("\($0.subject)")
                    } cleared: {
                        French("\($0.subject)")
                        English("\($0.subject)")
                    }
                )
                RequestCallback(in: "reception") {
                    French("Rappel \($0.facts.subject)")
                    English("Call back \($0.facts.subject)")
                }
            }
        }
        Detect("backwards", severity: .critical, atMostEvery: .hours(1)) {
            First(\.isBack)
            Then(\.isOpen, within: .seconds(30))
        } react: {
            Text("caretaker") {
                French("Compteur \($0.facts.subject)")
                English("Meter \($0.facts.subject)")
            }
            Escalate(.backwards) { "Compteur \($0.facts.subject)" }
        }
    }

    @Test("A pipeline is told whole: topics, fields, stages, detectors, who is told")
    func text() {
        let text = PipelineDescription(Self.pipeline.plan).text
        for words in [
            "personal data)", "water/{meter}/+/index  JSON, retained: taken as the present state",
            "raw/{meter}/#  one value, for flow", "required, or from the topic",
            "time in seconds since 1970", "data.index", "number in m³", "number in L/h", "may be missing",
            "Identify by meter, an asset of kind water-meter", "Order by t, waiting 90 s",
            "DropRepeats of t within 1 week", "Drop \"valve open\"", "with the attribute floor of the asset",
            "Reject as implausible what is below 0 L/h or above 6000 L/h", "Derive Hour with Hourly",
            "      Detect \"much\"", "detects \"much\"  advice", "only people who agreed to watch",
            "again every 1 day", "a value is above 200 L for 2 h, until 150 L",
            "a condition holds for 10 min",
            "informs every tenant who agreed to news", "asks for a callback by reception",
            "first a condition", "then a condition within 30 s", "at most every 1 h", "texts caretaker",
            "escalation \"backwards\": asks first caretaker; waits 5 min; asks each plumber in turn, 10 min each, 2 rounds by voice; at last dispatcher, every 15 min until somebody takes it",
        ] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test("Programs get the same, with file and line of each detector")
    func json() throws {
        let json = PipelineDescription(Self.pipeline.plan).json
        #expect(json["privacy"] == "personal")
        #expect(json["topics"]?.array?.map { $0["filter"] } == ["water/{meter}/+/index", "raw/{meter}/#"])
        let stages = try #require(json["stages"]?.array)
        #expect(stages.allSatisfy { $0["line"]?.integer ?? 0 > 0 }, "every stage has its place")
        let detectors = try #require(json["detectors"]?.array)
        #expect(detectors.map { $0["name"] } == ["much", "backwards"])
        #expect(detectors.allSatisfy { $0["file"]?.string == "VigieTests/DescribeTests.swift" })
        let reactions = try #require(detectors.last?["reactions"]?.array)
        #expect(reactions.map { $0["does"] } == ["text", "escalate"])
        #expect(reactions.map { $0["roles"] } == [["caretaker"], ["caretaker", "plumber", "dispatcher"]])
    }

    @Test("Every shipped pipeline is described, and a wrong name is refused with 64")
    func command() throws {
        let json = try CommandRun(["describe", "--json"]).json
        #expect(json.map { $0["pipeline"]?.string } == allPipelines.pipelines.map(\.name))
        for pipeline in json {
            for detector in pipeline["detectors"]?.array ?? [] {
                #expect(detector["file"]?.string?.hasPrefix("Pipelines/") == true)
                #expect(detector["reactions"]?.array?.isEmpty == false)
            }
        }
        let text = try CommandRun(["describe", "--pipelines", "elevators"])
        #expect(text.code == 0)
        #expect(text.output.hasPrefix("elevators  (Pipelines/Elevators.swift:"))
        let wrong = try CommandRun(["describe", "--pipelines", "elevators, submarines"])
        #expect(wrong.code == 64)
        #expect(wrong.words.contains("there is no pipeline \"submarines\""))
    }

    @Test(
        "A span is told in the largest unit that divides it",
        arguments: [
            (Duration.seconds(90), "90 s"), (.seconds(120), "2 min"), (.hours(48), "2 days"),
            (.weeks(1), "1 week"), (.milliseconds(1500), "1500 ms"), (.zero, "0 s"),
            (.microseconds(7), "7 µs"),
        ]
    )
    func spans(span: Duration, text: String) {
        #expect(SpanText.exact(span) == text)
    }
}

extension Escalation {
    fileprivate static let backwards = Escalation("backwards", arrivalWithin: .hours(1)) {
        AskFirst("caretaker")
        Wait(.minutes(5))
        InTurn("plumber", every: .minutes(10), rounds: 2, by: .voice)
    } lastResort: {
        Keep(asking: "dispatcher", every: .minutes(15))
    }
}
