import Units

/// A value is above a limit for a span; the sign ends when it is at or below `until` (the limit itself when there
/// is none: give one to a value that trembles).
///
/// As with `Holds`, a gap of three usual intervals makes it undecided.
public struct Exceeds<Content: Sendable>: Sign {
    public let plan: SignPlan

    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ value: KeyPath<Content, Quantity<Of>>,
        _ limit: Quantity<Of>,
        for span: Duration = .zero,
        until release: Quantity<Of>? = nil
    ) {
        self.init(Measure(value), limit, span, release ?? limit)
    }

    @usableFromInline
    init<Of: Dimension>(
        _ value: Measure<Content, Of>,
        _ limit: Quantity<Of>,
        _ span: Duration,
        _ release: Quantity<Of>
    ) {
        plan = .compares(value.plan, limit: limit.base, release: release.base, isAbove: true, span: span)
    }
}

/// A value is below a limit for a span; the sign ends when it is at or above `until`.
public struct FallsBelow<Content: Sendable>: Sign {
    public let plan: SignPlan

    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ value: KeyPath<Content, Quantity<Of>>,
        _ limit: Quantity<Of>,
        for span: Duration = .zero,
        until release: Quantity<Of>? = nil
    ) {
        self.init(Measure(value), limit, span, release ?? limit)
    }

    @usableFromInline
    init<Of: Dimension>(
        _ value: Measure<Content, Of>,
        _ limit: Quantity<Of>,
        _ span: Duration,
        _ release: Quantity<Of>
    ) {
        plan = .compares(value.plan, limit: limit.base, release: release.base, isAbove: false, span: span)
    }
}
