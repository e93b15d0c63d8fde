import Foundation
import Interactions
import Store
import Telemetry
import TestSupport
import Testing
import Units

@Suite("Kannel, end to end", .serialized)
struct KannelEndToEndTests {
    @Test("A call for help becomes a text on a telephone, and the answer 1 takes the case")
    func fromPendantToTelephone() throws {
        let rig = try Rig()
        let kannel = try KannelServer(
            replies: "http://127.0.0.1:\(rig.vigie.httpPort)/kannel/mo",
            token: Rig.hookToken
        )
        defer { kannel.stop() }
        try kannel.start()
        try rig.vigie.folder.write(KannelServer.password, to: "kannel")
        rig.vigie.settings.merge([
            "VIGIE_NOTICES_TO": "kannel", "VIGIE_KANNEL_URL": kannel.sendURL,
            "VIGIE_KANNEL_USER": KannelServer.user, "VIGIE_KANNEL_SENDER": KannelServer.sender,
            "VIGIE_KANNEL_PASSWORD_FILE": rig.vigie.folder.path("kannel"),
        ]) { _, own in own }
        try rig.vigie.hand(Rig.home)
        try rig.vigie.start()
        try rig.callForHelp("1")

        #expect(eventually(within: 30) { !kannel.submitted.isEmpty })
        #expect(kannel.submitted.map(\.to) == ["+33612345678"])
        let text = kannel.submitted.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
        #expect(text.contains("ALERTE"))
        #expect(text.contains("15/112"))
        #expect(try eventually(within: 30) { try outcomes(rig) == [.accepted, .delivered] })

        kannel.receiveReply(from: "33612345678", text: "1")
        #expect(
            try eventually(within: 30) {
                try rig.vigie.sent().contains { $0.detail.hasSuffix(" acknowledged") }
            }
        )
        // Who took it is told so.
        #expect(eventually(within: 30) { kannel.submitted.count == 2 })
        #expect(rig.vigie.stop().code == 0)
    }

    /// What the journal knows of the text.
    private func outcomes(_ rig: Rig) throws -> Set<Receipt.Outcome> {
        Set(
            try rig.vigie.journal().compactMap { entry in
                guard case .receipt(let receipt) = entry, receipt.sink == "kannel" else { return nil }
                return receipt.outcome
            }
        )
    }
}
