/// A block of samples of an accelerometer or a gyroscope, as a band or pendant sends them: up to `capacity` times x, y, z.
///
/// Kept inline in thousandths of g (−32.8 g to +32.7 g), so a reading that holds a block needs no allocation. Those
/// of a gyroscope are in tenths of a degree a second (±3 276 °/s).
public struct Samples: BitwiseCopyable, Sendable {
    /// Samples in one block.
    public static let capacity = 128

    public private(set) var count = 0
    private var values = InlineArray<384, Int16>(repeating: 0)

    public init() {}

    /// The sample at a position, in thousandths of g or tenths of a degree a second.
    public subscript(index: Int) -> (x: Int16, y: Int16, z: Int16) {
        precondition(index >= 0 && index < count, "sample \(index) of \(count)")
        return (values[index * 3], values[index * 3 + 1], values[index * 3 + 2])
    }

    /// False when the block is full.
    public mutating func append(x: Int16, y: Int16, z: Int16) -> Bool {
        guard count < Self.capacity else { return false }
        values[count * 3] = x
        values[count * 3 + 1] = y
        values[count * 3 + 2] = z
        count += 1
        return true
    }
}
