import Telemetry
import Units

/// What the formats that a pipeline listens to ask of its reading's table.
extension PipelinePlan {
    mutating func checkFormats() {
        for listen in listens {
            if case .decoded(let format) = listen.format {
                checkDecoded(format, listen.place)
            } else if let name = root.layout.repeatedName {
                let text =
                    "two fields are called \"\(name)\", and this format has one value for both; only formats that "
                    + "name their units tell them apart"
                problems.append(Problem(.error, at: listen.place, text))
            }
        }
        checkWhatIsKept()
    }

    private mutating func checkDecoded(_ format: MessageFormat, _ place: Place) {
        func report(_ kind: Problem.Kind, _ text: String) {
            problems.append(Problem(kind, at: place, text))
        }
        if let problem = format.problem { report(.error, problem) }
        for field in root.layout.fields {
            if let word = ReservedField(rawValue: field.name), !word.fits(field.kind) {
                report(
                    .error,
                    "\"\(word.rawValue)\" says something of the whole reading in \(format.name) and fills a property of type "
                        + "\(word.type), found another; rename the field"
                )
            }
            if case .samples = field.kind, field.isRequired {
                report(.error, "\"\(field.name)\" is a block of samples, which \(format.name) never brings")
            }
        }
        guard let order else { return }
        let at = ReservedField.at.rawValue
        guard !root.layout.fields.contains(where: { $0.offset == order.offset && $0.name == at }) else {
            return
        }
        report(
            .warning,
            "Order does not go by the field \"\(at)\", which \(format.name) fills with the best time that it knows"
        )
    }

    /// Whose a reading is and when it was measured must be known before it is its turn.
    private mutating func checkWhatIsKept() {
        func check(_ offset: Int, _ stage: String, _ place: Place) {
            guard let field = root.layout.fields.first(where: { $0.offset == offset && $0.keepsLastValue })
            else { return }
            let text =
                "\(stage) goes by \"\(field.name)\", which keeps the last value where it is missing: what a device said "
                + "last is known only behind \(stage)"
            problems.append(Problem(.error, at: place, text))
        }
        if let identity { check(identity.offset, "Identify", identity.place) }
        if let order { check(order.offset, "Order", order.place) }
    }
}

extension ReadingLayout {
    /// A name of two fields that only their units tell apart.
    fileprivate var repeatedName: String? {
        fields.first { field in
            fields.contains { $0.name == field.name && $0.dimension != field.dimension }
        }?.name
    }
}
