import Interactions
import Synchronization
import Units

/// Appends every interaction, notice and command to a file, one CloudEvent a line (NDJSON).
///
/// A line is there once, also across a crash: when it is not known whether a job was written, the end of the
/// file, and of the one rotated away before it, is searched for its id. A rotation by renaming is noticed at the
/// next line.
public final class FileSink: Sink {
    public enum Durability: Hashable, Sendable {
        /// Each line is on the disk before its job is done.
        case eachLine
        /// The system writes it when it likes: a power cut may lose lines whose jobs are done.
        case whenSystemLikes
    }

    public let name: String
    private let file: Mutex<AppendedFile>

    public init(name: String, path: String, durability: Durability = .eachLine) {
        self.name = name
        file = Mutex(AppendedFile(path: path, durability: durability))
    }

    public func takes(_ content: DeliveryJob.Content) -> Bool { true }

    public func deliver(_ job: DeliveryJob, to recipient: RecipientAddress?, at now: Moment) -> SinkResult {
        let event = job.content.cloudEvent
        let newline = UInt8(ascii: "\n")
        guard !event.contains(newline) else {
            return .permanent(.file("the event has a line break, a line of NDJSON has none"))
        }
        do throws(AppendedFile.Failure) {
            try file.withLock { file throws(AppendedFile.Failure) in
                if job.outcomeUnknown, try file.hasLine(containing: #""id":\#(JSON.string(job.id))"#) {
                    return
                }
                try file.append(event + [newline])
            }
            return .done(reference: nil)
        } catch {
            return .retry(.file(error.description), asked: nil, unknown: error.mayBeWritten)
        }
    }
}
