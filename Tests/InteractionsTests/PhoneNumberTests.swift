import Interactions
import Testing

@Suite("Telephone numbers are kept in E.164 and never shown")
struct PhoneNumberTests {
    @Test(
        "What people write becomes E.164",
        arguments: [
            ("06 12 34 56 78", "+33612345678"), ("06.12.34.56.78", "+33612345678"),
            ("0033 6 12 34 56 78", "+33612345678"), ("+33 (0)6 12 34 56 78", "+33612345678"),
            ("+33 06 12 34 56 78", "+33612345678"), ("+33\u{A0}6\u{202F}12-34-56-78", "+33612345678"),
            ("01 44 55 66 77", "+33144556677"), ("+262 692 12 34 56", "+262692123456"),
            ("+44 (0)20 7946 0958", "+442079460958"), ("0049 170 1234567", "+491701234567"),
        ]
    )
    func normalised(written: String, expected: String) {
        #expect(PhoneNumber(written)?.e164 == expected)
    }

    @Test(
        "What is no number is refused",
        arguments: [
            "", "+", "38000", "Vigie", "06 12 34 56 7", "06 12 34 56 789", "+0612345678", "+33 6 12",
            "+1234567890123456", "06 12 34 56 7a", "33612345678", "6+12345678",
        ]
    )
    func refused(written: String) {
        #expect(PhoneNumber(written) == nil)
    }

    @Test("The sender of a reply may come without its plus, but a short code is no number")
    func senders() {
        #expect(PhoneNumber(sender: "33612345678")?.e164 == "+33612345678")
        #expect(PhoneNumber(sender: "+33612345678")?.e164 == "+33612345678")
        #expect(PhoneNumber(sender: "38000") == nil)
        #expect(PhoneNumber(sender: "Orange") == nil)
    }

    @Test("Only 06 and 07 are French mobiles")
    func mobiles() {
        #expect(PhoneNumber("0612345678")?.isFrenchMobile == true)
        #expect(PhoneNumber("0712345678")?.isFrenchMobile == true)
        #expect(PhoneNumber("0144556677")?.isFrenchMobile == false)
        #expect(PhoneNumber("+262692123456")?.isFrenchMobile == false)
    }

    @Test("Printing, interpolating, dumping or reflecting shows two digits")
    func masked() throws {
        let number = try #require(PhoneNumber("0612345678"))
        var dumped = ""
        dump([number], to: &dumped)
        for text in ["\(number)", String(reflecting: number), String(describing: [number]), dumped] {
            #expect(text.contains("…78"))
            #expect(!text.contains("5678"))
        }
    }
}
