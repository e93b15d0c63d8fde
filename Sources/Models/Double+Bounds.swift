extension Double {
    /// The value kept within ±1e100, so that squares and sums of squares stay finite.
    var bounded: Double { clamped(to: 1e100) }

    /// The value kept within `limit` on both sides of zero.
    func clamped(to limit: Double) -> Double { Swift.min(Swift.max(self, -limit), limit) }

    /// Whether this can be a point in time: a number within 3 000 years of 1970.
    var isMoment: Bool { abs(self) < 1e11 }

    /// How many `spread`s this lies from `middle`, within ±`Score.most`.
    ///
    /// A spread of nothing (a constant past) is taken as a thousandth of the middle: a device that always
    /// says 20.0 and then 20.1 is surprising, not infinitely so.
    func sigmas(from middle: Double, spread: Double) -> Double {
        ((self - middle) / spread.asSpread(around: middle)).clamped(to: Score.most)
    }

    /// This spread, or the least that there can be around `middle`.
    func asSpread(around middle: Double) -> Double { Swift.max(self, abs(middle) * 1e-3, 1e-9) }
}

extension Double {
    /// Whether this time lies so far before `last` (more than a week) that not this reading is late but the
    /// clock was wrong before: a model that waited for the old future to come would be deaf until then.
    func isClockSetBack(from last: Double) -> Bool { self < last - 7 * 86_400 }
}
