import Interactions
import PipelineKit
import Units

// What is read of vital signs: what was measured and what is usual, no diagnosis; and whom to call.

extension Finding<Pulse> {
    private var usual: (french: Phrase, english: Phrase) {
        guard reading.usual > .zero else { return ("", "") }
        let rate = Frequency.perMinute(reading.usual.base.rounded())
        return (", d'habitude \(rate)", ", usually \(rate)")
    }

    var title: Wording {
        Wording(
            french: "\(name) : pouls au repos à \(reading.rate) depuis \(reading.began)\(usual.french)",
            english: "\(name): pulse at rest \(reading.rate) since \(reading.began)\(usual.english)"
        )
    }

    var alarm: Wording { title.withCall }

    var allClear: Wording {
        Wording(
            french: "\(name) : pouls de nouveau à \(reading.rate) depuis \(at).",
            english: "\(name): pulse back to \(reading.rate) since \(at)."
        )
    }
}

extension Finding<BloodPressure> {
    private var usual: (french: Phrase, english: Phrase) {
        guard reading.usualSystolic > .zero, reading.usualDiastolic > .zero else { return ("", "") }
        let numbers = pair(reading.usualSystolic, reading.usualDiastolic)
        return (", d'habitude \(numbers)", ", usually \(numbers)")
    }

    private func pair(_ systolic: Pressure, _ diastolic: Pressure) -> Phrase {
        "\(number(systolic))/\(number(diastolic))"
    }

    /// As on the cuff; a dash where the message has none.
    private func number(_ pressure: Pressure) -> Phrase {
        pressure > .zero ? "\(pressure.base.rounded())" : "-"
    }

    private var measured: Phrase { pair(reading.systolic, reading.diastolic) }

    var title: Wording {
        Wording(
            french: "\(name) : tension \(measured) mmHg à \(at)\(usual.french)",
            english: "\(name): blood pressure \(measured) mmHg at \(at)\(usual.english)"
        )
    }

    var alarm: Wording { title.withCall }
    var advice: Wording { title.withVisit }

    var allClear: Wording {
        Wording(
            french: "\(name) : tension de nouveau à \(measured) mmHg, mesurée à \(at).",
            english: "\(name): blood pressure back to \(measured) mmHg, measured at \(at)."
        )
    }
}

extension Wording {
    /// For what should not wait.
    fileprivate var withCall: Wording {
        Wording(
            french: "\(french). Appelez ou passez. En cas de malaise, appelez le 15.",
            english: "\(english ?? french). Please call or go there. If unwell, call 15 or 112."
        )
    }

    /// For what may wait for the next visit.
    fileprivate var withVisit: Wording {
        Wording(
            french: "\(french). Voir à la prochaine visite. En cas de malaise, appelez le 15.",
            english: "\(english ?? french). To look at on the next visit. If unwell, call 15 or 112."
        )
    }
}
