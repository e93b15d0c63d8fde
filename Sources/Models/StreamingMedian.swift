/// The median of a stretch of values without keeping them: exact up to five values, then within a few
/// hundredths of the spread.
///
/// The P² algorithm: R. Jain, I. Chlamtac, "The P² algorithm for dynamic calculation of quantiles and
/// histograms without storing observations", Communications of the ACM 28(10), 1985. 88 bytes.
struct StreamingMedian: BitwiseCopyable, Sendable {
    private var heights = InlineArray<5, Double>(repeating: 0)
    private var positions = InlineArray<5, Double>(repeating: 0)
    private(set) var count = 0

    /// The median so far; 0 before the first value.
    var value: Double {
        guard count < 5 else { return heights[2] }
        guard count > 0 else { return 0 }
        return (heights[(count - 1) / 2] + heights[count / 2]) / 2
    }

    mutating func learn(_ x: Double) {
        if count < 5 {
            insert(x)
            return
        }
        count += 1
        heights[0] = min(heights[0], x)
        heights[4] = max(heights[4], x)
        for marker in 1...4 where marker == 4 || x < heights[marker] {
            positions[marker] += 1
        }
        for marker in 1...3 {
            let wanted = Double(count - 1) * Double(marker) / 4
            let lack = wanted - positions[marker]
            if lack >= 1, positions[marker + 1] - positions[marker] > 1 {
                move(marker, by: 1)
            } else if lack <= -1, positions[marker - 1] - positions[marker] < -1 {
                move(marker, by: -1)
            }
        }
    }

    private mutating func insert(_ x: Double) {
        var place = count
        while place > 0, heights[place - 1] > x {
            heights[place] = heights[place - 1]
            place -= 1
        }
        heights[place] = x
        positions[count] = Double(count)
        count += 1
    }

    private mutating func move(_ marker: Int, by step: Double) {
        let below = positions[marker] - positions[marker - 1]
        let above = positions[marker + 1] - positions[marker]
        let fall = (heights[marker] - heights[marker - 1]) / below
        let rise = (heights[marker + 1] - heights[marker]) / above
        let parabolic =
            heights[marker] + step / (below + above) * ((below + step) * rise + (above - step) * fall)
        if heights[marker - 1] < parabolic, parabolic < heights[marker + 1] {
            heights[marker] = parabolic
        } else {
            heights[marker] += step * (step > 0 ? rise : fall)
        }
        positions[marker] += step
    }
}
