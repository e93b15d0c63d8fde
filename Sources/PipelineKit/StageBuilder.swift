/// One step of a pipeline for readings of one type.
public protocol Stage<Content>: Sendable {
    associatedtype Content: Sendable
    /// Where it was written.
    var place: Place { get }
    /// Adds itself to the plan of a block; called once, at start.
    func lower(into block: inout BlockContext)
}

/// Collects the stages of one block. Each statement is checked by the compiler on its own.
@resultBuilder
public enum StageBuilder<Content: Sendable> {
    public static func buildExpression<Each: Stage>(_ stage: Each) -> any Stage<Content>
    where Each.Content == Content {
        stage
    }

    public static func buildBlock(_ stages: any Stage<Content>...) -> [any Stage<Content>] { stages }

    @available(*, unavailable, message: "a sign belongs inside Detect { … }")
    public static func buildExpression<Each: Sign>(_ sign: Each) -> any Stage<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a reaction belongs inside react: { … }")
    public static func buildExpression<Each: Reaction>(_ reaction: Each) -> any Stage<Content>
    where Each.Content == Content {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a pipeline has no if; use Drop(_:when:), or write two pipelines")
    public static func buildOptional(_ stages: [any Stage<Content>]?) -> any Stage<Content> {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a pipeline has no if; use Drop(_:when:), or write two pipelines")
    public static func buildEither(first stages: [any Stage<Content>]) -> any Stage<Content> {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a pipeline has no if; use Drop(_:when:), or write two pipelines")
    public static func buildEither(second stages: [any Stage<Content>]) -> any Stage<Content> {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "a pipeline has no loops; write the stages one below the other")
    public static func buildArray(_ stages: [[any Stage<Content>]]) -> any Stage<Content> {
        preconditionFailure("unavailable")
    }
}
