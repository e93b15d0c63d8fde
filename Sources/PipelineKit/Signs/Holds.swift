import Models
import Units

/// A condition is true without a break for a span.
///
/// The span runs in the device's time and runs on without new readings for three times the device's usual
/// interval; then the sign is undecided: a gap is no evidence, and `Silent` takes over. After such a gap the
/// span begins anew.
/// - Delays: by the span.
public struct Holds<Content: Sendable>: Sign {
    public let plan: SignPlan

    @inlinable
    @inline(__always)
    public init(_ condition: KeyPath<Content, Bool>, for span: Duration) {
        self.init(Condition(condition), span)
    }

    @usableFromInline
    init(_ condition: Condition<Content>, _ span: Duration) {
        plan = .holds(condition.plan, span: span)
    }
}

/// A condition becomes true again and again: at least `count` times within a span.
///
/// Clears when it has not changed for the span.
public struct Flaps<Content: Sendable>: Sign {
    public let plan: SignPlan

    /// - Parameter count: 2 to 8.
    @inlinable
    @inline(__always)
    public init(_ condition: KeyPath<Content, Bool>, atLeast count: Int, within span: Duration) {
        self.init(Condition(condition), count, span)
    }

    @usableFromInline
    init(_ condition: Condition<Content>, _ count: Int, _ span: Duration) {
        plan = .flaps(condition.plan, count: count, within: span)
    }
}

/// A reading says that something happened: a button was pressed. Over in the same moment.
///
/// Never fires on a retained message: that is what happened once, not now.
public struct Happens<Content: Sendable>: Sign {
    public let plan: SignPlan

    /// - Parameter why: what a transformer says of its reasons.
    @inlinable
    @inline(__always)
    public init(_ condition: KeyPath<Content, Bool>, why: KeyPath<Content, Explanation>? = nil) {
        self.init(Condition(condition), why.map { Reason($0) }, "")
    }

    /// - Parameters:
    ///   - why: what a transformer says of its reasons.
    ///   - unit: in which it fed its model.
    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ condition: KeyPath<Content, Bool>,
        why: KeyPath<Content, Explanation>,
        in unit: Unit<Of>
    ) {
        self.init(Condition(condition), Reason(why), unit.symbol)
    }

    @usableFromInline
    init(_ condition: Condition<Content>, _ why: Reason<Content>?, _ unit: String) {
        plan = .happens(condition.plan, why: why?.plan(in: unit))
    }
}

/// One reading raises it, another takes it back: a fall alarm and its cancellation.
///
/// Silence does not take it back. A retained message does not raise it. Raised again while somebody is asked, it
/// waits no longer for the answer; raised again after its case was taken or closed, it is a new episode.
public struct Raised<Content: Sendable>: Sign {
    public let plan: SignPlan

    /// - Parameter why: what a transformer says of its reasons.
    @inlinable
    @inline(__always)
    public init(
        _ condition: KeyPath<Content, Bool>,
        until end: KeyPath<Content, Bool>,
        why: KeyPath<Content, Explanation>? = nil
    ) {
        self.init(Condition(condition), Condition(end), why.map { Reason($0) }, "")
    }

    /// - Parameters:
    ///   - why: what a transformer says of its reasons.
    ///   - unit: in which it fed its model.
    @inlinable
    @inline(__always)
    public init<Of: Dimension>(
        _ condition: KeyPath<Content, Bool>,
        until end: KeyPath<Content, Bool>,
        why: KeyPath<Content, Explanation>,
        in unit: Unit<Of>
    ) {
        self.init(Condition(condition), Condition(end), Reason(why), unit.symbol)
    }

    @usableFromInline
    init(
        _ condition: Condition<Content>,
        _ end: Condition<Content>,
        _ why: Reason<Content>?,
        _ unit: String
    ) {
        plan = .raised(condition.plan, until: end.plan, why: why?.plan(in: unit))
    }
}

/// The first step of a sequence.
public struct First<Content: Sendable>: Sign {
    public let plan: SignPlan

    @inlinable
    @inline(__always)
    public init(_ condition: KeyPath<Content, Bool>, for span: Duration = .zero) {
        self.init(Condition(condition), span)
    }

    @usableFromInline
    init(_ condition: Condition<Content>, _ span: Duration) {
        plan = .first(condition.plan, span: span)
    }
}

/// A further step of a sequence: its condition must begin within a time of the step before.
public struct Then<Content: Sendable>: Sign {
    public let plan: SignPlan

    @inlinable
    @inline(__always)
    public init(_ condition: KeyPath<Content, Bool>, within: Duration, for span: Duration = .zero) {
        self.init(Condition(condition), within, span)
    }

    @usableFromInline
    init(_ condition: Condition<Content>, _ within: Duration, _ span: Duration) {
        plan = .then(condition.plan, within: within, span: span)
    }
}

/// Nothing at all came from the subject for a span of arrival time. Devices of the directory that never spoke are
/// silent too, where the span is given.
public struct Silent<Content: Sendable>: Sign {
    public let plan: SignPlan

    public init(for span: Duration) {
        plan = .silent(span: span)
    }

    /// By the device's own rhythm, known from its first 16 intervals on: for devices that speak more or less often,
    /// and where not every asset of the directory has one. One that hardly spoke yet is not waited for.
    ///
    /// - Parameter count: how many readings in a row must be missing; radio loses some now and then.
    public init(afterMissing count: Int) {
        plan = .missing(count: count)
    }
}
