/// The last few things to be told, first in, first out, without memory of its own. When it is full the oldest is
/// lost, and counted.
struct FixedQueue<let capacity: Int, Element: BitwiseCopyable & Sendable>: BitwiseCopyable, Sendable {
    private var elements: InlineArray<capacity, Element>
    private var first: Int32 = 0
    private var count: Int32 = 0
    private(set) var lost = 0

    init(of blank: Element) {
        elements = InlineArray(repeating: blank)
    }

    mutating func append(_ element: Element) {
        if Int(count) == capacity {
            first = (first + 1) % Int32(capacity)
            count -= 1
            lost = min(lost + 1, Int(Int32.max))
        }
        elements[Int(first + count) % capacity] = element
        count += 1
    }

    mutating func popFirst() -> Element? {
        guard count > 0 else { return nil }
        let element = elements[Int(first)]
        first = (first + 1) % Int32(capacity)
        count -= 1
        return element
    }
}
