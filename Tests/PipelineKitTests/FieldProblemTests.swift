import PipelineKit
import Telemetry
import Testing
import Units

/// What `vigie check` says about the table of a reading.
@Suite("Problems of fields")
struct FieldProblemTests {
    struct Wrong: Reading {
        var device = Name()
        var first = 0
        var computed: Int {
            get { first }
            set { first = newValue }
        }

        static var fields: [Field<Self>] {
            Field("device", \.device)
            Field("n", \.first)
            Field("n", \.first)
            Field("a..b", \.first)
            Field("m", \.computed)
        }
    }

    @Test("Each field has one name and one place")
    func table() {
        let wrong = Pipeline("wrong", reading: Wrong.self) {
            Listen(to: "a/{device}")
            Identify(by: \.device)
            Detect("silent", severity: .info) {
                Silent(for: .hours(1))
            } react: {
                Note(in: "desk") { "\($0.name) is silent" }
            }
        }
        #expect(wrong.texts.count == 3, "\(wrong.texts)")
        #expect(wrong.texts.contains { $0.hasPrefix("\"n\" is in the table already, at line ") })
        #expect(wrong.texts.contains("a field needs its name in the payload, found \"a..b\""))
        #expect(wrong.texts.contains("\"m\" must fill a stored property of Wrong, found a computed one"))
    }
}
