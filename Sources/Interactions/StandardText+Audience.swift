import Units

extension StandardText {
    /// To those concerned by something that comes and goes: one message instead of many.
    public static func comesAndGoes(_ name: String, address: String, since: Moment) -> Wording {
        let place = address.isEmpty ? name : "\(name), \(address)"
        return Wording(
            french: """
                \(place) : s'arrête et repart depuis \(since). Prochain message quand c'est stable.
                """,
            english: """
                \(place): stops and starts again since \(since). The next message comes when it is stable.
                """
        )
    }
}
