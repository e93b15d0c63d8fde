import Units

extension StandardText {
    /// To those concerned by something that comes and goes: one message instead of many.
    public static func comesAndGoes(_ name: String, address: String, since: Moment) -> Wording {
        let place = address.isEmpty ? name : "\(name), \(address)"
        return Wording(
            french: """
                \(place) : pannes à répétition depuis \(since). On vous écrit quand c'est stable.
                """,
            english: """
                \(place): keeps failing since \(since). You will hear when it is stable.
                """
        )
    }
}
