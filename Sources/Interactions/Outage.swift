/// A failure that explains others: while its case is open, what it explains opens none of its own.
///
/// A critical finding is never explained away.
public struct Outage: Hashable, Sendable {
    /// Which assets the failure of one asset explains.
    public enum Reach: Hashable, Sendable {
        /// Those that name it in this attribute of the directory: `gateway`.
        case attribute(String)
        /// Those at the same site.
        case site
    }

    public let name: String
    public let reach: Reach

    /// - Parameter name: the same name on the detector that finds it and on those that it explains.
    public init(_ name: String, of reach: Reach) {
        self.name = name
        self.reach = reach
    }

    /// Whether the outage of `cause` explains what is found about `asset`.
    public func explains(_ asset: Directory.Asset, by cause: Directory.Asset) -> Bool {
        switch reach {
        case .attribute(let name): asset.attributes[name] == cause.id
        case .site: asset.site == cause.site && asset.id != cause.id
        }
    }

    /// What `asset` would be explained by: the same word for it and for its cause.
    public func bond(of asset: Directory.Asset) -> String? {
        switch reach {
        case .attribute(let name): asset.attributes[name]
        case .site: asset.site
        }
    }

    /// The word under which those that `cause` explains are found.
    public func bond(from cause: Directory.Asset) -> String {
        switch reach {
        case .attribute: cause.id
        case .site: cause.site
        }
    }
}
