import Interactions
import PipelineKit
import Units

/// Those who were asked how they are, once that question is over: for a day their word still counts, whatever has ended
/// it, their own "all is well" included.
extension Engine {
    /// Somebody who was asked how they are, and the case about them.
    struct Concern {
        let file: CaseFile
        let person: String
    }

    /// The last case about one of these people of which they were asked how they are, within a day.
    func concern(of message: PersonMessage, _ files: [CaseFile]) -> Concern? {
        let concerns = files.flatMap { file in
            file.askedHow.filter { message.ids.contains($0.person) && now.since($0.at) < Self.answerTime }
                .map { (at: $0.at, concern: Concern(file: file, person: $0.person)) }
        }
        return concerns.max { $0.at < $1.at }?.concern
    }

    /// Somebody else is asked, where nobody is and no person has closed it. Thanks alone lead to nothing; where no life
    /// is at stake, only a plain no and a call for help do.
    ///
    /// - Returns: whether somebody is asked now.
    func heed(_ concern: Concern, _ message: PersonMessage) -> Bool {
        let file = concern.file
        let isPlain = [.no, .help].contains(message.answer.meaning)
        guard isPlain || file.isLifeSafety && !message.answer.isCourtesy, file.isUnattended else {
            return false
        }
        if file.life.reopen(evenIfFinal: true) {
            file.endDoubt()
            file.proposedUntil = nil
            tell(
                file,
                .reopened,
                phase: file.phase("begins"),
                by: concern.person,
                text: TimelineNote.saidUnwell(concern.person)
            )
        }
        startAgain(file, at: now)
        takeParts(of: file)
        return true
    }
}

extension CaseFile {
    /// Nobody looks after it, and nobody but the device or the person concerned has said that it is over.
    fileprivate var isUnattended: Bool {
        guard life.isSettled else { return needsSomebody && continuation == nil }
        return life.settledBy.map(wasAskedHow) ?? true
    }
}
