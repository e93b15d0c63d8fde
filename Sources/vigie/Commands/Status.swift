import Delivery
import Units

extension Command {
    static let status = Command(
        name: "status",
        summary: "tells how Vigie is doing: what came in, what waits, what was left out",
        flags: ["json"],
        usage: """
            vigie status [--json]

            Looks into the database without changing it, and asks the running process at VIGIE_HTTP whether it is
            ready. --json prints one object for programs.

            Exit codes: 0 it runs and is ready (or VIGIE_HTTP is empty), 69 it does not answer or does not do its
            work, 74 no database, 78 a setting is wrong.
            """,
        example: "vigie status"
    ) { arguments in
        try arguments.allow([])
        guard arguments.rest.isEmpty else { throw CommandFailure(.usage, "expected no words besides --json") }
        let settings = try Settings.load()
        let now = SystemClock.read()
        let process = try askProcess(settings)
        let report = try StatusReport(Operator(settings).store(.readOnly), process: process, now: now)
        Terminal.print(arguments.has("json") ? "\(report.json)" : report.text(now: now))
        switch process {
        case .notAsked, .ready: return
        case .hindered, .silent: throw CommandFailure(.unavailable, "vigie run \(process)")
        }
    }

    private static func askProcess(_ settings: Settings) throws -> StatusReport.Process {
        guard let (address, port) = try settings.http else { return .notAsked }
        // Who listens everywhere listens here.
        let host = address == "0.0.0.0" ? "127.0.0.1" : address
        let limits = HTTPClient.Limits(connect: .seconds(2), total: .seconds(5))
        do throws(HTTPFailure) {
            let answer = try HTTPClient(limits: limits).send(
                HTTPRequest(.get, "http://\(host):\(port)/readyz")
            )
            let words = String(decoding: answer.body, as: UTF8.self)
            switch answer.status {
            case 200: return .ready
            case 503: return .hindered(words.split(whereSeparator: \.isNewline).map(String.init))
            default:
                return .silent("\(host):\(port) answers \(answer.status); is VIGIE_HTTP another program's?")
            }
        } catch {
            return .silent(error.reason)
        }
    }
}
