internal import CCurl
import Glibc
import Units

/// One easy handle of libcurl; the only file that speaks to it.
///
/// `@unchecked Sendable` because the pointer never leaves this class and a handle has one owner at a time:
/// `HTTPClient` takes it out of its pool under a lock for one call, and libcurl allows any thread to use a
/// handle as long as no two do at once.
final class CurlHandle: @unchecked Sendable {
    private let curl: UnsafeMutableRawPointer

    private static let libraryIsReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init() throws(HTTPFailure) {
        guard Self.libraryIsReady, let curl = curl_easy_init() else {
            throw .neverSent("libcurl could not be initialised")
        }
        self.curl = curl
    }

    deinit {
        curl_easy_cleanup(curl)
    }

    func perform(
        _ request: HTTPRequest,
        limits: HTTPClient.Limits,
        certificates: String?
    ) throws(HTTPFailure) -> HTTPResponse {
        // Options do not outlive a call, connections do.
        curl_easy_reset(curl)
        let answer = Answer(limits: limits)
        var lines: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(lines) }
        // Without this a POST of more than 1 MB waits a second for "100 Continue".
        for line in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            guard let longer = curl_slist_append(lines, line) else { throw .neverSent("out of memory") }
            lines = longer
        }
        try set(request, limits: limits, certificates: certificates)
        try check(vigie_curl_set_pointer(curl, CURLOPT_HTTPHEADER, lines))
        let code = request.body.withUnsafeBytes { body in
            withExtendedLifetime(answer) {
                let context = Unmanaged.passUnretained(answer).toOpaque()
                _ = vigie_curl_set_write(curl, takeBody, context)
                _ = vigie_curl_set_header(curl, takeHeader, context)
                if request.method == .post {
                    vigie_curl_set_long(curl, CURLOPT_POST, 1)
                    vigie_curl_set_long(curl, CURLOPT_POSTFIELDSIZE, body.count)
                    // An empty array has no address, and a POST without one would read standard input.
                    _ = "".withCString { empty in
                        vigie_curl_set_pointer(curl, CURLOPT_POSTFIELDS, body.baseAddress ?? .init(empty))
                    }
                }
                return curl_easy_perform(curl)
            }
        }
        return try result(of: code, answer)
    }

    private func set(
        _ request: HTTPRequest,
        limits: HTTPClient.Limits,
        certificates: String?
    ) throws(HTTPFailure) {
        try set(CURLOPT_URL, to: request.url)
        try set(CURLOPT_PROTOCOLS_STR, to: "http,https")
        // A gateway on this machine is never behind the machine's proxy.
        try set(CURLOPT_NOPROXY, to: "127.0.0.1,localhost,::1")
        try set(CURLOPT_USERAGENT, to: "vigie")
        if let certificates { try set(CURLOPT_CAINFO, to: certificates) }
        try set(CURLOPT_SSLVERSION, to: CURL_SSLVERSION_TLSv1_2)
        // Signals are for the process, not for the resolver's time limit in one of its threads.
        try set(CURLOPT_NOSIGNAL, to: 1)
        try set(CURLOPT_FOLLOWLOCATION, to: 0)
        try set(CURLOPT_CONNECTTIMEOUT_MS, to: limits.connect.inMilliseconds)
        try set(CURLOPT_TIMEOUT_MS, to: limits.total.inMilliseconds)
        if !request.isRepeatable {
            // On a connection that was idle, libcurl sends the request again by itself when the server closes
            // without an answer: the server may have carried it out before. A fresh connection rules that out.
            try set(CURLOPT_FRESH_CONNECT, to: 1)
            try set(CURLOPT_FORBID_REUSE, to: 1)
        }
    }

    private func result(of code: CURLcode, _ answer: Answer) throws(HTTPFailure) -> HTTPResponse {
        if code == CURLE_OK || (answer.isCut && answer.status != 0) {
            return HTTPResponse(
                status: answer.status,
                headers: answer.headers,
                body: answer.body,
                isCut: answer.isCut
            )
        }
        let reason = answer.headersTooLong ? "the answer's headers are too long" : Self.text(of: code)
        var sent = 0
        guard vigie_curl_get_long(curl, CURLINFO_REQUEST_SIZE, &sent) == CURLE_OK else {
            throw .outcomeUnknown(reason)
        }
        throw sent == 0 ? .neverSent(reason) : .outcomeUnknown(reason)
    }

    private static func text(of code: CURLcode) -> String {
        switch code {
        case CURLE_OPERATION_TIMEDOUT: "no answer in time"
        case CURLE_COULDNT_CONNECT: "connection refused or not possible"
        case CURLE_COULDNT_RESOLVE_HOST: "the host name is not known"
        case CURLE_GOT_NOTHING: "the connection was closed without an answer"
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR: "the connection broke"
        case CURLE_PEER_FAILED_VERIFICATION: "the TLS certificate is not trusted"
        default: String(cString: curl_easy_strerror(code)).lowercased()
        }
    }

    private func set(_ option: CURLoption, to text: String) throws(HTTPFailure) {
        try check(vigie_curl_set_pointer(curl, option, text))
    }

    private func set(_ option: CURLoption, to value: Int) throws(HTTPFailure) {
        try check(vigie_curl_set_long(curl, option, value))
    }

    private func check(_ code: CURLcode) throws(HTTPFailure) {
        guard code == CURLE_OK else { throw .neverSent(Self.text(of: code)) }
    }
}

/// What has come of an answer so far.
private final class Answer {
    let limits: HTTPClient.Limits
    var status = 0
    var headers: [HTTPRequest.Header] = []
    var headerBytes = 0
    var headersTooLong = false
    var body: [UInt8] = []
    var isCut = false

    init(limits: HTTPClient.Limits) {
        self.limits = limits
    }

    /// False stops the transfer.
    func take(header line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= limits.headers else {
            headersTooLong = true
            return false
        }
        let text = String(decoding: line, as: UTF8.self)
        if text.hasPrefix("HTTP/") {
            // Each answer starts anew: an interim one (100, 103) comes before the one that counts.
            let code = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
            status = code >= 200 ? code : 0
            headers = []
        } else if let colon = text.firstIndex(of: ":") {
            let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers.append(.init(String(text[..<colon]), String(value.prefix { !$0.isNewline })))
        }
        return true
    }

    /// False stops the transfer.
    func take(body bytes: UnsafeRawBufferPointer) -> Bool {
        let room = limits.body - body.count
        body.append(contentsOf: bytes.prefix(room))
        isCut = bytes.count > room
        return !isCut
    }
}

private func takeBody(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
    return answer.take(body: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

private func takeHeader(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let bytes, let context else { return 0 }
    let answer = Unmanaged<Answer>.fromOpaque(context).takeUnretainedValue()
    return answer.take(header: UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
}

extension Duration {
    /// Whole milliseconds; at least one, because zero means "no limit" to libcurl.
    fileprivate var inMilliseconds: Int {
        max(1, Int(inMicroseconds / 1000))
    }
}
