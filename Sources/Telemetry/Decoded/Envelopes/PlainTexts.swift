import Units

/// A number that stands alone as a text, written as JSON writes numbers.
enum PlainNumber {
    /// Nil for everything else, such as `nan`, `+1` or a number with a unit behind it.
    static func value(of text: UnsafeRawBufferPointer) -> Double? {
        guard let first = text.first, let start = text.baseAddress, text.count <= 64,
            first == UInt8(ascii: "-") || first &- UInt8(ascii: "0") < 10
        else { return nil }
        var scanner = JSONScanner(start.assumingMemoryBound(to: UInt8.self), count: text.count)
        do throws(ScanFailure) {
            let number = try scanner.number()
            return scanner.position == text.count ? number : nil
        } catch {
            // It begins like a number and is a word.
            return nil
        }
    }
}

extension StaticString {
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
    }
}

extension UnsafeRawBufferPointer {
    func equals(_ word: StaticString) -> Bool {
        count == word.utf8CodeUnitCount && elementsEqual(word.bytes)
    }

    /// Capital and small letters of ASCII are the same.
    func equals(ignoringCase word: StaticString) -> Bool {
        guard count == word.utf8CodeUnitCount else { return false }
        return zip(self, word.bytes).allSatisfy { $0.0.lowercased == $0.1.lowercased }
    }
}

extension UInt8 {
    /// A capital letter of ASCII as a small one; everything else as it is.
    var lowercased: UInt8 {
        self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self
    }

    var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}

extension Moment {
    /// Of a count of milliseconds since 1970; nil for one that no clock can mean.
    init?(milliseconds: Int64) {
        let (microseconds, isTooLarge) = milliseconds.multipliedReportingOverflow(by: 1000)
        guard !isTooLarge, Moment.plausible.contains(Moment(microseconds: microseconds)) else { return nil }
        self.init(microseconds: microseconds)
    }

    /// Of seconds since 1970, with a fraction; nil for a time that no clock can mean.
    init?(epochSeconds seconds: Double) {
        guard let microseconds = Int64(exactly: (seconds * 1_000_000).rounded()),
            Moment.plausible.contains(Moment(microseconds: microseconds))
        else { return nil }
        self.init(microseconds: microseconds)
    }

    /// Nil for a time that only a clock which was never set can mean.
    var ifPlausible: Moment? {
        Moment.plausible.contains(self) ? self : nil
    }
}
