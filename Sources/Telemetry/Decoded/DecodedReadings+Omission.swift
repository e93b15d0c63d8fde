extension DecodedReadings {
    /// A field that was seen and did not become a reading.
    public struct Omission: BitwiseCopyable, Sendable {
        /// Why it did not.
        public enum Reason: String, BitwiseCopyable, Sendable {
            case null = "null"
            case list = "a list"
            case object = "an object"
            case bytes = "bytes"
            case notFinite = "not a finite number"
            case dataset = "a dataset"
            case template = "a template"
            case calculated = "calculated by a template that is not understood"
            case unknownType = "of an unknown type"
            case unknownField = "no field of the format"
            case unknownAlias = "under an unknown alias"
            /// Of the device that `detail` names.
            case noDecoder = "no decoder for"
            /// What an event says besides what happened.
            case ofEvent = "a detail of an event"
            case noZone = "a time without its zone"
            case outdated = "of an earlier life of its sender"
        }

        public var name: Run
        public var reason: Reason
        /// What the reason is about, where it needs to be said.
        var detail = Run.empty
    }

    /// Why a field did not become a reading: `no decoder for acme/thing`.
    public func reason(of omission: Omission) -> String {
        omission.detail.count > 0
            ? "\(omission.reason.rawValue) \(text(omission.detail))" : omission.reason.rawValue
    }

    /// Appends a number, or says that it is none.
    mutating func append(finite name: Run, _ number: Double, unit: Run = .empty) {
        if number.isFinite {
            append(name, number, unit: unit)
        } else {
            omit(name, .notFinite)
        }
    }
}
