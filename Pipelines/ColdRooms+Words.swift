import Interactions
import PipelineKit
import Units

// What is read of a cold room: in a case, in the kitchen and by the technician.
extension Finding<GoodsNews> {
    var warming: Wording {
        Wording(
            french: "\(name) se réchauffe : denrées à \(limit.french) dans \(reading.left) environ",
            english: "\(name) is getting warmer: goods at \(limit.english) in about \(reading.left)"
        )
    }

    var warmingInKitchen: Wording {
        Wording(
            french: "\(warming.french). Fermez la porte, vérifiez le groupe froid.",
            english: "\(warming.english ?? "\(name)"). Close the door and check the cooling."
        )
    }

    var noLongerWarming: Wording {
        Wording(
            french: "\(name) : ne se réchauffe plus depuis \(at).",
            english: "\(name): no longer getting warmer since \(at)."
        )
    }

    var outside: Wording {
        Wording(
            french: "\(name) : denrées \(state.french) depuis \(reading.began), \(goods.french)",
            english: "\(name): goods \(state.english) since \(reading.began), \(goods.english)"
        )
    }

    var outsideInKitchen: Wording {
        Wording(
            french:
                "\(outside.french) (limite \(limit.french)). Déplacez-les, vérifiez-les avant usage.",
            english:
                "\(outside.english ?? "\(name)") (limit \(limit.english)). Move them, check them before use."
        )
    }

    var insideAgain: Wording {
        Wording(
            french:
                "\(name) : denrées \(state.french) de \(reading.began) à \(at), au pire \(worst.french). Vérifiez-les avant usage.",
            english:
                "\(name): goods \(state.english) from \(reading.began) until \(at), at worst \(worst.english). Check them before use."
        )
    }

    var outsideForTechnician: Wording {
        Wording(
            french:
                "\(name), \(address) : denrées \(state.french) depuis \(reading.began), \(goods.french). Répondez 1 \(.code) pour y aller, 2 \(.code) sinon.",
            english:
                "\(name), \(address): goods \(state.english) since \(reading.began), \(goods.english). Reply 1 \(.code) if you go there, 2 \(.code) if not."
        )
    }

    private var state: (french: String, english: String) {
        reading.isTooWarm ? ("trop chaudes", "too warm") : ("trop froides", "too cold")
    }

    private var goods: (french: Phrase, english: Phrase) { degrees(reading.goods) }
    private var worst: (french: Phrase, english: Phrase) { degrees(reading.worst) }
    private var limit: (french: Phrase, english: Phrase) { degrees(reading.limit) }

    /// In words: text messages do not have the sign.
    private func degrees(_ temperature: Temperature) -> (french: Phrase, english: Phrase) {
        let tenths = (temperature.base * 10).rounded() / 10
        return (
            "\(tenths, symbol: abs(tenths) < 2 ? "degré" : "degrés")",
            "\(tenths, symbol: abs(tenths) == 1 ? "degree" : "degrees")"
        )
    }
}
