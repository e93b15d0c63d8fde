import Foundation
import Interactions
import TestSupport
import Units

/// Where it is day while the tests run. At night people are left in peace, and a test on the real clock would find other
/// texts than at noon.
enum Daytime {
    /// Chosen once, so that a test and the process that it looks at agree.
    static func zone() throws -> CivilZone { try chosen.get() }

    /// One of these is always between 8 and 18 o'clock, so that the longest of the tests ends before the night.
    private static let chosen = Result {
        let names = [
            "Europe/Paris", "Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti", "America/Martinique",
        ]
        let now = Moment(seconds: Int64(Date().timeIntervalSince1970))
        for name in names {
            let zone = try CivilZone(named: name)
            if 8..<18 ~= zone.civilTime(at: now).time.hour { return zone }
        }
        throw ServerFailure("it is day in none of \(names)")
    }
}
