import Interactions
import PipelineKit
import Telemetry
import Units

/// Messages that answer no open question: too late, to nobody in particular, or that no more texts are wanted.
extension Engine {
    func takeUnasked(_ message: PersonMessage, _ files: [CaseFile]) {
        if !message.answer.saysAllIsWell, let concern = concern(of: message, files),
            heed(concern, message) || !concern.file.isSettled
        {
            passToTeam(message, concern.file)
            return
        }
        let taken = files.last { file in
            !file.isSettled && file.life.takenBy != nil && message.ids.contains(where: file.wasAsked)
        }
        guard [.yes, .no, .arrived, .done].contains(message.answer.meaning),
            let late = taken ?? over(message, files)
        else {
            let theirs = files.last { file in
                !file.isSettled && file.life.takenBy.map(message.ids.contains) ?? false
            }
            passToTeam(message, theirs ?? files.last { !$0.isSettled } ?? files.last)
            return
        }
        noteWords(message, late, message.sender.id)
        if let settledAt = late.life.settledAt {
            answer(message, late, StandardText.over(label(of: late), since: settledAt))
        } else {
            let name = late.life.takenBy.flatMap { directory.person($0) }.flatMap { FirstName(of: $0.name) }
            let takenAt = late.life.takenAt ?? now
            answer(message, late, StandardText.alreadyTaken(label(of: late), by: name, at: takenAt))
        }
    }

    /// What they were asked and is over, if they can mean nothing else: no other case has spoken to them since.
    private func over(_ message: PersonMessage, _ files: [CaseFile]) -> CaseFile? {
        let last = message.reply.answered == nil ? casebook.lastToSpeak(to: message.ids) : files
        guard last.allSatisfy(\.life.isSettled) else { return nil }
        return last.last { file in
            message.ids.contains { id in
                file.everAsked.contains(id) || message.answer.saysAllIsWell && file.wasAskedHow(id)
            }
        }
    }

    /// Nothing that somebody writes is lost: the team reads it, on the case or on its own list.
    private func passToTeam(_ message: PersonMessage, _ file: CaseFile?) {
        let words = TimelineNote.wrote(message.sender.id, words: message.reply.text)
        if let file, file.queue != nil {
            tell(file, .noted, phase: message.phase, by: message.sender.id, text: words)
            answer(message, file, StandardText.passedToTeam)
        } else {
            request(message, .activity, words, severity: .info)
        }
    }

    /// - Parameters:
    ///   - meant: the cases of the questions that it answers.
    ///   - files: all that they may be speaking of.
    func passOnHelp(_ message: PersonMessage, _ meant: [CaseFile], _ files: [CaseFile]) {
        let words = TimelineNote.askedForHelp(message.sender.id, words: message.reply.text)
        let concern = concern(of: message, files)
        // Who calls for help instead of an answer has been heeded by that.
        if let concern, !meant.contains(where: { $0 === concern.file }) { _ = heed(concern, message) }
        let own = concern.map { $0.file.isSettled ? [] : [$0.file] } ?? []
        let file = [meant, own, files].lazy.compactMap { $0.last { !$0.isSettled } }.first
        if let file { tell(file, .noted, phase: message.phase, by: message.sender.id, text: words) }
        answer(message, file, StandardText.helpPassedOn)
        request(message, .callback, words, severity: .warning)
    }

    func unsubscribe(_ message: PersonMessage, _ files: [CaseFile]) {
        let ids = message.ids
        let isContact = files.contains { file in
            file.told.contains { ids.contains($0.person) && !Contact(role: $0.role).isPrivate }
                || (file.isLifeSafety && ids.contains { id in file.wasAsked(id) || file.ask(to: id) != nil })
        }
        if isContact {
            request(message, .task, TimelineNote.wantsToUnsubscribe(message.sender.id), severity: .warning)
            answer(message, files.last, StandardText.onlyTheTeamUnsubscribes)
            return
        }
        casebook.unsubscribed.formUnion(ids)
        answer(message, files.last, StandardText.unsubscribed)
        request(message, .activity, TimelineNote.unsubscribed(message.sender.id), severity: .info)
    }

    /// False when none of those who share the number had written STOP: then it is a message like any other.
    func subscribeAgain(_ message: PersonMessage, _ files: [CaseFile]) -> Bool {
        guard !casebook.unsubscribed.isDisjoint(with: message.ids) else { return false }
        casebook.unsubscribed.subtract(message.ids)
        answer(message, files.last, StandardText.subscribedAgain)
        request(message, .activity, TimelineNote.subscribedAgain(message.sender.id), severity: .info)
        return true
    }

    /// An entry for a team's list that belongs to no case.
    private func request(
        _ message: PersonMessage,
        _ kind: Interaction.Kind,
        _ title: Wording,
        severity: Severity
    ) {
        let key = message.entryKey(kind)
        effects.append(
            .interaction(
                Interaction(
                    id: StableID("EVT", .text(key), .number(1)).description,
                    key: key,
                    seq: 1,
                    kind: kind,
                    verb: .noted,
                    status: .new,
                    severity: severity,
                    privacy: .personal,
                    pipeline: "",
                    detector: "reply",
                    queue: inbox.name,
                    subject: message.sender.id,
                    site: message.sender.site,
                    title: title.rendered(in: zone, at: now),
                    at: now,
                    openedAt: now,
                    by: message.sender.id
                )
            )
        )
    }
}
