import Interactions

/// Many people who all learn the same: the tenants served by an elevator, the care circle of a person.
///
/// Those with reduced mobility are told first, then the higher floors.
public struct Audience: Hashable, Sendable {
    package let roles: [String]
    /// What they must have agreed to; nil when no consent is needed.
    package let purpose: String?
    /// Only those who live on this floor or above it.
    package private(set) var lowestFloor: Int?
    package private(set) var isReducedMobilityOnly = false

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
}
