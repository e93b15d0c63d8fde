import Interactions
import TestSupport
import Testing

@Suite("Text messages fit or are refused; nothing is lost on the way")
struct GSMTests {
    /// Texts of the product with their measured lengths.
    static let measured: [(Int, String)] = [
        (
            151,
            "Ascenseur A en panne, 12 rue des Lilas, depuis 09h14. Ascensoriste prévenu. Prochain point avant "
                + "11h15. Besoin d'aide (courses, soins) : répondez AIDE."
        ),
        (93, "Ascenseur A, 12 rue des Lilas : technicien attendu vers 11h30. Besoin d'aide : répondez AIDE."),
        (
            134,
            "Ascenseur A, 12 rue des Lilas : réparation retardée (pièce commandée). Prochain point demain "
                + "avant 10h. Besoin d'aide : répondez AIDE."
        ),
        (92, "Ascenseur A, 12 rue des Lilas : de nouveau en service depuis 12h04. Merci de votre patience."),
        (
            126,
            "ALERTE 7K Mme D. à 03h12. Répondez 1 si vous y allez, 2 sinon. Sans réponse, contact suivant à "
                + "03h15. Urgence vitale : 15/112."
        ),
        (
            159,
            "ALERTE 7K Mme D. : chute possible à 03h12, pas de réponse. Répondez 1 si vous y allez, 2 sinon. "
                + "Sans réponse, contact suivant à 03h15. Urgence vitale : 15/112."
        ),
        (67, "Fin d'alerte Mme D. : levée à 03h41, aidée, sans blessure signalée."),
        (
            156,
            "Eau : consommation anormale au logement 24 (plus du double de l'habitude). Vérifiez robinets et "
                + "WC. Le gardien vous appelle. Répondez 1 si c'est déjà réglé."
        ),
    ]

    @Test("The texts of the product take one part each", arguments: measured)
    func productTexts(length: Int, text: String) throws {
        let encoding = try SMSEncoding(text, folding: .never, maxParts: 1)
        #expect(encoding.alphabet == .gsm7)
        #expect(encoding.units == length)
        #expect(encoding.parts == [text])
        #expect(!encoding.isFolded)
    }

    @Test(
        "Parts are counted at 160 and 153 septets, at 70 and 67 units",
        arguments: [
            ("a", 160, 1), ("a", 161, 2), ("a", 306, 2), ("a", 307, 3), ("€", 80, 1), ("€", 81, 2),
            ("я", 70, 1), ("я", 71, 2), ("я", 134, 2), ("я", 135, 3),
        ]
    )
    func parts(character: String, count: Int, parts: Int) throws {
        let encoding = try SMSEncoding(String(repeating: character, count: count))
        #expect(encoding.parts.count == parts)
        #expect(encoding.parts.joined() == encoding.text)
    }

    @Test("The basic table has the characters of 3GPP TS 23.038 and French keeps its é è à ù É Ç")
    func basicTable() {
        for character in "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà\n\r" {
            #expect(GSMAlphabet.septets(of: character) == 1, "\(character)")
        }
        for character in "€[]{}\\^~|\u{0C}" {
            #expect(GSMAlphabet.septets(of: character) == 2, "\(character)")
        }
        for character in "âêëîïôûÿçœÀÂÈÊËÎÏÔÙÛŒ«»’‘“”…–—°\u{A0}`\u{1B}" {
            #expect(GSMAlphabet.septets(of: character) == nil, "\(character)")
        }
        let ascii = (0x20..<0x7F).map { Character(Unicode.Scalar(UInt8($0))) }
        #expect(ascii.filter { GSMAlphabet.septets(of: $0) == nil } == ["`"])
    }

    @Test("French typography folds to the nearest readable form")
    func folding() throws {
        let encoding = try SMSEncoding("Fenêtre d’écoute — ça ira à côté, œuvre « n°\u{202F}12 » …")
        #expect(encoding.text == "Fenetre d'écoute - ca ira à coté, oeuvre \" no 12 \" ...")
        #expect(encoding.alphabet == .gsm7)
        #expect(encoding.isFolded)
        #expect(try SMSEncoding("Hôpital").text == "Hopital")
    }

