import TestSupport
import Testing
import Units

@testable import Telemetry

@Suite("Payloads become readings")
struct DecoderTests {
    @Test("Every kind of field is read")
    func everyKind() throws {
        let reading = try Everything.decode(
            """
            {"whole":-42,"number":3.25,"flag":true,"time":"2026-01-05T07:31:02.120Z","seconds":1767598262.5,
             "milliseconds":1767598262120,"name":"A7","doors":"closed","position":{"height":2.5,"a":{"deep":7}},
             "samples":[[1,-2,1000],[0,0,-999.6]]}
            """
        )
        #expect(reading.whole == -42)
        #expect(reading.number == 3.25)
        #expect(reading.flag)
        #expect(reading.time == Moment(iso8601: "2026-01-05T07:31:02.120Z"))
        #expect(reading.seconds == Moment(iso8601: "2026-01-05T07:31:02.500Z"))
        #expect(reading.milliseconds == Moment(iso8601: "2026-01-05T07:31:02.120Z"))
        #expect(reading.name.text == "A7")
        #expect(reading.doors == 1)
        #expect(reading.height == 2.5)
        #expect(reading.deep == 7)
        #expect(reading.samples.count == 2)
        #expect(reading.samples[0] == (1, -2, 1000))
        #expect(reading.samples[1] == (0, 0, -1000))
    }

    @Test("Members may come in any order, among unknown ones, with any white space")
    func anyOrder() throws {
        var dice = Dice(seed: 7)
        let known = [
            "\"whole\":12", "\"flag\":false", "\"name\":\"B\"", "\"doors\":\"open\"", "\"number\":1e3",
            "\"position\":{\"other\":[1,{\"x\":null}],\"height\":4,\"a\":{\"deep\":1}}",
        ]
        let unknown = [
            "\"x\":{\"whole\":\"no\",\"deep\":[[[]]]}", "\"\":null", "\"wholes\":[1,2,{}]",
            "\"Flag\":\"true\"",
            "\"u\\u0020\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "\"n\":-0.5E-3",
            "\"é\":\"ü\"",
        ]
        for _ in 0..<300 {
            var members = known + (0..<dice.below(7)).map { _ in dice.pick(unknown) }
            members.shuffle(using: &dice)
            let space = dice.pick(["", " ", "\n\t", "\r\n  "])
            let payload = space + "{" + space + members.joined(separator: space + "," + space) + space + "}"
            let reading = try Everything.decode(payload + space)
            #expect(reading.whole == 12 && reading.name.text == "B" && reading.doors == 0)
            #expect(reading.number == 1000 && reading.height == 4 && reading.deep == 1)
        }
    }

    @Test("A field that is not there, or null, keeps its initial value or is refused")
    func missing() throws {
        let empty = try Everything.decode("{}")
        #expect(empty.whole == -1 && empty.doors == 9 && empty.name.isEmpty && empty.samples.count == 0)
        #expect(try Everything.decode(#"{"whole":null,"doors":null}"#).whole == -1)
        #expect(try Everything.decode(#"{"whole":null,"whole":3}"#).whole == 3)
        #expect(
            Everything.problem(#"{"flag":true}"#, required: ["whole", "flag"]) == .missing(field: "whole")
        )
        #expect(Everything.problem(#"{"whole":null}"#, required: ["whole"]) == .missing(field: "whole"))
        #expect(
            Everything.problem(#"{"position":7}"#, required: ["position.height"])
                == .missing(field: "position.height")
        )
    }

    @Test("A field that stands twice is refused: nobody knows which one is meant")
    func repeated() {
        #expect(Everything.problem(#"{"whole":1,"flag":true,"whole":1}"#) == .repeated(field: "whole"))
        #expect(
            Everything.problem(#"{"position":{"height":1},"position":{"height":2}}"#)
                == .repeated(field: "position.height")
        )
        #expect(Everything.problem(#"{"whole":1,"who\u006ce":1}"#) == .repeated(field: "whole"))
    }

