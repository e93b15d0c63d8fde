import Interactions
import PipelineKit
import Telemetry
import Units

/// A reading to build pipelines of.
struct Sample: Reading {
    var device = Name()
    var measuredAt = Moment()
    var sequence = 0
    var load = Mass.zero
    var isOpen = false

    static var fields: [Field<Self>] {
        Field("device", \.device)
        Field("ts", \.measuredAt)
        Field("seq", \.sequence)
        Field("load", \.load, in: .kilograms)
        Field("open", \.isOpen)
    }
}

extension Sample {
    var isLoaded: Bool { load > .kilograms(25) }
    var alias: Name {
        get { device }
        set { device = newValue }
    }
    var arrivedAt: Moment {
        get { measuredAt }
        set { measuredAt = newValue }
    }
}

/// Hands every reading on.
struct Same: Transformer {
    mutating func step(_ reading: Sample) -> Sample? { reading }
}

extension Pipeline {
    /// The texts of its problems, without their places.
    var texts: [String] { problems.map(\.text) }
}

/// A pipeline that is sound but for what stands in `stages`.
func pipeline(
    _ name: String = "samples",
    line: Int = #line,
    @StageBuilder<Sample> _ stages: () -> [any Stage<Sample>]
) -> Pipeline {
    Pipeline(name, reading: Sample.self, file: "Pipelines/Samples.swift", line: line, stages)
}

/// A detector with nothing wrong in it.
func detector(_ name: String = "open", file: String = #fileID, line: Int = #line) -> Detect<Sample> {
    Detect(name, severity: .info, file: file, line: line) {
        Happens(\.isOpen)
    } react: {
        Note(in: "desk") { "\($0.name) is open" }
    }
}
