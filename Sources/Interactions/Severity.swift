/// How bad a finding is: advice can wait for a visit, critical is about life and safety.
public enum Severity: String, Hashable, Comparable, Sendable, CaseIterable {
    case info, advice, warning, critical

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .advice: 1
        case .warning: 2
        case .critical: 3
        }
    }
}

/// Which law protects the content, and so which sinks may have it.
public enum PrivacyClass: String, Hashable, Sendable, CaseIterable {
    case technical, personal, health
}
