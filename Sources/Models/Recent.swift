/// The last values of a series and their sum.
struct Recent<let size: Int>: BitwiseCopyable, Sendable {
    private var values = InlineArray<size, Float>(repeating: 0)
    private var next: UInt16 = 0
    private var count: UInt16 = 0
    private var sum: Float = 0

    var isFull: Bool { Int(count) == size }

    /// The value that leaves with the next one; 0 until full.
    var oldest: Float { values[Int(next)] }

    /// The value so many before the next one; 0 for what was not there.
    subscript(back steps: Int) -> Float { values[(Int(next) + size - steps) % size] }

    /// The mean of the last values with `x` as the newest of them.
    func mean(with x: Float) -> Float {
        (sum - oldest + x) / Float(isFull ? size : Int(count) + 1)
    }

    mutating func append(_ x: Float) {
        sum += x - oldest
        values[Int(next)] = x
        if !isFull { count += 1 }
        next += 1
        if Int(next) == size {
            next = 0
            addAnew()
        }
    }

    mutating func clear() { self = Recent() }

    // What adding and taking away leaves behind does not build up.
    private mutating func addAnew() {
        sum = 0
        for index in 0..<size { sum += values[index] }
    }
}
