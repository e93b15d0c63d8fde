/// A model of what is used between two readings of a meter.
public protocol VolumeModel: Model {
    /// Takes `litres`, used from `from` (when nil: from the end of the reading before) to `to`. False when they could
    /// not be used.
    mutating func take(_ litres: Double, from: Double?, to: Double) -> Bool
}

extension VolumeModel {
    /// Takes `x` litres, used since the reading before.
    @discardableResult
    public mutating func learn(_ x: Double, at t: Double) -> Bool {
        take(x, from: nil, to: t)
    }

    /// Takes `litres`, used between two times, where the caller knows both.
    @discardableResult
    public mutating func learn(_ litres: Double, from: Double, to: Double) -> Bool {
        take(litres, from: from, to: to)
    }
}
