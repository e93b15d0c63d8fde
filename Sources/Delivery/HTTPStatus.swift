/// The words of RFC 9110 for the statuses that a sink meets.
enum HTTPStatus {
    static func words(for status: Int) -> String {
        switch status {
        case 300..<400: "redirected elsewhere"
        case 400: "bad request"
        case 401: "unauthorised"
        case 403: "forbidden"
        case 404: "not found"
        case 408: "request timeout"
        case 409: "conflict"
        case 413: "too large"
        case 422: "unprocessable"
        case 425: "too early"
        case 429: "too many requests"
        case 500: "internal error"
        case 502: "bad gateway"
        case 503: "unavailable"
        case 504: "gateway timeout"
        default: "unexpected status"
        }
    }
}
