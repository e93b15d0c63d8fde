extension Collection<UInt8> {
    /// Whether the bytes are this text.
    func isText(_ word: StaticString) -> Bool {
        elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }
}
