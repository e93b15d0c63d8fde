import Foundation
import Interactions
import Store
import Telemetry
import TestSupport
import Testing
import Units

/// One call for help on the real clock: a broker, `vigie run`, Kannel with an operator, and a stop-watch.
final class Drill {
    /// What the operator does with a person's texts; the last digits of the number tell it (see `KannelServer`).
    enum Habit: String {
        case refuses = "01"
        case throttles = "02"
        case loses = "03"
        case saysNothing = "04"
        case reportsLate = "05"
        case delivers = "10"
    }

    enum Person: Hashable {
        case wearer, carer
        /// Counted from 1.
        case relative(Int)

        var id: String {
            switch self {
            case .wearer: "wearer"
            case .carer: "carer"
            case .relative(let number): "relative-\(number)"
            }
        }
    }

    private let name: String
    private let rig: Rig
    private let gateways: [KannelServer]
    private var phones: [Person: String] = [:]
    private let tenants: Int
    private var begin = ContinuousClock.now
    private var beginInJournal = Moment()

    /// - Parameters:
    ///   - through: How many gateways there are; each has an operator of its own. That of the second delivers everything.
    ///   - tenants: People who live where the elevator is.
    ///   - perSecond: How many texts a second the operator takes; nil: as many as there are.
    init(
        _ name: String,
        carer: Habit,
        relatives: [Habit],
        through count: Int = 1,
        tenants: Int = 0,
        perSecond: Int? = nil
    ) throws {
        self.name = name
        self.tenants = tenants
        let rig = try Rig()
        self.rig = rig
        gateways = try (0..<count).map { number in
            try KannelServer(
                replies: "http://127.0.0.1:\(rig.vigie.httpPort)/kannel/mo",
                token: Rig.hookToken,
                perSecond: perSecond,
                deliversAll: number > 0
            )
        }
        phones[.wearer] = "+33639980077"
        phones[.carer] = "+336399801\(carer.rawValue)"
        for (index, habit) in relatives.enumerated() {
            phones[.relative(index + 1)] = "+33639981\(index)\(habit.rawValue)"
        }
        try start(relatives.count)
    }

