/// The people of a role for the subject of a finding: who they are is in the directory.
public struct Contact: Hashable, Sendable, ExpressibleByStringLiteral {
    /// The role in the directory: `technician-on-call`, `relative`, `caregiver`.
    public let role: String

    public init(stringLiteral role: String) {
        self.role = role
    }

    public init(role: String) {
        self.role = role
    }

    /// The person who wears the device or lives with it.
    public static let wearer: Contact = "wearer"

    /// Those whom it concerns, and not whose work it is: about a service they are told within limits, and may write
    /// STOP.
    public var isPrivate: Bool {
        [DirectoryIndex.Role.tenant, DirectoryIndex.Role.wearer, DirectoryIndex.Role.relative].contains(role)
    }
}
