import Interactions
import Units

/// Many people who all learn the same: the tenants served by an elevator, the care circle of a person.
///
/// Those with reduced mobility are told first, then the higher floors.
public struct Audience: Hashable, Sendable {
    package let roles: [String]
    /// What they must have agreed to; nil when no consent is needed.
    package let purpose: String?
    /// Only those who live on this floor or above it.
    private var lowestFloor: Int?
    private var isReducedMobilityOnly = false

    public init(_ roles: Contact..., consentingTo purpose: Purpose? = nil) {
        self.roles = roles.map(\.role)
        self.purpose = purpose?.name
    }

    /// Only those who live on this floor or above it; who lives on an unknown floor is told as well.
    public func from(floor: Int) -> Audience {
        var audience = self
        audience.lowestFloor = floor
        return audience
    }

    /// Only those who cannot take the stairs.
    public var withReducedMobility: Audience {
        var audience = self
        audience.isReducedMobilityOnly = true
        return audience
    }

    /// Who belongs to it for an asset, each person once, in the order in which they are told.
    package func members(
        for asset: Directory.Asset,
        in directory: DirectoryIndex,
        at now: Moment
    ) -> [Directory.Person] {
        var known: Set<String> = []
        let people = roles.flatMap { role in
            // What belongs to one home is no neighbour's business.
            role == DirectoryIndex.Role.tenant && asset.person == nil
                ? directory.tenantsServed(by: asset)
                : directory.contacts(inRole: role, for: asset, at: now).map(\.person)
        }
        return people.filter { includes($0) && known.insert($0.id).inserted }
    }

    private func includes(_ person: Directory.Person) -> Bool {
        if let purpose, !person.hasConsented(to: purpose) { return false }
        if isReducedMobilityOnly, !person.reducedMobility { return false }
        guard let lowestFloor, let floor = person.floor else { return true }
        return floor >= lowestFloor
    }
}
