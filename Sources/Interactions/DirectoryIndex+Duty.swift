import Units

extension DirectoryIndex {
    /// Gaps that are listed at most; later ones are left out.
    public static let gapsListed = 1000

    /// When nobody is on duty in a role, for an asset, a site, a person or (`scope` empty) everything, from a
    /// moment until before another, ten years (`Schedule.horizon`) later at most: in order, the first thousand.
    ///
    ///     index.gaps(inRole: "technician-on-call", scope: "lilas", from: now, until: now + .days(14))
    ///
    /// Who is further away counts, as for `contacts(inRole:for:at:)`: a rota of a site has no gap while someone
    /// has the role everywhere. A `tenant` is only looked for where the scope is.
    public func gaps(
        inRole role: String,
        scope: String,
        from start: Moment,
        until last: Moment
    ) -> [Range<Moment>] {
        let end = min(last, start + Schedule.horizon)
        var rota = DutyRota([])
        for level in scopes(from: scope, inRole: role) {
            if let shifts = self.rota(inRole: role, scope: level) {
                rota.join(shifts)
            } else if !contacts(inRole: role, scope: level).isEmpty {
                return []
            }
        }
        var gaps: [Range<Moment>] = []
        var moment = start
        while moment < end, gaps.count < Self.gapsListed {
            let until = min(rota.nextChange(after: moment) ?? end, end)
            if rota.isEmpty(at: moment) { gaps.append(moment..<until) }
            moment = until
        }
        return gaps
    }

    /// Where a role is looked for, nearest first, beginning with what has this id.
    private func scopes(from scope: String, inRole role: String) -> [String] {
        if role == Role.tenant { return [scope] }
        if let person = person(scope) { return scopes(of: person) }
        if let asset = kinds.lazy.compactMap({ self.asset(scope, ofKind: $0) }).first {
            return scopes(of: asset)
        }
        return scope.isEmpty ? [scope] : [scope, ""]
    }
}
