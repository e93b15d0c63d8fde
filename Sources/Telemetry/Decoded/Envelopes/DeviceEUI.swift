/// The 64-bit id that every LoRaWAN device has, as one text whoever sends it.
enum DeviceEUI {
    /// Sixteen capital hexadecimal digits, from digits of any case or from Base64, which ChirpStack 3 writes unless it
    /// is told otherwise. Everything else stays as it is.
    static func normalised(_ text: String) -> String {
        let digits = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: ":") }
        if digits.count == 16, digits.allSatisfy({ JSONScanner.hexadecimalDigit($0) != nil }) {
            return String(decoding: digits, as: UTF8.self).uppercased()
        }
        guard text.utf8.count == 12, let bytes = Base64.bytes(of: text), bytes.count == 8 else { return text }
        return hexadecimal(bytes)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }
}

extension Base64 {
    /// Nil for what is not Base64.
    static func bytes(of text: String) -> [UInt8]? {
        var text = text
        var bytes: [UInt8] = []
        let isWhole = text.withUTF8 { decode(UnsafeRawBufferPointer($0), to: &bytes) }
        return isWhole ? bytes : nil
    }
}
