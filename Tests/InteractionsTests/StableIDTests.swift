import Testing
import Units

@testable import Interactions

@Suite("Stable ids")
struct StableIDTests {
    @Test(
        "The hash is FNV-1a with 128 bits",
        arguments: [
            ("", 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d),
            ("a", 0xd228_cb69_6f1a_8caf_7891_2b70_4e4a_8964),
            ("ab", 0x0880_9544_bbab_1be9_5aa0_7330_55b6_9a62),
            ("abc", 0xa68d_622c_ec8b_5822_836d_bc79_77af_7f3b),
            ("foobar", 0x343e_1662_793c_64bf_6f0d_3597_ba44_6f18),
        ] as [(String, UInt128)]
    )
    func publishedVectors(_ text: String, _ expected: UInt128) {
        var hash = FNV1a128()
        hash.add(text.utf8)
        #expect(hash.value == expected)
    }

    @Test("An id is a prefix and twenty letters and digits of base32")
    func form() {
        let id = StableID("CASE", .text("elevators"), .moment(utc(2026, 1, 5))).description
        #expect(id.hasPrefix("CASE_"))
        #expect(id.dropFirst(5).count == 20)
        #expect(id.dropFirst(5).allSatisfy { "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".contains($0) })
    }

    @Test("The same parts always make the same id, in this and in every later version")
    func pinned() {
        let id = StableID(
            "EVT",
            .text("elevators"),
            .text("people stuck"),
            .text("A7"),
            .moment(utc(2026, 1, 5, 7, 31)),
            .number(2)
        )
        #expect(id.description == "EVT_GCKYRYBFZT7XUUC7NDFR")
    }

    @Test("Where one part ends and the next begins makes a difference")
    func boundaries() {
        #expect(StableID("C", .text("ab"), .text("c")) != StableID("C", .text("a"), .text("bc")))
        #expect(StableID("C", .text("a")) != StableID("C", .text("a"), .text("")))
        #expect(StableID("C", .number(7)) != StableID("C", .moment(Moment(microseconds: 7))))
        #expect(StableID("C", .number(7)) != StableID("C", .text("7")))
        #expect(
            StableID("CASE", .text("a")).description.suffix(20)
                != StableID("EVT", .text("a")).description.suffix(20)
        )
    }

    @Test("Devices and times that differ little make ids that differ, spread over all letters")
    func spread() {
        var seen: Set<String> = []
        var counts = [[Character: Int]](repeating: [:], count: 20)
        for device in 0..<200 {
            for minute in 0..<100 {
                let begin = utc(2026, 1, 5) + .minutes(minute)
                let id = StableID("CASE", .text("elevators"), .text("A\(device)"), .moment(begin)).description
                seen.insert(id)
                for (place, letter) in id.dropFirst(5).enumerated() {
                    counts[place][letter, default: 0] += 1
                }
            }
        }
        #expect(seen.count == 20_000)
        // 625 of each letter are to be expected at each place, with a spread of 25.
        for letters in counts {
            #expect(letters.count == 32)
            #expect(letters.values.allSatisfy { (450...800).contains($0) })
        }
    }
}
