import Testing
import Units

@testable import Telemetry

@Suite("Plain values")
struct PlainTests {
    static func value(_ payload: String, topic: String = "hall/ground/temperature") -> DecodedValue? {
        let decoded = Decoding(PlainDecoder(), payload, topic: topic)
        return decoded.values.count == 1 ? decoded.values[0] : nil
    }

    @Test(
        "A number, with or without a unit",
        arguments: [
            ("21.5", 21.5, ""), (" -3 \n", -3, ""), ("+1", 1, ""), ("007", 7, ""), (".5", 0.5, ""),
            ("5.", 5, ""),
            ("1e-3", 0.001, ""), ("2.5E+2", 250, ""), ("230 V", 230, "V"), ("21.5°C", 21.5, "°C"),
            ("60%", 60, "%"),
            ("1.2 m³/h", 1.2, "m³/h"), ("3e", 3, "e"), ("0.1", 0.1, ""),
        ]
    )
    func numbers(payload: String, number: Double, unit: String) {
        #expect(
            Self.value(payload)
                == DecodedValue(
                    subject: "hall/ground",
                    name: "temperature",
                    value: .number(number),
                    unit: unit
                )
        )
    }

    @Test(
        "Switches' words are flags in any case",
        arguments: [("ON", true), ("off", false), ("True", true), ("FALSE", false)]
    )
    func flags(payload: String, flag: Bool) {
        #expect(Self.value(payload)?.value == .flag(flag))
    }

    @Test(
        "Anything else of one line is a text",
        arguments: ["open", "12:30", "1.2.3", "nan", "inf", "0x10", "1e999", "--1", "12 a very long unit"]
    )
    func texts(payload: String) {
        #expect(Self.value(payload)?.value == .text(payload))
    }

    @Test("The name is the last level of the topic")
    func topics() {
        #expect(Self.value("1", topic: "t") == DecodedValue(name: "t", value: .number(1)))
        #expect(Self.value("1", topic: "/t") == DecodedValue(name: "t", value: .number(1)))
        #expect(Self.value("1", topic: "a/") == DecodedValue(subject: "a", name: "", value: .number(1)))
    }

    @Test("What is no value is refused")
    func refused() {
        #expect(Decoding(PlainDecoder(), "").problem == .empty)
        #expect(Decoding(PlainDecoder(), " \n").problem == .empty)
        #expect(Decoding(PlainDecoder(), [0xFF]).problem == .notUTF8)
        #expect(Decoding(PlainDecoder(), "a\nb").problem?.reason == "not understood")
        #expect(
            Decoding(PlainDecoder(), String(repeating: "a", count: 256)).problem?.reason == "not understood"
        )
    }
}

@Suite("InfluxDB line protocol")
struct LineProtocolTests {
    @Test("Fields are readings under their measurement, tags are the subject, the time is at the end")
    func line() {
        let decoded = Decoding(
            LineProtocolDecoder(),
            #"weather,location=us-midwest,sensor=a temperature=82.5,wet=t,n=-3i,u=7u,note="a \"b\" \\ c=1, d" 1465839830100400200"#
        )
        let at = Moment(microseconds: 1_465_839_830_100_400)
        func value(_ name: String, _ value: DecodedValue.Value) -> DecodedValue {
            DecodedValue(
                subject: "location=us-midwest,sensor=a",
                name: "weather.\(name)",
                value: value,
                at: at,
                clock: .device
            )
        }
        #expect(
            decoded.values == [
                value("temperature", .number(82.5)), value("wet", .flag(true)), value("n", .number(-3)),
                value("u", .number(7)), value("note", .text(#"a "b" \ c=1, d"#)),
            ]
        )
    }

    @Test("Names keep what is escaped in them")
    func escapes() {
        let decoded = Decoding(LineProtocolDecoder(), #"my\ m\,e=a,t\=ag\,1=v\ al\=1 f\ i\,e\=ld=1,C:\dir=2"#)
        #expect(decoded.values.map(\.name) == ["my m,e=a.f i,e=ld", #"my m,e=a.C:\dir"#])
        // The subject keeps its escapes: `a=b,c=d` of two tags is not that of one with a comma in its value.
        #expect(decoded.values.map(\.subject) == [#"t\=ag\,1=v\ al\=1"#, #"t\=ag\,1=v\ al\=1"#])
        let two = Decoding(LineProtocolDecoder(), #"m,a=b,c=d v=1"#).values.first?.subject
        let one = Decoding(LineProtocolDecoder(), #"m,a=b\,c\=d v=1"#).values.first?.subject
        #expect(two == "a=b,c=d" && one == #"a=b\,c\=d"#)
    }

    @Test("The tag that the author names is the subject, whatever other tags there are")
    func subjectTag() {
        func subjects(_ tag: String, _ lines: String) -> [String] {
            Decoding(LineProtocolDecoder(subject: tag), lines).values.map(\.subject)
        }
        #expect(
            subjects("host", "m,host=a,room=1 v=1\nm,new=x,host=a,room=1 v=2\nm,room=1 v=3\nm v=4")
                == ["a", "a", "room=1", ""]
        )
        #expect(subjects("the host", #"m,the\ host=hall\ 2 v=1"#) == ["hall 2"])
    }

    @Test("Lines have their own times; empty ones and comments say nothing")
    func lines() {
        let decoded = Decoding(
            LineProtocolDecoder(),
            "# comment\n\na b=1 1767598260\r\n  \na b=2\na,t=x b=3 1767598261000\n#end"
        )
        #expect(decoded.values.map(\.value) == [.number(1), .number(2), .number(3)])
        #expect(
            decoded.values.map { $0.at.microseconds - Decoding.arrival.microseconds } == [
                -2_000_000, 0, -1_000_000,
            ]
        )
        #expect(decoded.values.map(\.clock) == [.device, .arrival, .device])
        #expect(decoded.values.map(\.subject) == ["", "", "t=x"])
    }

    @Test("A text may go over several lines")
    func multiline() {
        #expect(
            Decoding(LineProtocolDecoder(), "a b=\"1\n2\",c=3").values.map(\.value) == [
                .text("1\n2"), .number(3),
            ]
        )
    }

    @Test(
        "The precision is the one said, else the only plausible one",
        arguments: [
            (TimePrecision.seconds, Int64(1_767_598_262)), (.milliseconds, 1_767_598_262_000),
            (.microseconds, 1_767_598_262_000_000), (.nanoseconds, 1_767_598_262_000_000_000),
        ]
    )
    func precision(precision: TimePrecision, count: Int64) {
        for decoder in [LineProtocolDecoder(precision: precision), LineProtocolDecoder()] {
            let value = Decoding(decoder, "a b=1 \(count)").values.first
            #expect(value?.at == Decoding.arrival && value?.clock == .device)
        }
        let other = TimePrecision.allCases.first { $0 != precision } ?? precision
        #expect(
            Decoding(LineProtocolDecoder(precision: other), "a b=1 \(count)").values.first?.clock == .arrival
        )
        #expect(Decoding(LineProtocolDecoder(), "a b=1 \(count / 100_000)").values.first?.clock == .arrival)
    }

