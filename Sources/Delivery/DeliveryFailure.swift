import Interactions
import Units

/// What went wrong with one try of one job, and what happens now. Its text is safe to log: ids, counts and
/// the last two digits of a number, nothing else about people.
public struct DeliveryFailure: Error, Hashable, Sendable {
    public enum Cause: Hashable, Sendable {
        /// No byte of it was sent.
        case unreachable(String)
        /// It may have arrived.
        case noAnswer(String)
        /// The other side answered with this HTTP status; `answer` is its own words where those are safe.
        case refused(status: Int, answer: String = "")
        /// It may have arrived before, and a service text is sent at most once.
        case sentOnce
        case textRefused(SMSRefusal)
        case noNumber
        /// The sink does not carry such things.
        case wrongContent
        case file(String)
        /// The directory could not be read.
        case lookup(String)
    }

    public enum Next: Hashable, Sendable {
        case retry(after: Duration)
        case parked
    }

    /// `text MSG_… to tenant (…83)` or `interaction EVT_…`.
    public let item: String
    public let sink: String
    public let key: String
    public let row: Int64
    /// How often it was tried, this time included.
    public let attempts: Int
    public let cause: Cause
    public let next: Next

    public init(_ job: DeliveryJob, recipient: RecipientAddress?, cause: Cause, next: Next) {
        item = Self.item(job, recipient)
        sink = job.sink
        key = job.key
        row = job.row
        attempts = job.attempts + 1
        self.cause = cause
        self.next = next
    }

    private static func item(_ job: DeliveryJob, _ recipient: RecipientAddress?) -> String {
        switch job.content {
        case .interaction(let id, _): "interaction \(id)"
        case .command(let command): "command \(command.id)"
        case .notice(let notice):
            "text \(notice.id) to \(notice.role)" + (recipient.map { " (\($0.phone.masked))" } ?? "")
        }
    }
}

extension DeliveryFailure: CustomStringConvertible {
    public var description: String {
        "\(item) by \(sink): \(cause); \(consequence)"
    }

    private var consequence: String {
        switch next {
        case .retry(let span):
            "trying again in \(Self.words(for: span)) (attempt \(attempts)), \(key) waits"
        case .parked:
            "kept in the outbox as \(row), not tried again; \(cause.remedy), then: vigie outbox retry \(row)"
        }
    }

    private static func words(for span: Duration) -> String {
        let milliseconds = max(0, span.inMicroseconds / 1000)
        if milliseconds < 10_000 { return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s" }
        return milliseconds < 120_000 ? "\(milliseconds / 1000) s" : "\(milliseconds / 60_000) min"
    }
}

extension DeliveryFailure.Cause: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreachable(let reason): "not reached: \(reason)"
        case .noAnswer(let reason): "no answer: \(reason); it may have arrived"
        case .refused(let status, let answer):
            "refused: \(status) \(answer.isEmpty ? HTTPStatus.words(for: status) : answer)"
        case .sentOnce: "an earlier try may have arrived; a service text is sent at most once"
        case .textRefused(let refusal): "\(refusal)"
        case .noNumber: "the directory has no telephone number for the recipient"
        case .wrongContent: "this sink does not carry such things"
        case .file(let reason): reason
        case .lookup(let reason): "the recipient could not be looked up: \(reason)"
        }
    }

    /// What a person can do about it.
    fileprivate var remedy: String {
        switch self {
        case .unreachable, .noAnswer: "check the address and the other side"
        case .refused(401, _), .refused(403, _): "renew the credentials of the sink"
        case .refused: "check what the other side accepts"
        case .sentOnce: "ask the recipient whether it came"
        case .textRefused: "shorten the text in the pipeline"
        case .noNumber, .lookup: "add the number to the directory"
        case .wrongContent: "correct the routes"
        case .file: "check the file and its disk"
        }
    }

    /// The other side could not be reached or did not answer: nothing about this one job.
    var isAboutTheSink: Bool {
        switch self {
        case .unreachable, .noAnswer, .file: true
        case .refused(let status, _): status == 401 || status == 403 || status == 404 || status >= 500
        case .sentOnce, .textRefused, .noNumber, .wrongContent, .lookup: false
        }
    }
}
