/// Text inside a URI.
public enum URIText {
    /// Every byte but the unreserved ones as `%XX` (RFC 3986 §2.3), good for a path segment or a query value.
    public static func escaped(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            switch Unicode.Scalar(byte) {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~":
                escaped.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                escaped += byte < 0x10 ? "%0\(hex)" : "%\(hex)"
            }
        }
        return escaped
    }
}
