import Interactions

// What our own words are for people who read French. Names that an installation gives (pipelines, detectors, most
// roles) stay as they are given.

extension Interaction.Kind {
    var french: String {
        switch self {
        case .case: "dossier"
        case .task: "tâche"
        case .activity: "activité"
        case .callback: "rappel demandé"
        case .assetEvent: "événement de l'équipement"
        }
    }
}

extension Interaction.Verb {
    var french: String {
        switch self {
        case .opened: "ouvert"
        case .updated: "mis à jour"
        case .acknowledged: "pris en charge"
        case .escalated: "escaladé"
        case .resolved: "résolu"
        case .closed: "clos"
        case .reopened: "rouvert"
        case .cancelled: "annulé"
        case .noted: "note"
        }
    }

    var english: String {
        switch self {
        case .acknowledged: "taken"
        case .noted: "note"
        default: rawValue
        }
    }
}

extension Severity {
    var french: String {
        switch self {
        case .info: "information"
        case .advice: "conseil"
        case .warning: "avertissement"
        case .critical: "critique"
        }
    }
}

extension Channel {
    var french: String {
        switch self {
        case .text: "SMS"
        case .secondText: "SMS par la seconde passerelle"
        case .voice: "appel"
        case .chat: "messagerie"
        case .watch: "montre"
        case .task: "tâche"
        }
    }
}

/// Words that notices carry as plain text.
enum NoticeWords {
    /// Roles that Vigie gives by itself; those of the directory are words of the installation.
    static func french(role: String) -> String {
        switch role {
        case DirectoryIndex.Role.wearer: "porteur"
        case DirectoryIndex.Role.tenant: "locataire"
        case "sender": "expéditeur"
        case "asked": "sollicité"
        case "digest": "résumé"
        default: role
        }
    }

    private static let phases = [
        ("begins", "début"), ("goesOn", "rappel"), ("cleared", "fin du signal"), ("ask", "question"),
        ("stand-down", "prévenu de la prise en charge"), ("over", "fin"), ("news", "nouvelles"),
        ("digest", "résumé"),
        ("catch-up", "rattrapage"), ("steady", "stable"), ("reply", "réponse"),
    ]

    /// `ask-2` is `question 2`; a phase of a later Vigie stays as it is.
    static func french(phase: String) -> String {
        for (word, french) in phases where phase.hasPrefix(word) {
            let rest = phase.dropFirst(word.count)
            if rest.isEmpty { return french }
            if rest.hasPrefix("-") || rest.hasPrefix(" ") { return "\(french) \(rest.dropFirst())" }
        }
        return phase
    }
}
