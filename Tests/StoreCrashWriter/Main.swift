import Glibc
import Interactions
import Store
import Telemetry
import Units

/// Commits, sends and finishes until it is killed, and says so in lines: what it acknowledged and what it sent.
/// The crash test reads the lines and looks whether the store agrees with them.
@main
enum StoreCrashWriter {
    static func main() throws {
        let store = try Store(path: CommandLine.arguments[1])
        _ = try store.recoverInFlight(at: Moment())
        let routes = Routes(interactions: ["crm"], notices: ["sms"])
        while true {
            let head = try store.head(of: "0")
            let number = Int(head.entries)
            let now = Moment(seconds: head.entries)
            var entries = EntryBatch()
            for offset in 0..<(1 + number % 7) {
                let payload = [UInt8]("\(number + offset)".utf8)
                entries.append(.message(Message(topic: "t", payload: payload, arrivedAt: now)))
            }
            let commit = Commit(after: head, entries: entries, effects: effects(number, at: now))
            let next = try store.commit(commit, to: "0", routes: routes) { Array($0.id.utf8) }
            say("committed \(next.entries)")
            for sink in ["crm", "sms"] {
                for job in try store.claimJobs(of: sink, now: now, limit: 2) {
                    say("sent \(sink) \(job.id)\(job.outcomeUnknown ? " again" : "")")
                    try store.finish(job.row, as: .done(reference: nil), at: now)
                }
            }
        }
    }

    private static func effects(_ number: Int, at now: Moment) -> [Effect] {
        [
            .interaction(
                Interaction(
                    id: "EVT_\(number)",
                    key: "CASE_\(number)",
                    seq: 1,
                    kind: .case,
                    verb: .opened,
                    status: .new,
                    severity: .warning,
                    privacy: .technical,
                    pipeline: "crash",
                    detector: "crash",
                    queue: "maintenance",
                    subject: "A7",
                    site: nil,
                    title: Bilingual(french: "panne"),
                    at: now,
                    openedAt: now
                )
            ),
            .notice(
                Notice(
                    id: "MSG_\(number)",
                    key: "CASE_\(number)",
                    phase: "begins",
                    recipient: "P_1",
                    role: "tenant",
                    urgency: .service,
                    privacy: .technical,
                    text: "panne",
                    language: .french,
                    expectsReply: false,
                    pipeline: "crash",
                    detector: "crash",
                    subject: "A7",
                    at: now,
                    notAfter: now + .hours(1)
                )
            ),
        ]
    }

    /// Straight to the pipe: a line that stays in a buffer would be lost with the process.
    private static func say(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        precondition(write(STDOUT_FILENO, bytes, bytes.count) == bytes.count, "the reader has gone")
    }
}
