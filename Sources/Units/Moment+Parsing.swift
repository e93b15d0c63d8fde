extension Moment {
    /// Reads ISO 8601 as devices write it: `2026-01-05T07:31:02Z`, with or without a fraction of up to nine
    /// digits (cut to microseconds), with `Z` or an offset such as `+01:00` or `+0100`. Nil for anything else;
    /// a time without a zone is nobody's time.
    public init?(iso8601 text: UnsafeRawBufferPointer) {
        func number(_ start: Int, _ width: Int) -> Int64? {
            guard start + width <= text.count else { return nil }
            var value: Int64 = 0
            for index in start..<start + width {
                let digit = text[index] &- UInt8(ascii: "0")
                guard digit < 10 else { return nil }
                value = value * 10 + Int64(digit)
            }
            return value
        }
        guard text.count >= 20,
            let year = number(0, 4), text[4] == UInt8(ascii: "-"),
            let month = number(5, 2), (1...12).contains(month), text[7] == UInt8(ascii: "-"),
            let day = number(8, 2), day >= 1, day <= Self.days(in: month, of: year),
            text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
            let hour = number(11, 2), hour < 24, text[13] == UInt8(ascii: ":"),
            let minute = number(14, 2), minute < 60, text[16] == UInt8(ascii: ":"),
            let second = number(17, 2), second < 60
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
            guard let hours = number(position + 1, 2), hours < 24,
                let minutes = number(position + (hasColon ? 4 : 3), 2), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (text[position] == UInt8(ascii: "+") ? 60 : -60)
            position += hasColon ? 6 : 5
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

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
