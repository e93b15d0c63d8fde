internal import CCrypto
import Glibc
import Units

/// Signs the body of a request with a shared secret, and checks such a signature:
/// `t=<seconds since 1970>,v1=<hex of HMAC-SHA256(secret, "<t>." + body)>`.
///
/// The time is part of what is signed, so a copied request is refused once its time is too far away.
public struct RequestSignature: Sendable {
    public static let header = "X-Vigie-Signature"

    private let secret: [UInt8]

    /// - Parameter secret: at least 16 bytes, or anyone could try them all; nil otherwise.
    public init?(secret: [UInt8]) {
        guard secret.count >= 16 else { return nil }
        self.secret = secret
    }

    /// The value of the header for a body sent now.
    public func value(for body: [UInt8], at now: Moment) -> String {
        let time = now.microseconds / 1_000_000
        return "t=\(time),v1=\(digest(of: body, time: String(time)))"
    }

    /// Whether the header was made with this secret, for this body, at most `window` before or after `now`.
    public func accepts(_ header: String, for body: [UInt8], at now: Moment, within window: Duration) -> Bool
    {
        var time: String?
        var digests: [String] = []
        for field in header.split(separator: ",") {
            let parts = field.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return false }
            switch parts[0].drop(while: { $0 == " " }) {
            case "t": time = String(parts[1])
            case "v1": digests.append(String(parts[1]))
            // A later version of the scheme may stand beside this one.
            default: continue
            }
        }
        guard let time, let seconds = Int64(time), Moment.plausible.contains(Moment(clamping: seconds)) else {
            return false
        }
        let distance = Moment(seconds: seconds).since(now)
        guard distance <= window, distance >= .zero - window else { return false }
        let expected = Array(digest(of: body, time: time).utf8)
        return digests.contains { Self.areEqual(Array($0.utf8), expected) }
    }

    private func digest(of body: [UInt8], time: String) -> String {
        let message = Array(time.utf8) + [UInt8(ascii: ".")] + body
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let made = HMAC(
            EVP_sha256(),
            secret,
            Int32(secret.count),
            message,
            message.count,
            &digest,
            &length
        )
        precondition(made != nil && length == 32, "libcrypto has no HMAC-SHA256")
        return digest.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Takes as long for a near miss as for a far one.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}

extension RequestSignature: CustomStringConvertible, CustomReflectable {
    public var description: String { "a request signature" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Moment {
    /// Seconds from outside may be any number; beyond the plausible they are all the same.
    fileprivate init(clamping seconds: Int64) {
        self.init(seconds: min(max(seconds, -1), 1 << 40))
    }
}
