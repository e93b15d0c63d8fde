/// A table that is made once and then only read, on the path of every message: no bounds, no reference counts.
///
/// Whoever owns it deallocates it.
struct Frozen<Element>: Sequence {
    private let elements: UnsafeMutablePointer<Element>
    let count: Int

    init(_ elements: some Collection<Element>) {
        count = elements.count
        self.elements = .allocate(capacity: Swift.max(1, count))
        var position = 0
        for element in elements {
            (self.elements + position).initialize(to: element)
            position += 1
        }
    }

    func deallocate() {
        elements.deinitialize(count: count)
        elements.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        unsafeAddress { UnsafePointer(elements + index) }
    }

    func makeIterator() -> UnsafeBufferPointer<Element>.Iterator {
        UnsafeBufferPointer(start: elements, count: count).makeIterator()
    }
}
