import Units

// What is often forgotten, so that the compiler says it in our words.
extension Field {
    @available(*, unavailable, message: "say in which unit the device sends it: in: .kilograms")
    public init<Of: Dimension>(
        _ name: String,
        _ property: WritableKeyPath<Content, Quantity<Of>>,
        missing: Missing = .refused
    ) {
        preconditionFailure("unavailable")
    }

    @available(
        *,
        unavailable,
        message: "a field is a quantity, number, Bool, Moment, Name, Samples or an enum that is a Word"
    )
    public init<Value>(
        _ name: String,
        _ property: WritableKeyPath<Content, Value>,
        missing: Missing = .refused
    ) {
        preconditionFailure("unavailable")
    }

    @available(*, unavailable, message: "the decoder fills it: write var, not let")
    public init<Of: Dimension>(
        _ name: String,
        _ property: KeyPath<Content, Quantity<Of>>,
        in unit: Unit<Of>,
        missing: Missing = .refused
    ) {
        preconditionFailure("unavailable")
    }
}
