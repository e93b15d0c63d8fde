/// Leaves out of a script whatever is not needed for a property to fail.
struct Shrinking {
    private let property: Property
    private let script: Script
    /// More runs than this are not tried.
    private static let limit = 250

    init(_ property: Property, _ script: Script) {
        self.property = property
        self.script = script
    }

    /// The shortest history found in which it fails, as a story.
    func shortest() throws -> String {
        var best = script
        var runs = 0
        var size = max(1, best.actions.count / 2)
        // What comes after the failure is not needed.
        if let step = try failure(of: best)?.step {
            best.actions = best.actions.filter { $0.number < step }
            if try failure(of: best) == nil { best = script }
        }
        while size > 0 {
            var start = 0
            while start < best.actions.count, runs < Self.limit {
                var shorter = best
                shorter.actions.removeSubrange(start..<min(start + size, best.actions.count))
                runs += 1
                if try failure(of: shorter) != nil { best = shorter } else { start += size }
            }
            size /= 2
        }
        guard let (_, text) = try failure(of: best) else { return "" }
        return "after \(runs) runs, with \(best.actions.count) steps: \(text)"
    }

    private func failure(of script: Script) throws -> (step: Int, text: String)? {
        let record = try History.run(script)
        guard let violation = property.check(record).first else { return nil }
        let story = record.story(of: violation.key, violation.person, around: violation.index)
        let event = record.events[violation.index]
        return (event.step, "step \(event.step), \(event.at): \(violation.text)\n\(story)")
    }
}
