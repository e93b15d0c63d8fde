import Interactions
import Testing
import Units

@testable import vigie

@Suite("Times as people write them")
struct WrittenTimeTests {
    /// 2026-01-05 09:00 in Paris.
    private let now = Moment(seconds: 1_767_600_000)

    private func past(_ text: String, before now: Moment? = nil) -> [String]? {
        WrittenTime(in: text)?.past(in: .paris, before: now ?? self.now).map(\.description)
    }

    @Test("A clock alone was last today, or yesterday; a day or an offset says more")
    func past() {
        #expect(past("03:12") == ["2026-01-05T02:12:00.000Z"])
        #expect(past("nobody was told at 03:12?") == ["2026-01-05T02:12:00.000Z"])
        #expect(past("personne n'a été prévenu à 3h12.") == ["2026-01-05T02:12:00.000Z"])
        #expect(past("23h") == ["2026-01-04T22:00:00.000Z"])
        #expect(past("09:00:01") == ["2026-01-04T08:00:01.000Z"])
        #expect(past("2026-01-02 03:12") == ["2026-01-02T02:12:00.000Z"])
        #expect(past("2026-01-02T03:12") == ["2026-01-02T02:12:00.000Z"])
        #expect(past("what on 2026-01-02, at 3h12") == ["2026-01-02T02:12:00.000Z"])
        #expect(past("2026-01-02T03:12:00Z") == ["2026-01-02T03:12:00.000Z"])
        #expect(past("2026-01-02") == ["2026-01-01T23:00:00.000Z"])
    }

    @Test(
        "What is no time is none",
        arguments: ["", "CASE_7", "3", "24:00", "12:60", "2026-02-30", "1:2:3:4", "::", "3:"]
    )
    func none(text: String) {
        #expect(WrittenTime(in: text) == nil)
    }

    @Test(
        "In the night when clocks go back a time was twice, in the other it was not and the gap's end stands for it"
    )
    func clockChanges() {
        #expect(past("2026-10-25 02:30") == ["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"])
        #expect(past("2026-03-29 02:30") == ["2026-03-29T01:00:00.000Z"])
    }

    @Test("A clock alone will be next today or tomorrow")
    func future() {
        func next(_ text: String) -> String? {
            WrittenTime(in: text)?.future(in: .paris, after: now).description
        }
        #expect(next("18:00") == "2026-01-05T17:00:00.000Z")
        #expect(next("8h30") == "2026-01-06T07:30:00.000Z")
        #expect(next("2026-01-09 10:00") == "2026-01-09T09:00:00.000Z")
    }
}
