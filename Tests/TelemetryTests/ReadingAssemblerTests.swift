import Testing
import Units

@testable import Telemetry

/// Decoded values into properties, by the table.
@Suite("Typed readings of any format")
struct ReadingAssemblerTests {
    /// The readings that `Everything`'s table makes of what `fill` appends; the text of a problem where one cannot be.
    static func assemble(
        _ layout: ReadingLayout = Everything.layout(),
        captures: [(name: String, level: Int)] = [],
        topic: String = "",
        _ fill: (inout DecodedReadings) -> Void
    ) -> [Result<Everything, DecodeProblem>] {
        var readings = DecodedReadings()
        readings.begin(arrivedAt: Decoding.arrival)
        fill(&readings)
        var groups = ReadingGroups()
        groups.group(readings)
        let assembler = ReadingAssembler(layout, captures: captures)
        let memory = UnsafeMutableRawPointer.allocate(byteCount: layout.room, alignment: 16)
        defer { memory.deallocate() }
        let topicBytes = [UInt8](topic.utf8)
        return topicBytes.withUnsafeBytes { bytes in
            let levels = TopicLevels()
            #expect(levels.split(bytes))
            var results: [Result<Everything, DecodeProblem>] = []
            for head in groups.heads {
                var item = head
                while item != ReadingGroups.end {
                    let before = item
                    do throws(DecodeProblem) {
                        let quality = try assembler.assemble(
                            &item,
                            of: groups,
                            readings,
                            topic: levels,
                            into: memory
                        )
                        if quality != nil { results.append(.success(memory.load(as: Everything.self))) }
                    } catch {
                        results.append(.failure(error))
                    }
                    #expect(item != before, "it would never end")
                    guard item != before else { return results }
                }
            }
            return results
        }
    }

    /// The only reading of what `fill` appends about `d`.
    static func one(
        _ layout: ReadingLayout = Everything.layout(),
        _ fill: (inout DecodedReadings) -> Void
    ) throws -> Everything {
        let results = assemble(layout) { readings in
            readings.subject = readings.intern("d")
            fill(&readings)
        }
        try #require(results.count == 1)
        return try results[0].get()
    }

    static func problem(_ fill: (inout DecodedReadings) -> Void) -> DecodeProblem? {
        let results = assemble { readings in
            readings.subject = readings.intern("d")
            fill(&readings)
        }
        guard results.count == 1, case .failure(.reading(of: "d", let problem)) = results[0] else {
            return nil
        }
        return problem
    }

    @Test("Every kind of value goes to its kind of property")
    func kinds() throws {
        let reading = try Self.one { readings in
            readings.append("whole", 7)
            readings.append("number", 1.5)
            readings.append("flag", flag: true)
            readings.append("time", text: readings.intern("2026-01-05T07:31:02Z"))
            readings.append("seconds", 1_767_598_262)
            readings.append("milliseconds", 1_767_598_262, unit: "s")
            readings.append("name", text: readings.intern("A7"))
            readings.append("doors", text: readings.intern("closed"))
            readings.append("position.height", 2)
            readings.append("position.a.deep", -3)
        }
        #expect(reading.whole == 7 && reading.number == 1.5 && reading.flag && reading.name.text == "A7")
        #expect(reading.time == Decoding.arrival && reading.seconds == Decoding.arrival)
        #expect(reading.milliseconds == Decoding.arrival)
        #expect(reading.doors == 1 && reading.height == 2 && reading.deep == -3)
    }

    @Test("Flags may be 1 and 0, names and words whole numbers")
    func near() throws {
        let reading = try Self.one { readings in
            readings.append("flag", 1)
            readings.append("name", 20_458_831)
        }
        #expect(reading.flag && reading.name.text == "20458831")
    }

