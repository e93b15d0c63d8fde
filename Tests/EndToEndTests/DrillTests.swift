import Foundation
import Interactions
import TestSupport
import Testing
import Units

/// Calls for help on the real clock, through a real broker and a real Kannel with an operator that misbehaves: how many
/// seconds each hop takes. `VIGIE_DRILL` asks for them; they take some minutes.
@Suite("Drill", .enabled(if: ProcessInfo.processInfo.environment["VIGIE_DRILL"] != nil))
struct DrillTests {
    @Test("A fall: the wearer says nothing for a minute, then two are asked, and the second of them goes")
    func answered() throws {
        let drill = try Drill("a fall", carer: .delivers, relatives: [.delivers, .delivers])
        try drill.fall()
        try drill.hop("wearer asked", [.wearer], within: 10)
        try drill.hop("carer and first relative asked", [.carer, .relative(1)], within: 75)
        try drill.answer(.relative(1))
        try drill.end()
    }

    @Test("The operator refuses the carer's text and loses the first relative's: the second is asked at once")
    func outOfReach() throws {
        let drill = try Drill("first two out of reach", carer: .refuses, relatives: [.loses, .delivers])
        try drill.callForHelp()
        try drill.hop("carer and first relative asked", [.carer, .relative(1)], within: 10)
        try drill.reportTaken()
        try drill.hop("second relative asked", [.relative(2)], within: 30)
        try drill.answer(.relative(2))
        try drill.end()
    }

    @Test("The operator never says what became of two texts: they are passed over after a while")
    func silent() throws {
        let drill = try Drill("no receipts", carer: .saysNothing, relatives: [.saysNothing, .delivers])
        try drill.callForHelp()
        try drill.hop("carer and first relative asked", [.carer, .relative(1)], within: 10)
        try drill.hop("second relative asked", [.relative(2)], within: 150)
        try drill.answer(.relative(2))
        try drill.end()
    }

    @Test("The operator says that both texts are delivered, and nobody answers: the next is asked")
    func unanswered() throws {
        let drill = try Drill("delivered but unread", carer: .delivers, relatives: [.delivers, .delivers])
        try drill.callForHelp()
        try drill.hop("carer and first relative asked", [.carer, .relative(1)], within: 10)
        try drill.hop("second relative asked", [.relative(2)], within: 200)
        try drill.answer(.relative(2))
        try drill.end()
    }

    @Test("The operator asks to come later, and receipts come late: nobody is passed over")
    func slow() throws {
        let drill = try Drill("throttled and late", carer: .throttles, relatives: [.reportsLate, .delivers])
        try drill.callForHelp()
        try drill.hop("first relative asked", [.relative(1)], within: 10)
        try drill.hop("carer asked, at the second try", [.carer, .carer], within: 60)
        try drill.answer(.carer)
        try drill.end()
    }

    @Test("The first gateway's operator refuses: the same person is asked through the second")
    func secondGateway() throws {
        let drill = try Drill(
            "second gateway",
            carer: .refuses,
            relatives: [.refuses, .delivers],
            through: 2
        )
        try drill.callForHelp()
        try drill.hop("carer asked through the first", [.carer], within: 10)
        try drill.hop("carer asked through the second", [.carer], through: 2, within: 30)
        try drill.answer(.carer)
        try drill.end()
    }

    @Test("300 tenants are being told of their elevator, ten a second: a call for help passes them")
    func overtaking() throws {
        let drill = try Drill(
            "300 tenants",
            carer: .delivers,
            relatives: [.delivers],
            tenants: 300,
            perSecond: 10
        )
        try drill.elevatorStops()
        try drill.callForHelp()
        try drill.hop("carer and first relative asked", [.carer, .relative(1)], within: 60)
        let before = drill.tenantsTold
        drill.report("tenants told before", Double(before), "texts")
        // A window of texts that the gateway has not confirmed, and those that went while the call came in.
        #expect(before < 100)
        try drill.answer(.relative(1))
        try drill.end()
    }
}
