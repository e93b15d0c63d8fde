import Interactions
import Units

extension PipelinePlan {
    /// A detector, and its texts where its block has a sample.
    package struct DetectorTexts: Sendable {
        package let detector: DetectorPlan
        /// What its readings are called.
        let typeName: String
        /// Nil when nobody said what a reading looks like.
        package let texts: [PlannedText]?

        /// Why there are none.
        package var obstacle: String? {
            guard texts == nil else { return nil }
            return "the texts of \"\(detector.name)\" cannot be tried: no \(typeName) is known; "
                + "add static var sample to the transformer that makes it"
        }
    }

    /// The texts of all detectors, in the order of the file.
    package var texts: [DetectorTexts] { root.texts(privacy) }

    /// What is wrong with the texts, as the check of a pipeline says it.
    ///
    /// - Parameters:
    ///   - longest: the longest name and address that they are written with.
    ///   - zone: where their readers' clocks stand.
    package func textProblems(
        usual: SampleSubject? = nil,
        longest: SampleSubject = .longest,
        zone: CivilZone
    ) -> [Problem] {
        texts.flatMap { each -> [Problem] in
            let (name, place) = (each.detector.name, each.detector.place)
            if let obstacle = each.obstacle { return [Problem(.warning, at: place, obstacle)] }
            return (each.texts ?? []).flatMap { text in
                text.problems(usual: usual ?? .usual(privacy), longest: longest, zone: zone).map {
                    Problem(
                        $0.severity == .error ? .error : .warning,
                        at: place,
                        "\"\(name)\", \(text.name): \($0)"
                    )
                }
            }
        }
    }
}

extension BlockPlan {
    fileprivate func texts(_ privacy: PrivacyClass) -> [PipelinePlan.DetectorTexts] {
        stages.flatMap { stage -> [PipelinePlan.DetectorTexts] in
            switch stage {
            case .detect(let detector):
                [
                    PipelinePlan.DetectorTexts(
                        detector: detector,
                        typeName: layout.typeName,
                        texts: sample.map { detector.texts(of: $0, privacy: privacy) }
                    )
                ]
            case .derive(let derive): derive.block.texts(privacy)
            case .drop, .reject, .dropRepeats, .enrich: []
            }
        }
    }
}

extension PipelineSet {
    /// What is wrong with the texts of all pipelines, in the order of their lines.
    public func textProblems(zone: CivilZone) -> [Problem] {
        pipelines.flatMap { $0.plan.textProblems(zone: zone) }.sorted { $0.place < $1.place }
    }
}