    @Test("A letter typed with a separate accent is the same letter")
    func decomposed() throws {
        let encoding = try SMSEncoding("re\u{301}pondez", folding: .never)
        #expect(encoding.units == 8)
        #expect(Array(encoding.text.unicodeScalars) == Array("répondez".unicodeScalars))
    }

    @Test("What the alphabet cannot say goes out as UCS-2, unchanged")
    func ucs2() throws {
        let text = "Technicien prêt à 11h30 – merci 😀"
        let encoding = try SMSEncoding(text)
        #expect(encoding.alphabet == .ucs2)
        #expect(encoding.text == text)
        #expect(encoding.units == text.utf16.count)
        #expect(try SMSEncoding("Hôpital", folding: .never).alphabet == .ucs2)
        #expect(try SMSEncoding("prêt 😀", folding: .always).text == "pret 😀")
    }

    @Test("No part ends inside a character: extension pair, surrogate pair or combining sequence")
    func neverSplit() throws {
        let euro = try SMSEncoding(
            String(repeating: "a", count: 152) + "€" + String(repeating: "b", count: 20)
        )
        #expect(euro.parts.map { $0.count } == [152, 21])
        #expect(euro.parts[1].hasPrefix("€"))

        let emoji = try SMSEncoding(
            String(repeating: "я", count: 66) + "😀" + String(repeating: "я", count: 20)
        )
        #expect(emoji.parts.map { $0.utf16.count } == [66, 22])

        let family = "👨‍👩‍👧‍👦"
        let combined = try SMSEncoding(String(repeating: "я", count: 60) + family + "я")
        #expect(combined.parts == [String(repeating: "я", count: 60), family + "я"])
    }

    @Test("A gateway that cuts every 67 units cuts between characters")
    func evenlySplit() throws {
        let text = "Слово " + String(repeating: "я", count: 60) + "😀" + String(repeating: "я", count: 70)
        let encoding = try SMSEncoding(text)
        let units = Array(encoding.evenlySplit.utf16)
        for cut in stride(from: 67, to: units.count, by: 67) {
            #expect(!UTF16.isTrailSurrogate(units[cut]))
        }
        #expect(encoding.evenlySplit == text.replacing("Слово ", with: "Слово  "))
        #expect(try SMSEncoding("court").evenlySplit == "court")
    }

    @Test("Too long, empty and indivisible texts are refused, without showing the text")
    func refused() {
        let secret = String(repeating: "secret ", count: 70)
        #expect(throws: SMSRefusal.tooLong(alphabet: .gsm7, units: 490, parts: 4, allowed: 3)) {
            try SMSEncoding(secret)
        }
        #expect(throws: SMSRefusal.empty) { try SMSEncoding("") }
        #expect(throws: SMSRefusal.empty) { try SMSEncoding("\u{FEFF}") }
        let zalgo = "ж" + String(repeating: "\u{301}", count: 90)
        #expect(throws: SMSRefusal.indivisible(units: 91)) { try SMSEncoding(zalgo) }
        #expect(
            SMSRefusal.tooLong(alphabet: .gsm7, units: 490, parts: 4, allowed: 3).description
                == "the text takes 4 parts (490 septets), at most 3 allowed"
        )
    }

    @Test("Whatever the text, its parts together are the text and each fits")
    func anyText() throws {
        var random = Dice(seed: 7)
        let pool = Array("aé€[ç œ’я😀👨‍👩‍👧‍👦e\u{301}\r\n\u{7}中ê—1")
        for _ in 0..<2_000 {
            let length = Int.random(in: 1...220, using: &random)
            let text = String((0..<length).map { _ in pool[Int.random(in: 0..<pool.count, using: &random)] })
            let folding = SMSEncoding.Folding.allCases.randomElement(using: &random) ?? .never
            let encoding = try SMSEncoding(text, folding: folding, maxParts: 60)
            #expect(encoding.parts.joined() == encoding.text)
            if folding == .never { #expect(encoding.text == text) }
            let limit =
                encoding.parts.count == 1 ? encoding.alphabet.unitsAlone : encoding.alphabet.unitsPerPart
            for part in encoding.parts {
                let units =
                    encoding.alphabet == .ucs2
                    ? part.utf16.count : part.reduce(0) { $0 + (GSMAlphabet.septets(of: $1) ?? 1_000) }
                #expect(units <= limit)
            }
        }
    }
}
