import Units

extension DirectoryDecoder {
    /// Warns of each role that somebody has at times and nobody has at some moment of the next two weeks.
    ///
    /// For a directory without errors: only there it is clear who could answer.
    mutating func warnOfGaps(after now: Moment) {
        var posts: Set<[String]> = []
        let limited = directory.relations.indices.filter { index in
            let relation = directory.relations[index]
            return relation.duty != .always && posts.insert([relation.role, relation.scope]).inserted
        }
        if limited.isEmpty { return }
        let index = DirectoryIndex(directory)
        let end = now + DirectoryLimits.rotaAhead
        for position in limited {
            let relation = directory.relations[position]
            let gaps = index.gaps(inRole: relation.role, scope: relation.scope, from: now, until: end)
            guard let first = gaps.first else { continue }
            let scope = relation.scope.isEmpty ? "" : " for \"\(relation.scope)\""
            let more = gaps.count == 1 ? "" : ", the first gap of \(gaps.count)"
            report.warning(
                .relations,
                places[.relations]?[position] ?? DirectoryPlace(line: 0),
                "nobody is \(relation.role)\(scope) from \(text(of: first, upTo: end))\(more); expected somebody at "
                    + "every moment of the next \(end.since(now).inMicroseconds / TimeOfDay.perDay) days; "
                    + "what is sent to that role then reaches nobody"
            )
        }
    }

    private func text(of gap: Range<Moment>, upTo end: Moment) -> String {
        let from = zone.civilTime(at: gap.lowerBound)
        // Beyond the end nobody has looked.
        guard gap.upperBound < end else { return "\(from) on in \(zone)" }
        return "\(from) until \(zone.civilTime(at: gap.upperBound)) in \(zone)"
    }
}
