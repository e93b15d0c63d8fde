import Interactions
import PipelineKit
import Units

/// By which channels somebody is told.
extension Engine {
    /// The one to rely on first; none when nothing reaches this person, which is said.
    func channels(
        of writing: Writing,
        _ file: CaseFile,
        to person: Directory.Person,
        hasWatchForm: Bool
    ) -> [Channel] {
        var channels = routing.channels(
            for: file.severity,
            units[file.pipeline].program.plan.privacy,
            isAudience: writing.isAudience,
            asked: writing.channel
        )
        // Who writes to us is answered in the same way, and only a question makes somebody call.
        if writing.reason == .answer { channels = [writing.channel] }
        if writing.question == nil { channels.removeAll { $0 == .task } }
        if channels.isEmpty { channels = [.text] }
        if !hasWatchForm, channels.contains(.watch) {
            lose(.noWatchForm, file, to: person.id)
            channels = channels == [.watch] ? [.text] : channels.filter { $0 != .watch }
        }
        if person.phone.isEmpty, channels.contains(where: \.needsNumber) {
            lose(.noNumber, file, to: person.id)
            channels.removeAll(where: \.needsNumber)
        }
        return channels
    }

    /// The same by one more channel.
    func tell(_ notice: Notice, also channel: Channel, _ file: CaseFile) {
        // One card in the chat for all who are told the same.
        let recipient = channel == .chat ? "" : notice.recipient
        var copy = notice
        copy.id =
            StableID(
                "MSG",
                .text(notice.key),
                .text(notice.phase),
                .text(notice.role),
                .text(recipient),
                .text(channel.rawValue)
            ).description
        guard casebook.owner(of: copy.id) == nil else { return }
        copy.channel = channel
        if channel == .chat { copy.expectsReply = false }
        casebook.note(copy.id, to: notice.recipient, of: file)
        effects.append(.notice(copy))
    }
}
