import Testing
import Units

@testable import Telemetry

/// Two fields that fill one property, each as another format calls it.
@Suite("Properties of two fields")
struct SharedPropertyTests {
    struct Pulse {
        var rate = -1
        var kept = -1
    }

    static let layout = ReadingLayout(
        typeName: "Pulse",
        size: MemoryLayout<Pulse>.size,
        stride: MemoryLayout<Pulse>.stride,
        initial: withUnsafeBytes(of: Pulse()) { [UInt8]($0) },
        fields: [
            FieldSlot(path: ["rate"], offset: 0, kind: .integer, isRequired: true),
            FieldSlot(path: ["heartRate"], offset: 0, kind: .integer, isRequired: true),
            FieldSlot(path: ["kept"], offset: 8, kind: .integer, isRequired: false, keepsLastValue: true),
            FieldSlot(path: ["held"], offset: 8, kind: .integer, isRequired: false, keepsLastValue: true),
        ]
    )

    /// What a payload says of a device whose last reading had a rate of 50 and kept 7.
    static func read(_ payload: String) throws -> Pulse {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: layout.room, alignment: 16)
        defer { memory.deallocate() }
        let decoder = PayloadDecoder(layout)
        try [UInt8](payload.utf8).withUnsafeBytes { bytes in
            try decoder.decode(bytes, topic: TopicLevels(), into: memory)
        }
        let last = Pulse(rate: 50, kept: 7)
        withUnsafeBytes(of: last) { last in
            if let last = last.baseAddress { layout.fillGaps(of: memory, from: last) }
        }
        return memory.load(as: Pulse.self)
    }

    @Test("Either is enough where it must be there, and without both the first is missing")
    func required() throws {
        #expect(try Self.read(#"{"rate":61}"#).rate == 61)
        #expect(try Self.read(#"{"heartRate":62}"#).rate == 62)
        #expect(throws: DecodeProblem.missing(field: "rate")) { try Self.read(#"{"kept":1}"#) }
    }

    @Test("What one of them says is not undone by the other, which has kept an earlier value")
    func kept() throws {
        #expect(try Self.read(#"{"rate":61,"held":8}"#).kept == 8)
        #expect(try Self.read(#"{"rate":61,"kept":9}"#).kept == 9)
        #expect(try Self.read(#"{"rate":61}"#).kept == 7)
    }

    @Test("The same of values that a decoder has read")
    func decoded() {
        func rate(_ name: String) -> Result<Int, DecodeProblem> {
            var readings = DecodedReadings()
            readings.begin(arrivedAt: Decoding.arrival)
            readings.append(readings.intern(name), 63)
            var groups = ReadingGroups()
            groups.group(readings)
            let memory = UnsafeMutableRawPointer.allocate(byteCount: Self.layout.room, alignment: 16)
            defer { memory.deallocate() }
            guard var item = groups.heads.first else { return .failure(.empty) }
            do throws(DecodeProblem) {
                _ = try ReadingAssembler(Self.layout).assemble(
                    &item,
                    of: groups,
                    readings,
                    topic: TopicLevels(),
                    into: memory
                )
                return .success(memory.load(as: Pulse.self).rate)
            } catch {
                return .failure(error)
            }
        }
        #expect(rate("heartRate") == .success(63) && rate("rate") == .success(63))
        #expect(rate("kept") == .failure(.reading(of: "", .missing(field: "rate"))))
    }
}