    @Test("What does not fit is refused by the name of the field, what was found and what is expected")
    func unfit() {
        func unfit(_ field: String, _ found: String, _ expected: String) -> DecodeProblem {
            .unfit(field: field, found: found, expected: expected)
        }
        #expect(Self.problem { $0.append("whole", 1.5) } == unfit("whole", "a number", "a whole number"))
        #expect(Self.problem { $0.append("whole", flag: true) } == unfit("whole", "a flag", "a whole number"))
        #expect(
            Self.problem { $0.append("number", text: $0.intern("warm")) }
                == unfit("number", "a text", "a number")
        )
        #expect(Self.problem { $0.append("flag", 2) } == unfit("flag", "a number", "true or false, 1 or 0"))
        #expect(
            Self.problem { $0.append("time", 7) }
                == unfit("time", "a number", "a time like 2026-01-05T07:31:02Z")
        )
        #expect(
            Self.problem { $0.append("time", text: $0.intern("noon")) }
                == unfit("time", "a text", "a time like 2026-01-05T07:31:02Z")
        )
        #expect(
            Self.problem { $0.append("seconds", 7) }
                == .outOfRange(field: "seconds", expected: "a time between 2000 and 2200")
        )
        #expect(
            Self.problem { $0.append("doors", text: $0.intern("ajar")) }
                == .unknownWord(field: "doors", known: ["open", "closed"])
        )
        #expect(Self.problem { $0.append("samples", 1) }?.reason == "wrong type")
        let long = String(repeating: "x", count: 256)
        #expect(Self.problem { $0.append("name", text: $0.intern(long)) }?.reason == "out of range")
    }

    @Test("A missing field is named with whose reading it is")
    func missing() {
        let results = Self.assemble(Everything.layout(required: ["whole"])) { readings in
            readings.subject = readings.intern("70B3D5")
            readings.append("number", 1)
        }
        guard case .failure(let problem)? = results.first else {
            Issue.record("not refused")
            return
        }
        #expect(problem == .reading(of: "70B3D5", .missing(field: "whole")))
        #expect(problem.reason == "field missing")
        #expect(problem.description == #"in a reading of "70B3D5", "whole" is missing"#)
    }

    @Test("A value for a field that has one begins the next reading, and a bad one spoils only its own")
    func repeated() throws {
        let results = Self.assemble { readings in
            for (number, flag) in [(1.0, true), (2.5, false), (3, true)] {
                readings.append("whole", number)
                readings.append("unknown", 9)
                readings.append("flag", flag: flag)
            }
        }
        #expect(results.count == 3)
        #expect(try results[0].get().whole == 1 && results[2].get().whole == 3)
        #expect(throws: DecodeProblem.self) { try results[1].get() }
        #expect(try results[2].get().flag)
    }

    @Test("The topic outranks the payload, also what that repeats; nothing else makes no reading")
    func captures() throws {
        let results = Self.assemble(captures: [("name", 1), ("whole", 2)], topic: "site/A7/19") { readings in
            readings.append("name", text: readings.intern("liar"))
            readings.append("whole", 1.5)
            readings.append("whole", 2)
            readings.append("flag", flag: true)
        }
        #expect(results.count == 1)
        let reading = try #require(results.first).get()
        #expect(reading.name.text == "A7" && reading.whole == 19 && reading.flag)
        #expect(Self.assemble(captures: [("name", 0)], topic: "A7") { $0.append("name", 1) }.isEmpty)
        #expect(Self.assemble { $0.append("unknown", 1) }.isEmpty)
        let wrong = Self.assemble(captures: [("whole", 0)], topic: "x") { $0.append("flag", flag: true) }
        #expect(throws: DecodeProblem.self) { try #require(wrong.first).get() }
    }
}

/// Units and reserved names.
@Suite("Units and times of typed readings")
struct ReadingUnitTests {
    /// A battery per cent or in volts, a temperature, a number that measures nothing, and what is said of all.
    static func layout() -> ReadingLayout {
        let rows: [(String, PartialKeyPath<Everything>, FieldKind, String, String?)] = [
            ("battery", \.number, .number(scale: 1, offset: 0), "%", "%"),
            ("battery", \.height, .number(scale: 0.001, offset: 0), "mV", "V"),
            ("subject", \.name, .name, "", nil), ("at", \.time, .time(.iso8601), "", nil),
            ("historical", \.flag, .bool, "", nil),
        ]
        return ReadingLayout(
            typeName: "Battery",
            size: MemoryLayout<Everything>.size,
            stride: MemoryLayout<Everything>.stride,
            initial: withUnsafeBytes(of: Everything()) { [UInt8]($0) },
            fields: rows.compactMap { name, path, kind, unit, dimension in
                MemoryLayout<Everything>.offset(of: path).map {
                    FieldSlot(
                        path: [name],
                        offset: $0,
                        kind: kind,
                        unit: unit,
                        dimension: dimension,
                        isRequired: false
                    )
                }
            }
        )
    }

    @Test("Of two fields of one name the unit decides; without a unit it is the first")
    func unitDecides() throws {
        func battery(_ number: Double, _ unit: StaticString) throws -> [Double] {
            let reading = try ReadingAssemblerTests.one(Self.layout()) {
                $0.append("battery", number, unit: unit)
            }
            return [reading.number, reading.height]
        }
        #expect(try battery(80, "%") == [80, 0])
        #expect(try battery(0.5, "1") == [50, 0])
        #expect(try battery(3000, "mV") == [0, 3])
        #expect(try battery(3.5, "V") == [0, 3.5])
        #expect(try battery(80, "") == [80, 0])
        #expect(
            throws: DecodeProblem.reading(of: "d", .wrongUnit(field: "battery", found: "kg", expected: "%"))
        ) {
            try battery(1, "kg")
        }
    }

    @Test("Both may stand in one message")
    func both() throws {
        let reading = try ReadingAssemblerTests.one(Self.layout()) { readings in
            readings.append("battery", 3.5, unit: "V")
            readings.append("battery", 80, unit: "%")
        }
        #expect(reading.number == 80 && reading.height == 3.5)
    }

    @Test("Whose it is, when it was measured and whether it was stored")
    func reserved() throws {
        let measured = Moment(iso8601: "2026-01-04T00:00:00Z")
        let results = ReadingAssemblerTests.assemble(Self.layout()) { readings in
            readings.subject = readings.intern("d1")
            readings.append("battery", 80, unit: "%")
            readings.append("at", 7)
            readings.append("subject", text: readings.intern("liar"))
            readings.measured(at: measured)
            readings.quality = .historical
            readings.append("battery", 81, unit: "%")
            readings.append("noise", 1)
        }
        #expect(results.count == 2)
        // A history comes before what is true now.
        let (then, now) = (try results[0].get(), try results[1].get())
        #expect(now.name.text == "d1" && now.time == Decoding.arrival && !now.flag && now.number == 80)
        #expect(then.name.text == "d1" && then.time == measured && then.flag && then.number == 81)
    }
}
