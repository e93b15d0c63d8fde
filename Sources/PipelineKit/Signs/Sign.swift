/// One observation that a detector looks for.
public protocol Sign<Content>: Sendable {
    associatedtype Content: Sendable
    var plan: SignPlan { get }
}

/// Collects the signs of one detector.
@resultBuilder
public enum SignBuilder<Content: Sendable> {
    public static func buildExpression<Each: Sign>(_ sign: Each) -> any Sign<Content>
    where Each.Content == Content {
        sign
    }

    public static func buildBlock(_ signs: any Sign<Content>...) -> [any Sign<Content>] { signs }

    @available(*, unavailable, message: "a stage belongs outside Detect, in the block of the pipeline")
    public static func buildExpression<Each: Stage>(_ stage: Each) -> any Sign<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "signs have no if; make a condition of it, or write two detectors")
    public static func buildOptional(_ part: [any Sign<Content>]?) -> any Sign<Content> {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a reaction belongs inside react: { … }")
    public static func buildExpression<Each: Reaction>(_ reaction: Each) -> any Sign<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }
}
