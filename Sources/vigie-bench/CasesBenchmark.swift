import Engine
import Interactions
import Measuring
import PipelineKit
import Telemetry
import Units

extension Benchmark {
    /// What a transition of a case costs and what a case takes, as the number of other open cases grows.
    static let cases = Benchmark(
        name: "cases",
        summary:
            "cost of a case's transitions and its memory, from 100 to 10 000 open cases of 10 members each"
    ) { _ in
        var first: [Double] = []
        for count in [100, 1000, 10_000] {
            let numbers = try Worker.cases.numbers("\(count)")
            guard numbers.count == Transition.allCases.count + 1 else {
                throw BenchmarkFailure("the worker for \(count) cases said nothing")
            }
            if first.isEmpty { first = numbers }
            for (index, transition) in Transition.allCases.enumerated() {
                Figure(
                    name: "\(transition.rawValue), \(count) cases open",
                    value: numbers[index],
                    unit: "µs",
                    baseline: count == 100 ? nil : first[index],
                    goal: count == 100 ? nil : .ratioAtMost(2)
                ).report()
            }
            // Below that, what the program itself takes is a part that counts.
            guard count == 10_000 else { continue }
            Figure(
                name: "memory of one of \(count) cases with 10 members",
                value: numbers[Transition.allCases.count],
                unit: "bytes"
            ).report()
        }
    }

    /// What happens to a case between its opening and its end, in that order.
    fileprivate enum Transition: String, CaseIterable {
        case opening = "case opens, 10 members are told"
        case receipt = "receipt of a member's text"
        case estimate = "estimate from the CRM, 10 members are told"
        case reply = "member asks for help"
        case closing = "person closes the case, 10 members are told"
    }
}

extension Worker {
    /// Microseconds of each transition, bytes of a case.
    static let cases = Worker(name: "cases") { words in
        guard let count = words.first.flatMap({ Int($0) }), count >= 2 * Houses.measured else {
            throw BenchmarkFailure("expected a number of cases, at least \(2 * Houses.measured)")
        }
        var houses = try Houses(count)
        let before = try residentBytes()
        for house in 0..<count - Houses.measured { _ = try houses.open(house) }
        let bytes = (try residentBytes() - before) / Double(count - Houses.measured)
        var spent = Array(repeating: 0.0, count: Benchmark.Transition.allCases.count)
        for house in count - Houses.measured..<count {
            for (index, cost) in try houses.live(house).enumerated() { spent[index] += cost }
        }
        return spent.map { $0 / Double(Houses.measured) * 1e6 } + [bytes]
    }
}

/// Houses with ten people and an elevator each, all of which stop at the same time.
private struct Houses {
    /// The transitions of so many cases are measured, while the others are open.
    static let measured = 50
    private static let members = 10

    private let engine = Engine(PipelineSet.only("elevators"))
    private var now = ElevatorMessages.start
    /// Ids of the texts that the last transition made.
    private var texts: [String] = []
    private var key = ""

    /// All elevators have just gone out of service, one a millisecond.
    init(_ count: Int) throws {
        _ = try engine.apply(.directory(at: now, json: Self.directory(count).json))
        for house in 0..<count { _ = try engine.apply(Self.status(of: house)) }
    }

    /// The time comes at which the pipeline speaks of a house's elevator.
    /// - Returns: seconds of the transition.
    mutating func open(_ house: Int) throws -> Double {
        now = Self.stop(of: house) + .minutes(3)
        return try cost(of: .tick(at: now), texts: Self.members)
    }

    /// Seconds of each transition of a case, from its opening to its end.
    mutating func live(_ house: Int) throws -> [Double] {
        let opening = try open(house)
        var receipts = 0.0
        for id in texts {
            receipts += try cost(
                of: .receipt(Receipt(id: id, sink: "kannel", outcome: .delivered, at: now)),
                texts: 0
            )
        }
        var news = CaseUpdate(id: "E-\(house)", key: key, status: .inProgress, by: "crm", at: now)
        news.estimate = now + .hours(1)
        let estimate = try cost(of: .caseUpdate(news), texts: Self.members)
        let phone = Self.phone(house * Self.members)
        let reply = try cost(
            of: .reply(Reply(id: "R-\(house)", from: phone, text: "AIDE", at: now)),
            texts: 1
        )
        let end = CaseUpdate(id: "F-\(house)", key: key, status: .closed, by: "crm", at: now)
        let closing = try cost(of: .caseUpdate(end), texts: Self.members)
        return [opening, receipts / Double(Self.members), estimate, reply, closing]
    }

    /// - Throws: when the entry did not make as many texts as it should: then it is not what is measured.
    private mutating func cost(of entry: Entry, texts expected: Int) throws -> Double {
        var batch = EntryBatch()
        batch.append(entry)
        var effects: [Effect] = []
        let cost = try Cost.of { effects = try engine.apply(batch) }
        texts = effects.compactMap { if case .notice(let notice) = $0 { notice.id } else { nil } }
        for case .interaction(let interaction) in effects where interaction.verb == .opened {
            key = interaction.key
        }
        guard texts.count == expected else {
            throw BenchmarkFailure("\(entry) made \(texts.count) texts, expected \(expected)")
        }
        return cost.processor
    }

    private static func stop(of house: Int) -> Moment { ElevatorMessages.start + .milliseconds(house) }

    private static func status(of house: Int) -> Entry {
        let payload =
            #"{"elevator":"E\#(house)","sequence":1,"ts":"\#(stop(of: house))","doors":"open","speed":0,"load":0,"#
            + #""motorCurrent":0.8,"inInspection":false,"mode":"outOfService"}"#
        return .message(
            Message(
                topic: "landlord/\(house)/elevator/E\(house)/status",
                payload: [UInt8](payload.utf8),
                arrivedAt: stop(of: house)
            )
        )
    }

    private static func phone(_ person: Int) -> String { "+336\(10_000_000 + person)" }

    private static func directory(_ count: Int) -> Directory {
        Directory(
            sites: (0..<count).map {
                .init(id: "S\($0)", name: "Maison \($0)", address: "\($0) rue des Lilas")
            },
            assets: (0..<count).map {
                .init(id: "E\($0)", kind: "elevator", site: "S\($0)", name: "Ascenseur")
            },
            people: (0..<count * members).map { person in
                .init(
                    id: "P\(person)",
                    name: "Locataire \(person)",
                    phone: phone(person),
                    site: "S\(person / members)",
                    floor: person % members
                )
            },
            relations: []
        )
    }
}
