/// The stretch of running water that goes on at the end of a series of readings: one opening of a tap, as far as the
/// rhythm of the meter lets it be seen.
///
/// Readings of a minute and less belong to one draw while no more than a minute without use lies between them: a
/// meter with coarse steps shows a running tap as steps with nothing between. A longer reading is a draw of its own.
/// 24 bytes.
struct Draw: BitwiseCopyable, Sendable {
    private(set) var begin = 0.0
    private(set) var litres = 0.0
    private var lastUse = 0.0

    private static let pause = 60.0

    /// Whether anything was drawn.
    var isOpen: Bool { litres > 0 }

    var length: Double { lastUse - begin }

    /// Whether water used in the `interval` seconds before `t` still belongs to it.
    func goesOn(at t: Double, after interval: Double) -> Bool {
        isOpen && interval <= Self.pause && t - interval - lastUse <= Self.pause
    }

    /// Whether a meter that stood still until `t` shows that it is over.
    func isOver(at t: Double) -> Bool { isOpen && t - lastUse > Self.pause }

    /// A new one, of a reading over the `interval` seconds before `t`.
    init(litres: Double, at t: Double, after interval: Double) {
        self.litres = litres
        begin = t - interval / 2
        lastUse = t
    }

    /// None yet.
    init() {}

    mutating func add(_ more: Double, at t: Double) {
        litres = min(litres + more, 1e9)
        lastUse = t
    }
}
