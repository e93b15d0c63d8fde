import Models
import PipelineKit
import Units

// From the air of a room to what lies in it.

/// What is new about the goods in a room.
struct GoodsNews {
    enum Kind: UInt8 { case warming, outside, well }

    let kind: Kind
    let goods: Temperature
    /// The farthest outside that they were.
    let worst: Temperature
    let limit: Temperature
    /// When it began that they were outside.
    let began: Moment
    /// Until they are too warm, at the present rate.
    let left: Duration
    let why: Explanation

    var isWarming: Bool { kind == .warming }
    var isOutside: Bool { kind == .outside }
    var isWell: Bool { kind == .well }
    var isTooWarm: Bool { worst >= limit }
}

/// Follows the goods, which are slower than the air; speaks when it is news.
struct Goods: Transformer {
    private var model = ColdRoom(limits: 0...4)
    private var lowest = Temperature.celsius(0)
    private var highest = Temperature.celsius(4)
    private var worst = Temperature.zero
    private var limit = Temperature.zero
    private var began = Moment()

    mutating func step(_ reading: RoomTemperature) -> GoodsNews? {
        if (reading.lowest, reading.highest) != (lowest, highest), reading.lowest < reading.highest {
            (lowest, highest) = (reading.lowest, reading.highest)
            model = ColdRoom(limits: lowest.base...highest.base)
        }
        let before = model.alarm
        model.learn(reading.air.base, at: Double(reading.measuredAt.microseconds) / 1e6)
        let (alarm, goods) = (model.alarm, Temperature.celsius(model.temperature))
        if alarm.isRaised, alarm.raisedAt != before.raisedAt {
            (worst, limit) = (goods, alarm.limit == lowest.base ? lowest : highest)
            began = Moment(microseconds: Int64(alarm.since * 1e6))
            return news(alarm.cause == .warming ? .warming : .outside, goods)
        }
        worst = limit == lowest ? min(worst, goods) : max(worst, goods)
        return before.isRaised && !alarm.isRaised ? news(.well, goods) : nil
    }

    private func news(_ kind: GoodsNews.Kind, _ goods: Temperature) -> GoodsNews {
        GoodsNews(
            kind: kind,
            goods: goods,
            worst: worst,
            limit: limit,
            began: began,
            left: .minutes(Int((model.hoursUntilGoodsAtLimit ?? 0) * 60)),
            why: model.explanation
        )
    }
}