    @Test("Flags have ten spellings")
    func flags() {
        for word in ["t", "T", "true", "True", "TRUE"] {
            #expect(Decoding(LineProtocolDecoder(), "a b=\(word)").values.map(\.value) == [.flag(true)])
        }
        for word in ["f", "F", "false", "False", "FALSE"] {
            #expect(Decoding(LineProtocolDecoder(), "a b=\(word)").values.map(\.value) == [.flag(false)])
        }
    }

    @Test(
        "The ends of the ranges",
        arguments: [
            ("9223372036854775807i", 0x1p63), ("-9223372036854775808i", -0x1p63),
            ("18446744073709551615u", 0x1p64), ("-1.5e-3", -0.0015),
        ]
    )
    func ranges(value: String, number: Double) {
        #expect(Decoding(LineProtocolDecoder(), "a b=\(value)").values.map(\.value) == [.number(number)])
    }

    @Test(
        "Lines of another form are refused with the byte",
        arguments: [
            "a", "a ", "a,", "a,t b=1", "a,t= b=1", "a,=v b=1", "a b", "a b=", "a =1", "a b=1,", "a b=1,c",
            "a b=x", "a b=1i5",
            "a b=9223372036854775808i", "a b=-1u", "a b=1.5i", "a b=\"x", "a b=\"x\"y", "a b=1 x",
            "a b=1 1.5", "a b=1 1 2", "a b=1 1 c d=2",
            ",t=v b=1", "a b=tRUE", "a b=nan", "a b=1e999", "a b=1 99999999999999999999",
        ]
    )
    func refused(line: String) {
        let problem = Decoding(LineProtocolDecoder(), line).problem
        #expect(
            problem?.reason == "malformed"
                && problem?.description.contains("not line protocol at byte") == true,
            "\(line)"
        )
    }

    @Test("Damaged lines are refused or say less")
    func damage() {
        let line = #"weather,location=us\ midwest t=82.5,wet=t,n=-3i,note="a \"b\"" 1465839830100400200"#
        Decoding.checkDamage(LineProtocolDecoder(), [UInt8]("\(line)\n\(line)\n".utf8), seed: 9)
    }
}

