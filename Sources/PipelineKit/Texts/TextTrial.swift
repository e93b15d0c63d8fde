import Interactions
import Units

extension Moment {
    /// When the samples that texts are tried with begin: the 29th of September 2026 at 07:14 UTC, a day of the longest
    /// name that a text shows.
    public static let sample = Moment(seconds: 1_790_666_040)
}

/// Whom or what a text is tried with.
public struct SampleSubject: Hashable, Sendable {
    /// As in the directory: it may stand in every text.
    public var name: String
    /// Of its site.
    public var address: String
    /// Whose it is, for the check that the full name is not in texts about health.
    public var person: Directory.Person?

    public init(name: String, address: String, person: Directory.Person? = nil) {
        self.name = name
        self.address = address
        self.person = person
    }

    /// An address of this length or less fits every text that names one.
    public static let longestAddress = 32

    /// The longest name and address that the texts are made for, where no directory says how long they are.
    public static let longest = SampleSubject(
        name: String(repeating: "W", count: FirstName.longest),
        address: String(repeating: "W", count: longestAddress)
    )

    /// One as there are many: a person where it is about health, else a thing.
    public static func usual(_ privacy: PrivacyClass) -> SampleSubject {
        SampleSubject(name: privacy == .health ? "Mme D." : "Appareil A", address: "12 rue des Lilas")
    }
}

/// When a text is tried: clock times grow a day where the clock alone would not be clear.
public enum TextTrial: String, Hashable, Sendable, CaseIterable {
    /// As soon as it is found out, by day.
    case day
    /// As late as it may be written; what is promised is promised for the next day.
    case night

    /// A reading that arrives later than this disturbs nobody.
    private static let latest = Duration.hours(6)
    /// What may be written again and again is tried so long after it began.
    private static let lasting = Duration.hours(59)
    /// Further ahead than what a clock alone says.
    private static let nextDay = Duration.hours(18)

    /// - Parameters:
    ///   - delay: from the begin to when it is found out.
    ///   - isLasting: the text may be written as long as it lasts.
    func now(delay: Duration, isLasting: Bool) -> Moment {
        switch self {
        case .day: .sample + delay
        case .night: .sample + delay + (isLasting ? Self.lasting : Self.latest)
        }
    }

    /// A moment that lies at least `span` ahead.
    func ahead(_ span: Duration, of now: Moment) -> Moment {
        now + (self == .day ? span : max(span, Self.nextDay))
    }
}
