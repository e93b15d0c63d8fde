import Interactions
import Telemetry
import TestSupport
import Units

@testable import Engine

/// What sensors, people, the CRM and the machines do at a step.
extension History {
    func carryOut(_ action: Script.Action) throws {
        var dice = Dice(seed: action.salt)
        switch action.kind {
        case .lift: try speak(of: dice.pick(Town.lifts), &dice)
        case .pendant: try speakAsPendant(dice.pick(Town.pendants), &dice)
        case .gateway:
            act("gateway speaks")
            try say("gateways/gateway1", dice.oneIn(2) ? ["offline"] : [])
        case .reply: try reply(&dice)
        case .repeatedReply: try repeatNews(&dice)
        case .stranger:
            act("a stranger writes")
            try hear(Reply(id: "r\(step)", from: "+33799999999", text: dice.pick(Self.words), at: now))
        case .update: try update(&dice)
        case .directory:
            act((0...dice.below(3)).map { _ in town.change(&dice) }.joined(separator: ", "))
            try take(.directory(at: now, json: town.directory.json))
        case .silence, .endSilence, .command, .deviceAnswer: try operate(action.kind, &dice)
        case .phone:
            let person = dice.pick(Town.helpers + Town.tenants)
            act("the phone of \(person) changes")
            if town.off.remove(person) == nil { town.off.insert(person) }
        case .gatewayFails:
            let channel = dice.pick([Channel.text, .text, .secondText, .voice])
            gateway.down[channel] = now + .seconds(30 + dice.below(dice.oneIn(3) ? 14_400 : 900))
            act("\(channel.rawValue) fails")
        case .crash:
            act("crash")
            try crash()
        case .edit:
            act("edit")
            try restartWithOtherWords()
        case .standstill:
            act("standstill")
            now = now + .seconds(60 + dice.below(30_000))
            try take(.tick(at: now))
        case .nothing: act("nothing")
        case .tidy:
            act("somebody looks after what threatens a life")
            try closeAll { $0.isLifeSafety && !dice.oneIn(10) }
        }
        try send()
    }

    private func act(_ words: String) {
        record.note(.action(words), step: step, at: now)
    }

    // MARK: - Sensors

    private func speak(of lift: String, _ dice: inout Dice) throws {
        let flags: [String] =
            switch dice.below(12) {
            case 0..<4: ["out"]
            case 4..<7: []
            case 7: ["out", "loud"]
            case 8: ["loud"]
            case 9: dice.oneIn(2) ? ["smoke"] : ["out", "smoke"]
            case 10: ["stuck"]
            default: ["freed"]
            }
        act("\(lift) speaks")
        try say("lifts/\(lift)", flags)
        // It comes and goes.
        if dice.oneIn(8) {
            for turn in 0..<(2 + dice.below(6)) {
                try wait(until: now + .seconds(20 + dice.below(400)))
                try say("lifts/\(lift)", turn.isMultiple(of: 2) ? [] : flags)
            }
        }
        if dice.oneIn(15) { try say("lifts/\(lift)", flags) }
    }

    private func speakAsPendant(_ pendant: String, _ dice: inout Dice) throws {
        act("\(pendant) speaks")
        let words = [["fall"], ["fall"], ["pressed"], ["cancelled"], ["low"], []]
        let flags = dice.pick(words)
        try say("pendants/\(pendant)", flags)
        if dice.oneIn(8) { try say("pendants/\(pendant)", flags) }
    }

    // MARK: - People

    static let words = [
        "1", "1", "1", "oui", "ok", "j'y vais", "2", "2", "non", "je ne peux pas", "sur place", "arrivé",
        "fini",
        "réparé", "tout va bien", "AIDE", "STOP", "quoi ?", "1 mais plus tard", "", "merci",
    ]

