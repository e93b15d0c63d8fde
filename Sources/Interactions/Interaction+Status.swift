extension Interaction.Status {
    /// What people call it.
    public var words: Bilingual {
        switch self {
        case .new: Bilingual(french: "nouveau", english: "new")
        case .acknowledged: Bilingual(french: "pris en charge", english: "acknowledged")
        case .inProgress: Bilingual(french: "en cours", english: "in progress")
        case .pending: Bilingual(french: "en attente", english: "pending")
        case .resolved: Bilingual(french: "résolu", english: "resolved")
        case .closed: Bilingual(french: "clos", english: "closed")
        case .cancelled: Bilingual(french: "annulé", english: "cancelled")
        }
    }
}
