import Interactions
import Units

/// `POST /hooks/case`, a signed JSON object:
/// `{"id","key","status","by","note"?,"estimate"?,"assignee"?,"cause"?,"at"?}`. The status is one of those of a
/// case, or `noted` when only the rest is news; `by` is `crm` when no person is behind it.
public enum CaseHook {
    public static let path = "/hooks/case"

    /// - Parameters:
    ///   - isGenuine: whether the signature in the header fits the body and is recent.
    ///   - take: makes the news durable; false when that is not possible now.
    public static func route(
        signatureHeader: String,
        clock: @escaping @Sendable () -> Moment,
        isGenuine: @escaping @Sendable (_ signature: String, _ body: [UInt8]) -> Bool,
        take: @escaping @Sendable (InboundCaseUpdate) -> Bool
    ) -> Route {
        Route(.post, path) { request in
            guard let signature = request.header(signatureHeader), isGenuine(signature, request.body) else {
                return Response(401, "\(signatureHeader) is missing, wrong or too old\n")
            }
            do throws(Problem) {
                let update = try read(request.body, at: clock())
                return take(update) ? Response(200) : Response(503, "cannot be kept now, send it again\n")
            } catch {
                return Response(400, "\(error)\n")
            }
        }
    }

    /// What is wrong with the body.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    static func read(_ body: [UInt8], at now: Moment) throws(Problem) -> InboundCaseUpdate {
        let json: JSON
        do throws(JSONProblem) {
            json = try JSON(parsing: body)
        } catch {
            throw Problem(description: error.description)
        }
        guard json.members != nil else { throw Problem(description: "expected a JSON object") }
        return InboundCaseUpdate(
            id: try text("id", of: json),
            key: try text("key", of: json),
            status: try status(of: json),
            by: try text("by", of: json),
            note: try optionalText("note", of: json) ?? "",
            estimate: try time("estimate", of: json),
            assignee: try optionalText("assignee", of: json) ?? "",
            cause: try optionalText("cause", of: json) ?? "",
            at: try time("at", of: json) ?? now
        )
    }

    private static let noted = "noted"

    private static func status(of json: JSON) throws(Problem) -> Interaction.Status? {
        let word = try text("status", of: json)
        if word == noted { return nil }
        guard let status = Interaction.Status(rawValue: word), status != .new else {
            let known = Interaction.Status.allCases.filter { $0 != .new }.map(\.rawValue) + [noted]
            throw Problem(description: "status: expected one of \(known.joined(separator: ", "))")
        }
        return status
    }

    private static func text(_ name: String, of json: JSON) throws(Problem) -> String {
        guard let text = try optionalText(name, of: json), !text.isEmpty else {
            throw Problem(description: "\(name): expected a text, found none")
        }
        return text
    }

    private static func optionalText(_ name: String, of json: JSON) throws(Problem) -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let text): return text
        default: throw Problem(description: "\(name): expected a text")
        }
    }

    private static func time(_ name: String, of json: JSON) throws(Problem) -> Moment? {
        guard let text = try optionalText(name, of: json) else { return nil }
        guard let moment = Moment(iso8601: text), Moment.plausible.contains(moment) else {
            throw Problem(description: "\(name): expected a time such as 2026-01-05T07:31:02.120Z")
        }
        return moment
    }
}