    @Test("What the topic says outranks what the payload claims")
    func topicWins() throws {
        let decoder = PayloadDecoder(
            Everything.layout(required: ["name"]),
            captures: [("name", 1), ("whole", 2), ("nobody", 0)]
        )
        let payload = [UInt8](#"{"name":"liar","whole":1,"flag":true}"#.utf8)
        let reading = try Everything.decode(payload, decoder, topic: "site/A7/19")
        #expect(reading.name.text == "A7" && reading.whole == 19 && reading.flag)
        #expect(throws: DecodeProblem.missing(field: "name")) {
            try Everything.decode(payload, decoder, topic: "site//19")
        }
        #expect(throws: DecodeProblem.wrongType(field: "whole", expected: "a whole number", offset: 0)) {
            try Everything.decode(payload, decoder, topic: "site/A7/x")
        }
        #expect(throws: DecodeProblem.self) { try Everything.decode(payload, decoder, topic: "site/A7/19x") }
    }

    @Test("A backslash in a topic is a backslash")
    func backslashInTopic() throws {
        let decoder = PayloadDecoder(Everything.layout(), captures: [("name", 0)])
        let payload = [UInt8]("{}".utf8)
        #expect(try Everything.decode(payload, decoder, topic: #"a\u0041b\"#).name.text == #"a\u0041b\"#)
    }

    @Test("A name from a topic that is not UTF-8 is refused: written down it would be another name")
    func topicNotUTF8() {
        let decoder = PayloadDecoder(Everything.layout(), captures: [("name", 0)])
        #expect(throws: DecodeProblem.notUTF8) {
            try Everything.decode([UInt8]("{}".utf8), decoder, topic: [0x61, 0xFF])
        }
    }

    @Test("A bare payload is one value")
    func bare() throws {
        #expect(try Everything.decode("21.5", bareField: "number").number == 21.5)
        #expect(try Everything.decode("closed", bareField: "doors").doors == 1)
        #expect(try Everything.decode(#""closed""#, bareField: "doors").doors == 1)
        #expect(try Everything.decode("0", bareField: "flag").flag == false)
        #expect(try Everything.decode(" 7 ", bareField: "whole").whole == 7)
        let time = "2026-01-05T07:31:02Z"
        #expect(try Everything.decode(time, bareField: "time").time == Moment(iso8601: time))
        #expect(throws: DecodeProblem.self) { try Everything.decode("7 8", bareField: "whole") }
        #expect(throws: DecodeProblem.self) { try Everything.decode("", bareField: "whole") }
        #expect(throws: DecodeProblem.self) { try Everything.decode("ajar", bareField: "doors") }
        #expect(throws: DecodeProblem.self) { try Everything.decode("7", bareField: "nothing") }
    }

    @Test("A name written with escapes is the same name, in members and in values")
    func escapes() throws {
        #expect(try Everything.decode(#"{"who\u006ce":5}"#).whole == 5)
        #expect(try Everything.decode(#"{"\u0070osition":{"\u0061":{"\u0064eep":3}}}"#).deep == 3)
        #expect(
            try Everything.decode(#"{"name":"a\"b\\c\/d\n\u00e9\ud83d\ude00\u0041"}"#).name.text
                == "a\"b\\c/d\né😀A"
        )
        #expect(try Everything.decode(#"{"doors":"cl\u006Fsed"}"#).doors == 1)
    }

    @Test(
        "Half of a surrogate pair is no text",
        arguments: [#"\ud83d"#, #"\ude00"#, #"\ud83dx"#, #"\ud83d\n"#, #"\ud83d\u0041"#]
    )
    func loneSurrogate(text: String) {
        for payload in [#"{"name":"\#(text)"}"#, #"{"x":"\#(text)"}"#, #"{"\#(text)":1}"#] {
            #expect(Everything.problem(payload)?.reason == "malformed")
        }
    }

    @Test("A number is taken as a name by its digits")
    func numberAsName() throws {
        #expect(try Everything.decode(#"{"name":4711}"#).name.text == "4711")
    }

    @Test("A time outside of 2000 to 2200 is a clock that was never set")
    func implausibleTimes() {
        for time in ["1900-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2300-01-01T00:00:00Z"] {
            #expect(
                Everything.problem(#"{"time":"\#(time)"}"#)
                    == .outOfRange(field: "time", expected: "a time between 2000 and 2200")
            )
        }
        for payload in [
            #"{"seconds":0}"#, #"{"seconds":1e300}"#, #"{"milliseconds":1767598262}"#, #"{"seconds":-5}"#,
        ] {
            #expect(Everything.problem(payload)?.reason == "out of range")
        }
    }

    @Test("A problem with a text says at which byte it stands")
    func offsets() {
        #expect(
            Everything.problem(#"{"time":"yesterday"}"#)
                == .wrongType(field: "time", expected: "a time like 2026-01-05T07:31:02Z", offset: 9)
        )
        #expect(
            Everything.problem(#"{"flag":"yes"}"#)
                == .wrongType(field: "flag", expected: "true or false, 1 or 0", offset: 8)
        )
    }

    @Test(
        "A word that is not in the table is refused with the words that are, or taken as the one for others"
    )
    func unknownWord() throws {
        let expected = DecodeProblem.unknownWord(field: "doors", known: ["open", "closed"])
        #expect(Everything.problem(#"{"doors":"ajar"}"#) == expected)
        #expect(expected.description.contains("ajar") == false)
        // An enumeration of one word has no bytes at all.
        let single = ChoiceTable([.init(word: "only", bytes: [])], otherwise: [])
        let field = FieldSlot(path: ["w"], offset: 0, kind: .choice(single), isRequired: true)
        let layout = ReadingLayout(typeName: "One", size: 8, stride: 8, initial: [], fields: [field])
        _ = try Everything.decode([UInt8](#"{"w":"another"}"#.utf8), PayloadDecoder(layout))
    }

    @Test("128 samples are taken, 129 are refused, and so is an acceleration beyond 32 g")
    func samples() throws {
        func payload(_ count: Int, _ value: String = "1") -> String {
            "{\"samples\":[" + repeatElement("[\(value),0,0]", count: count).joined(separator: ",") + "]}"
        }
        #expect(try Everything.decode(payload(128)).samples.count == 128)
        #expect(try Everything.decode(payload(0)).samples.count == 0)
        #expect(Everything.problem(payload(129))?.reason == "out of range")
        #expect(Everything.problem(payload(1, "32768"))?.reason == "out of range")
        #expect(Everything.problem(payload(1, "\"1\""))?.reason == "wrong type")
        for broken in ["[[1,2]]", "[[1,2,3,4]]", "[1,2,3]", "[[1,2,3],]", "{}", "[[1,2,3]", "[[]]"] {
            #expect(Everything.problem(#"{"samples":\#(broken)}"#) != nil, "\(broken)")
        }
    }
}
