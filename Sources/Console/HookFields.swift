import Interactions
import Units

/// The members of the JSON object that a call brings.
struct HookFields {
    /// A text is no longer than this, in bytes of UTF-8.
    static let longestText = 4096

    private let json: JSON

    init(parsing body: [UInt8]) throws(HookProblem) {
        do throws(JSONProblem) {
            json = try JSON(parsing: body)
        } catch {
            throw HookProblem(description: error.description)
        }
        guard json.members != nil else { throw HookProblem(description: "expected a JSON object") }
    }

    func text(_ name: String) throws(HookProblem) -> String {
        guard let text = try optionalText(name), !text.isEmpty else {
            throw HookProblem(description: "\(name): expected a text, found none")
        }
        return text
    }

    func optionalText(_ name: String) throws(HookProblem) -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let text):
            guard text.utf8.count <= Self.longestText else {
                throw HookProblem(
                    description:
                        "\(name): expected \(Self.longestText) bytes at most, found \(text.utf8.count)"
                )
            }
            return text
        default: throw HookProblem(description: "\(name): expected a text")
        }
    }

    func time(_ name: String) throws(HookProblem) -> Moment? {
        guard let text = try optionalText(name) else { return nil }
        guard let moment = Moment(iso8601: text), Moment.plausible.contains(moment) else {
            throw HookProblem(description: "\(name): expected a time such as 2026-01-05T07:31:02.120Z")
        }
        return moment
    }

    /// One of some words.
    func word<Word: RawRepresentable<String>>(
        _ name: String,
        of known: [Word]
    ) throws(HookProblem) -> Word {
        let text = try text(name)
        guard let word = known.first(where: { $0.rawValue == text }) else {
            throw HookProblem.unknownWord(name, known.map(\.rawValue))
        }
        return word
    }
}

/// What is wrong with the body of a call.
struct HookProblem: Error, CustomStringConvertible {
    let description: String

    static func unknownWord(_ name: String, _ known: [String]) -> HookProblem {
        HookProblem(description: "\(name): expected one of \(known.joined(separator: ", "))")
    }
}
