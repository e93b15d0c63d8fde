import TestSupport
import Testing

@testable import Telemetry

@Suite("Names are kept once")
struct NameTests {
    static func intern(_ text: String, in table: NameTable) -> Name? {
        [UInt8](text.utf8).withUnsafeBytes { table.intern($0) }
    }

    @Test("The same text is the same name, another text is another")
    func interning() throws {
        let table = NameTable()
        var names: [String: Name] = [:]
        var dice = Dice(seed: 41)
        for _ in 0..<50_000 {
            let text =
                "device-\(dice.below(9000))"
                + (dice.oneIn(5) ? String(repeating: "x", count: dice.below(40)) : "")
            let name = try #require(Self.intern(text, in: table))
            #expect(names[text] == nil || names[text] == name)
            names[text] = name
        }
        #expect(Set(names.values).count == names.count)
        #expect(table.count == names.count + 1)
        for (text, name) in names { #expect(table.text(of: name) == text) }
    }

    @Test("Texts that differ in one byte, in length or in zeros are different names")
    func neighbours() throws {
        let table = NameTable()
        var texts: [[UInt8]] = []
        for length in 1...24 {
            texts.append([UInt8](repeating: 0, count: length))
            for index in 0..<length {
                var text = [UInt8](repeating: 0, count: length)
                text[index] = 1
                texts.append(text)
            }
        }
        let names = texts.map { text in text.withUnsafeBytes { table.intern($0) } }
        #expect(Set(names).count == texts.count)
        #expect(!names.contains(nil))
    }

    @Test("The empty text is the empty name")
    func empty() {
        #expect(Self.intern("", in: NameTable()) == Name())
        #expect(Name("")?.isEmpty == true)
        #expect(Name().text.isEmpty)
    }

    @Test("255 bytes are a name, 256 are refused")
    func longest() throws {
        let longest = String(repeating: "é", count: 127) + "x"
        #expect(Name(longest)?.text == longest)
        #expect(Name(longest + "y") == nil)
        #expect(Everything.problem("{\"name\":\"\(longest)\"}") == nil)
        #expect(
            Everything.problem("{\"name\":\"\(longest)y\"}")
                == .outOfRange(field: "name", expected: "at most 255 bytes")
        )
    }

    @Test("A full table refuses new names and still knows the old ones")
    func full() throws {
        let table = NameTable(capacity: 4)
        let names = ["a", "b", "c"].map { Self.intern($0, in: table) }
        #expect(!names.contains(nil))
        #expect(Self.intern("d", in: table) == nil)
        #expect(Self.intern("b", in: table) == names[1])
        #expect(Self.intern("", in: table) == Name())
        #expect(table.count == 4)
    }
}
