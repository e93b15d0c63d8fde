import Interactions
import PipelineKit
import Testing
import Units

/// What `vigie check` says about signs.
@Suite("Problems of signs")
struct SignProblemTests {
    private func texts(
        remindEvery: Duration? = nil,
        clearsAfter: Duration = .zero,
        @SignBuilder<Sample> _ signs: () -> [any Sign<Sample>]
    ) -> [String] {
        pipeline {
            Listen(to: "a/{device}")
            Identify(by: \.device)
            Detect(
                "open",
                severity: .info,
                remindEvery: remindEvery,
                clearsAfter: clearsAfter,
                signs
            ) {
                Note(in: "desk") { "\($0.name) is open" }
            }
        }.texts
    }

    @Test("A span is not negative")
    func spans() {
        #expect(
            texts { Holds(\.isOpen, for: .seconds(-1)) } == ["for: cannot be negative, found -1.0 seconds"]
        )
        #expect(
            texts { Exceeds(\.load, .kilograms(1), for: .seconds(-2)) } == [
                "for: cannot be negative, found -2.0 seconds"
            ]
        )
        #expect(
            texts { Silent(for: .zero) } == ["Silent needs a span longer than zero, found 0.0 seconds"]
        )
        #expect(
            texts(remindEvery: .zero) { Holds(\.isOpen, for: .zero) } == [
                "remindEvery must be longer than zero, found 0.0 seconds"
            ]
        )
        #expect(
            texts(clearsAfter: .seconds(-1)) { Holds(\.isOpen, for: .zero) } == [
                "clearsAfter cannot be negative"
            ]
        )
    }

    @Test("A limit is released on its other side")
    func release() {
        let text = "until: must lie on the other side of the limit, or it would begin and clear at once"
        #expect(texts { Exceeds(\.load, .kilograms(10), until: .kilograms(11)) } == [text])
        #expect(texts { FallsBelow(\.load, .kilograms(10), until: .kilograms(9)) } == [text])
        #expect(texts { FallsBelow(\.load, .kilograms(10), until: .kilograms(11)) } == [])
    }

    @Test("Flapping is two to eight changes")
    func flaps() {
        #expect(
            texts { Flaps(\.isOpen, atLeast: 9, within: .hours(1)) } == [
                "Flaps counts 2 to 8 changes within a span longer than zero, found 9 in 3600.0 seconds"
            ]
        )
    }

    @Test("What is over in a moment is neither reminded of nor held open")
    func momentary() {
        let text = "\"open\" is over in the moment it happens; use atMostEvery to hold repeats back"
        #expect(texts(remindEvery: .hours(1)) { Happens(\.isOpen) } == [text])
        #expect(texts(clearsAfter: .hours(1)) { Happens(\.isOpen) } == [text])
    }

    @Test("A sequence begins with First, goes on with Then, and stands alone")
    func sequences() {
        #expect(
            texts { First(\.isOpen) } == ["First needs a Then; for one condition use Holds or Happens"]
        )
        #expect(texts { Then(\.isOpen, within: .seconds(1)) } == ["a sequence begins with First, found Then"])
        #expect(
            texts {
                First(\.isOpen)
                First(\.isLoaded)
            } == ["a sequence has one First; the following steps are Then"]
        )
        #expect(
            texts {
                First(\.isOpen)
                Then(\.isLoaded, within: .seconds(1))
                Holds(\.isOpen, for: .zero)
            } == [
                "a sequence of First and Then stands alone; move the other signs to a detector of their own"
            ]
        )
        #expect(
            texts {
                First(\.isOpen)
                Then(\.isLoaded, within: .zero)
            } == ["Then needs a span longer than zero, found 0.0 seconds"]
        )
    }
}