    private func reply(_ dice: inout Dice) throws {
        let asks = engine.casebook.files.values.sorted { $0.serial < $1.serial }.flatMap(\.asks)
        let takers = engine.casebook.files.values.filter { !$0.isSettled }.compactMap(\.life.takenBy).sorted()
        var person = dice.pick(Town.helpers + Town.tenants)
        var text = dice.pick(Self.words)
        // Most people answer when they are asked; some do it without.
        if !takers.isEmpty, dice.oneIn(3) {
            person = dice.pick(takers)
        } else if !asks.isEmpty, !dice.oneIn(5) {
            let ask = dice.pick(asks)
            person = ask.person
            if let code = ask.code, dice.oneIn(3) { text += " \(code)" }
        }
        if text == "STOP", !dice.oneIn(3) { text = "2" }
        let phone = Town.phone(of: person)
        act("\(person) writes")
        guard !phone.isEmpty else { return }
        try hear(Reply(id: "r\(step)", from: phone, text: text, at: now))
        // The second in the same second.
        if dice.oneIn(10), !asks.isEmpty {
            try hear(Reply(id: "r\(step)b", from: Town.phone(of: dice.pick(asks).person), text: "1", at: now))
        }
    }

    private func hear(_ reply: Reply) throws {
        replies.append(reply)
        try take(.reply(reply))
    }

    private func repeatNews(_ dice: inout Dice) throws {
        act("comes again")
        if dice.oneIn(2), !replies.isEmpty {
            var reply = dice.pick(replies)
            reply.at = now
            try take(.reply(reply))
        } else if !updates.isEmpty {
            var update = dice.pick(updates)
            update.at = now
            try take(.caseUpdate(update))
        }
    }

    private func update(_ dice: inout Dice) throws {
        act("the CRM speaks")
        let open = cases.filter { key in engine.casebook[key].map { !$0.life.isFinal } ?? false }
        let key =
            dice.oneIn(30)
            ? "CASE_unknown" : dice.oneIn(4) ? cases.last : open.isEmpty ? nil : dice.pick(open)
        guard let key else { return }
        let update = CaseUpdate(
            id: "u\(step)",
            key: key,
            status: dice.pick(CaseUpdate.Status.allCases),
            by: dice.pick(["crm", "crm", "advisor", "desk1", "anne"]),
            note: dice.oneIn(3) ? "a part is ordered" : "",
            estimate: dice.oneIn(4) ? now + .seconds(600 + dice.below(80_000)) : nil,
            assignee: dice.oneIn(4) ? "Lift company" : "",
            at: now
        )
        updates.append(update)
        try take(.caseUpdate(update))
    }

    private func operate(_ kind: Script.Kind, _ dice: inout Dice) throws {
        let by = dice.pick(["desk1", "tech1", "tenant3"])
        switch kind {
        case .silence:
            let scope = Instruction.Scope(
                pipeline: dice.oneIn(3) ? "building" : "",
                subject: dice.oneIn(2) ? dice.pick(Town.lifts) : "",
                site: dice.oneIn(2) ? "lilas" : ""
            )
            silences.append("s\(step)")
            // Some are planned.
            let begin = step.isMultiple(of: 3) ? now + .minutes(5) : nil
            let until = now + .seconds(600 + dice.below(40_000))
            try order(.silence(scope, from: begin, until: until), id: "s\(step)", by)
        case .endSilence where !silences.isEmpty:
            try order(.endSilence(id: dice.pick(silences)), id: "e\(step)", by)
        case .command where !cases.isEmpty:
            try order(
                .command(key: dice.pick(cases), name: dice.pick(["reset", "dance"])),
                id: "c\(step)",
                by
            )
        case .deviceAnswer where !commands.isEmpty:
            act("a device answers")
            let id = dice.pick(commands.suffix(3))
            try say(Interactions.Command.responsePrefix + id, ["done"])
        default: act("nothing to \(kind)")
        }
    }

    private func order(_ order: Instruction.Order, id: String, _ by: String) throws {
        act("an operator orders")
        try take(.instruction(Instruction(id: id, order: order, by: by, at: now)))
    }
}

extension Dice {
    mutating func pick<Element>(_ elements: ArraySlice<Element>) -> Element {
        elements[elements.startIndex + below(elements.count)]
    }
}