@Suite("CSV with a header")
struct CSVTests {
    @Test("Columns are readings with their units, the time and the subject of the row hold for all")
    func table() {
        let decoded = Decoding(
            CSVDecoder(),
            "temperature [Cel],time,Device,flow (l/min),open,note\r\n"
                + "21.5,2026-01-05T07:31:00Z,\"m,1\",3,true,\"say \"\"hi\"\"\"\r\n\r\n-2e0,1767598261,m2,,FALSE,plain\r\n"
        )
        func value(
            _ subject: String,
            _ seconds: Int,
            _ name: String,
            _ value: DecodedValue.Value,
            _ unit: String = ""
        ) -> DecodedValue {
            DecodedValue(
                subject: subject,
                name: name,
                value: value,
                unit: unit,
                at: Decoding.arrival - .seconds(seconds),
                clock: .device
            )
        }
        #expect(
            decoded.values == [
                value("m,1", 2, "temperature", .number(21.5), "Cel"),
                value("m,1", 2, "flow", .number(3), "l/min"),
                value("m,1", 2, "open", .flag(true)), value("m,1", 2, "note", .text("say \"hi\"")),
                value("m2", 1, "temperature", .number(-2), "Cel"), value("m2", 1, "open", .flag(false)),
                value("m2", 1, "note", .text("plain")),
            ]
        )
        #expect(decoded.omissions == ["flow: null"])
    }

    @Test("Semicolons, tabs and bars separate, and allow decimal commas")
    func separators() {
        #expect(Decoding(CSVDecoder(), "a;b\n1,5;2.5\n").values.map(\.value) == [.number(1.5), .number(2.5)])
        #expect(Decoding(CSVDecoder(), "a\tb\n1,5\t2\n").values.map(\.value) == [.number(1.5), .number(2)])
        #expect(Decoding(CSVDecoder(), "a|b\n1|2,5").values.map(\.value) == [.number(1), .number(2.5)])
        #expect(Decoding(CSVDecoder(), "a\n5\"\"x").values.map(\.value) == [.text("5\"\"x")])
        #expect(Decoding(CSVDecoder(), "\"a,b\";c\n1;2").values.map(\.name) == ["a,b", "c"])
        #expect(Decoding(CSVDecoder(), "\u{FEFF}a\n1").values == [DecodedValue(name: "a", value: .number(1))])
    }

    @Test("A time may be a count with a fraction, and one that was never set is none")
    func times() {
        func value(_ time: String) -> DecodedValue? { Decoding(CSVDecoder(), "ts,a\n\(time),1").values.first }
        #expect(value("1767598261.5")?.at == Decoding.arrival - .milliseconds(500))
        #expect(value("1767598262000")?.clock == .device)
        #expect(
            value("0")?.clock == .arrival && value("")?.clock == .arrival && value("1e300")?.clock == .arrival
        )
        #expect(value("2026-01-05 07:31:02+01:00")?.at == Decoding.arrival - .hours(1))
        let problem = Decoding(CSVDecoder(), "a,ts\n1,2026-01-05 07:31").problem
        #expect(problem?.description == "\"ts\" at byte 7 is not a time with its zone, or a count since 1970")
    }

    @Test("A time without its zone is that of the arrival, unless there are several rows")
    func zoneless() {
        let one = Decoding(CSVDecoder(), "ts,a\n2026-01-05 07:31:02,1\n")
        #expect(one.values == [DecodedValue(name: "a", value: .number(1))])
        #expect(one.omissions == ["ts: a time without its zone"])
        let several = Decoding(CSVDecoder(), "ts,a\n2026-01-05 06:31:02,1\n2026-01-05T07:31:02Z,2\n").problem
        #expect(several?.description == "\"ts\" at byte 5 is not a time with its zone, or a count since 1970")
        #expect(Decoding(CSVDecoder(), "ts,a\n2026-01-05T07:31:02Z,1\n2026-01-05T08:31:02,2").problem != nil)
    }

    @Test(
        "Tables of another form are refused",
        arguments: [
            ("", "empty"), ("\n\n", "empty"), ("a,b", "malformed"), ("a,b\n", "malformed"),
            ("a,b\n1", "malformed"),
            ("a,b\n1,2,3", "malformed"), ("a,\n1,2", "malformed"), ("a,b\n\"1,2", "malformed"),
            ("a,b\n\"1\"x,2", "malformed"),
            ("a,[Cel]\n1,2", "malformed"),
        ]
    )
    func refused(table: String, reason: String) {
        #expect(Decoding(CSVDecoder(), table).problem?.reason == reason, "\(table)")
    }

    @Test("More columns than the limit are refused")
    func limit() {
        func table(_ count: Int) -> String {
            let titles = (0..<count).map { "c\($0)" }.joined(separator: ",")
            return "\(titles)\n\([String](repeating: "1", count: count).joined(separator: ","))"
        }
        #expect(Decoding(CSVDecoder(), table(CSVDecoder.columnLimit)).values.count == CSVDecoder.columnLimit)
        #expect(Decoding(CSVDecoder(), table(CSVDecoder.columnLimit + 1)).problem?.reason == "too many")
        #expect(Decoding(CSVDecoder(), [0xFF]).problem == .notUTF8)
    }

    @Test("Damaged tables are refused or say less")
    func damage() {
        let table = "time,a [V],\"b\"\"c\"\n2026-01-05T07:31:00Z,1.5,\"x\"\"y\"\n1767598261,2,z\n"
        Decoding.checkDamage(CSVDecoder(), [UInt8](table.utf8), seed: 10)
    }
}
