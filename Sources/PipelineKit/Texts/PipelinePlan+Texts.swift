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
        /// Nil when nobody is told, too.
        package let watch: PlannedWatch?

        /// Why there are none.
        package var obstacle: String? {
            guard texts == nil else { return nil }
            return "the texts of \"\(detector.name)\" cannot be tried: no \(typeName) is known; "
                + "add static var sample to the transformer that makes it"
        }

        fileprivate func problems(
            usual: SampleSubject,
            longest: SampleSubject,
            zone: CivilZone
        ) -> [Problem] {
            if let obstacle { return [Problem(.warning, at: detector.place, obstacle)] }
            let found = (texts ?? []).map { text in
                (text.name, text.problems(usual: usual, longest: longest, zone: zone))
            }
            let onWatch = watch?.problems(usual: usual, longest: longest, zone: zone) ?? []
            return (found + [("watch", onWatch)]).flatMap { name, problems in
                problems.map { problem in
                    Problem(
                        problem.severity == .error ? .error : .warning,
                        at: detector.place,
                        "\"\(detector.name)\", \(name): \(problem)"
                    )
                }
            }
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
        texts.flatMap {
            $0.problems(usual: usual ?? .usual(privacy), longest: longest, zone: zone)
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
                        texts: sample.map { detector.texts(of: $0, privacy: privacy) },
                        watch: sample.flatMap { detector.plannedWatch(of: $0, privacy: privacy) }
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
