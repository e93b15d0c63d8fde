import Units

/// What the timeline says of the chain itself, beside the people in it.
extension TimelineNote {
    /// - Parameter reason: why they are asked; nil for those who are asked first.
    public static func asked(_ contacts: [Contact], because reason: Bilingual?) -> Wording {
        let roles = contacts.map(\.role).joined(separator: ", ")
        guard let reason else {
            return Wording(french: "On demande à : \(roles)", english: "Asking: \(roles)")
        }
        return Wording(
            french: "\(reason.french). On demande à : \(roles)",
            english: "\(reason.english). Asking: \(roles)"
        )
    }
}