    private func start(_ relatives: Int) throws {
        try rig.vigie.folder.write(KannelServer.password, to: "kannel")
        for (number, gateway) in gateways.enumerated() {
            try gateway.start()
            let prefix = number == 0 ? "VIGIE_KANNEL" : "VIGIE_KANNEL\(number + 1)"
            rig.vigie.settings["\(prefix)_URL"] = gateway.sendURL
            rig.vigie.settings["\(prefix)_USER"] = KannelServer.user
            rig.vigie.settings["\(prefix)_SENDER"] = KannelServer.sender
            rig.vigie.settings["\(prefix)_PASSWORD_FILE"] = rig.vigie.folder.path("kannel")
        }
        rig.vigie.settings["VIGIE_NOTICES_TO"] = "kannel"
        if gateways.count > 1 { rig.vigie.settings["VIGIE_SECOND_TEXTS_TO"] = "kannel2" }
        try rig.vigie.hand(directory(relatives))
        try rig.vigie.start()
        // The time that the pendant takes to connect is not the drill's.
        try rig.publish("care/1/pendant/PD-1/event", #"{"id":"0","event":"alive","battery":80,"worn":true}"#)
        guard try eventually({ try !rig.vigie.payloads().isEmpty }) else { throw failure("nothing comes in") }
    }

    func stop() {
        rig.vigie.kill()
        for gateway in gateways { gateway.stop() }
    }

    deinit { stop() }

    // MARK: What happens

    /// The pendant has noticed a fall; its wearer is asked first.
    func fall() throws { try pendantSays("fall") }

    /// The wearer presses the button: nothing is to be asked.
    func callForHelp() throws { try pendantSays("help") }

    private func pendantSays(_ event: String) throws {
        begin = ContinuousClock.now
        beginInJournal = Self.now
        try rig.publish("care/1/pendant/PD-1/event", #"{"id":"1","event":"\#(event)"}"#)
    }

    /// It has been out of service for four minutes, and each tenant is told; returns when the first texts are on their way.
    func elevatorStops() throws {
        let now = Self.now
        for (number, age) in [240, 180, 120, 60, 30, 0].enumerated() {
            let payload =
                #"{"sequence":\#(number + 1),"ts":"\#(now - .seconds(Int64(age)))","doors":"open","speed":0,"load":0,"#
                + #""motorCurrent":0.8,"inInspection":false,"mode":"outOfService"}"#
            try rig.publish("landlord/1/elevator/A-1/status", payload)
        }
        guard eventually(within: 60, { tenantsTold > 0 }) else { throw failure("no tenant was told") }
    }

    var tenantsTold: Int { gateways[0].submitted.count { $0.to.hasPrefix("+3363999") } }

    /// Waits until the operator has had a text for each of these people, and says after how many seconds.
    func hop(_ what: String, _ people: [Person], through gateway: Int = 1, within seconds: Double) throws {
        let expected = people.reduce(into: [:]) { $0[phones[$1] ?? "", default: 0] += 1 }
        var last = begin
        let isThere = eventually(within: seconds) {
            let texts = gateways[gateway - 1].submitted
            let counted = expected.map { phone, count in
                texts.filter { $0.to == phone }.prefix(count).map(\.at)
            }
            last = counted.joined().max() ?? begin
            return zip(expected, counted).allSatisfy { $0.value == $1.count }
        }
        guard isThere else {
            throw failure("\(what): not within \(seconds) s; \(gateways[gateway - 1].submitted.map(\.to))")
        }
        report(what, last)
    }

    /// The person answers 1 at once: the case is taken, and whoever else was asked is told so.
    func answer(_ person: Person) throws {
        let answered = ContinuousClock.now
        gateways[0].receiveReply(from: String((phones[person] ?? "").dropFirst()), text: "1")
        guard
            try eventually(
                within: 20,
                { try rig.vigie.sent().contains { $0.detail.hasSuffix(" acknowledged") } }
            )
        else { throw failure("the answer took no case") }
        report("acknowledged", ContinuousClock.now)
        report("from the answer to acknowledged", Self.seconds(answered.duration(to: .now)), "s")
    }

    /// - Throws: when something was logged as an error.
    func end() throws {
        let code = rig.vigie.stop().code
        let errors = rig.vigie.log.split(separator: "\n").filter { $0.contains(" error ") }
        guard code == 0, errors.isEmpty else {
            throw failure("ended with \(String(describing: code)), \(errors)")
        }
    }

    /// After how many seconds the call was in the journal, and after how many the gateway had taken the first text.
    func reportTaken() throws {
        var taken: Double?
        _ = try eventually(within: 20) {
            taken = try since {
                if case .receipt(let receipt) = $0 { receipt.outcome == .accepted } else { false }
            }
            return taken != nil
        }
        let arrived = try since { if case .message = $0 { true } else { false } }
        guard let arrived, let taken else { throw failure("the gateway took nothing") }
        report("in the journal", arrived, "s")
        report("first text taken by the gateway", taken, "s")
    }

    /// Seconds from the call to the first entry of the journal of some kind.
    private func since(_ isMeant: (Entry) -> Bool) throws -> Double? {
        try rig.vigie.journal().first { $0.at > beginInJournal && isMeant($0) }
            .map { Double($0.at.microseconds - beginInJournal.microseconds) / 1e6 }
    }

    // MARK: What is said of it

    private func report(_ what: String, _ moment: ContinuousClock.Instant) {
        report(what, Self.seconds(begin.duration(to: moment)), "s")
    }

    func report(_ what: String, _ value: Double, _ unit: String) {
        let rounded = (value * 1000).rounded() / 1000
        print("{\"name\":\"drill: \(name): \(what)\",\"value\":\(rounded),\"unit\":\"\(unit)\"}")
    }

    private func failure(_ text: String) -> ServerFailure {
        ServerFailure("drill \"\(name)\": \(text)\n\(rig.vigie.log.suffix(4000))")
    }

    private static var now: Moment { Moment(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }

    private static func seconds(_ duration: Duration) -> Double {
        let (seconds, attoseconds) = duration.components
        return Double(seconds) + Double(attoseconds) * 1e-18
    }

    private func directory(_ relatives: Int) -> Directory {
        var directory = Directory(
            sites: [.init(id: "S-1", name: "Les Tilleuls", address: "3 rue des Tilleuls")],
            assets: [
                .init(id: "PD-1", kind: "pendant", site: "S-1", name: "Mme D.", person: "wearer"),
                .init(id: "A-1", kind: "elevator", site: "S-2", name: "Ascenseur A"),
            ],
            people: phones.map { .init(id: $0.id, name: $0.id, phone: $1) }.sorted { $0.id < $1.id },
            relations: [.init(role: "caregiver", person: "carer", scope: "S-1", rank: 1)]
        )
        directory.sites.append(.init(id: "S-2", name: "Les Lilas", address: "12 rue des Lilas"))
        directory.relations += (1...max(1, relatives)).map {
            .init(role: "relative", person: "relative-\($0)", scope: "wearer", rank: $0)
        }
        directory.people += (0..<tenants).map { number in
            .init(
                id: "T-\(number)",
                name: "Locataire \(number)",
                phone: "+3363999\(1000 + number)",
                site: "S-2",
                floor: number / 50
            )
        }
        return directory
    }
}
