extension Moment {
    /// Reads ISO 8601 as devices write it: `2026-01-05T07:31:02Z`, with or without a fraction of up to nine
    /// digits (cut to microseconds), with `Z` or an offset such as `+01:00` or `+0100`. Nil for anything else;
    /// a time without a zone is nobody's time.
    public init?(iso8601 text: UnsafeRawBufferPointer) {
        guard text.count >= 20, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":")
        else { return nil }
        let century = Self.pair(text, 0)
        let yearOfCentury = Self.pair(text, 2)
        let year = century * 100 + yearOfCentury
        let month = Self.pair(text, 5)
        let day = Self.pair(text, 8)
        let hour = Self.pair(text, 11)
        let minute = Self.pair(text, 14)
        let second = Self.pair(text, 17)
        guard century >= 0, yearOfCentury >= 0, month >= 1, month <= 12, day >= 1,
            day <= Self.days(in: month, of: year), hour >= 0, hour < 24, minute >= 0, minute < 60,
            second >= 0, second < 60
        else { return nil }
        var position = 19
        var fraction: Int64 = 0
        if text[position] == UInt8(ascii: ".") {
            position += 1
            let first = position
            var scale: Int64 = 100_000
            while position < text.count, position - first < 9 {
                let digit = text[position] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                fraction += Int64(digit) * scale
                scale /= 10
                position += 1
            }
            guard position > first else { return nil }
        }
        guard position < text.count else { return nil }
        var offset: Int64 = 0
        switch text[position] {
        case UInt8(ascii: "Z"):
            position += 1
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let hasColon = position + 3 < text.count && text[position + 3] == UInt8(ascii: ":")
            let end = position + (hasColon ? 6 : 5)
            guard end <= text.count else { return nil }
            let hours = Self.pair(text, position + 1)
            let minutes = Self.pair(text, end - 2)
            guard hours >= 0, hours < 24, minutes >= 0, minutes < 60 else { return nil }
            offset = (hours * 60 + minutes) * (text[position] == UInt8(ascii: "+") ? 60 : -60)
            position = end
        default: return nil
        }
        guard position == text.count else { return nil }
        let days = CivilDate(year: Int(year), month: Int(month), day: Int(day)).daysSince1970
        let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    public init?(iso8601 text: String) {
        var text = text
        let moment = text.withUTF8 { Moment(iso8601: UnsafeRawBufferPointer($0)) }
        guard let moment else { return nil }
        self = moment
    }

    /// Two digits as a number; negative when they are not digits.
    @inline(__always)
    private static func pair(_ text: UnsafeRawBufferPointer, _ start: Int) -> Int64 {
        let tens = text[start] &- UInt8(ascii: "0")
        let ones = text[start + 1] &- UInt8(ascii: "0")
        return tens < 10 && ones < 10 ? Int64(tens) * 10 + Int64(ones) : -1
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
