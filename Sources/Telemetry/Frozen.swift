/// A table that is made once and then only read, on the path of every message: no bounds, no reference counts.
///
/// Whoever owns it deallocates it.
@frozen
public struct Frozen<Element>: Sequence {
    @usableFromInline let elements: UnsafeMutablePointer<Element>
    public let count: Int

    public init(_ elements: some Collection<Element>) {
        count = elements.count
        self.elements = .allocate(capacity: Swift.max(1, count))
        var position = 0
        for element in elements {
            (self.elements + position).initialize(to: element)
            position += 1
        }
    }

    public func deallocate() {
        elements.deinitialize(count: count)
        elements.deallocate()
    }

    @inlinable
    public subscript(index: Int) -> Element {
        @inline(__always)
        unsafeAddress { UnsafePointer(elements + index) }
    }

    /// Where an element lies; it stays there.
    @inlinable
    @inline(__always)
    public func address(of index: Int) -> UnsafePointer<Element> {
        UnsafePointer(elements + index)
    }

    public func makeIterator() -> UnsafeBufferPointer<Element>.Iterator {
        UnsafeBufferPointer(start: elements, count: count).makeIterator()
    }
}
