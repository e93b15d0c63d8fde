/// A detector that is told, at every poll, whether a machine is out of service.
public protocol OutageModel: Model, Detector {
    /// - Parameter isSomeoneInside: an outage with someone inside needs no delay to be one.
    @discardableResult
    mutating func learn(isOut: Bool, isSomeoneInside: Bool, at t: Double) -> Bool
}

extension OutageModel {
    /// Takes 0 for a machine that runs, anything above for one that does not.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        guard x.isFinite else { return false }
        return learn(isOut: x > 0, isSomeoneInside: false, at: t)
    }
}
