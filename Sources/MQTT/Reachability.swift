import Glibc
import Units

/// Whether somebody listens at the broker's address, asked with a time limit.
///
/// libmosquitto's connect with MQTT 5 properties has none: a host that swallows packets holds the thread for
/// more than two minutes, and a service that is told to stop has five seconds.
enum Reachability {
    /// Nil when a connection can be made; otherwise why not.
    static func problem(host: String, port: Int, within limit: Duration) -> String? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var addresses: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &addresses)
        guard code == 0 else { return String(cString: gai_strerror(code)).lowercased() }
        defer { freeaddrinfo(addresses) }

        var problem = "the name has no address"
        let deadline = Monotonic.now + limit
        var next = addresses
        while let address = next?.pointee {
            guard let found = connectionProblem(address, until: deadline) else { return nil }
            problem = found
            next = address.ai_next
        }
        return problem
    }

    private static func connectionProblem(_ address: addrinfo, until deadline: Moment) -> String? {
        let type = address.ai_socktype | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(address.ai_family, type, address.ai_protocol)
        guard descriptor >= 0 else { return MosquittoLoop.text(ofErrno: errno) }
        defer { close(descriptor) }
        if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return nil }
        guard errno == EINPROGRESS else { return MosquittoLoop.text(ofErrno: errno) }
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        let rest = max(0, deadline.since(Monotonic.now).inMicroseconds / 1000)
        guard poll(&poller, 1, Int32(clamping: rest)) > 0 else { return "connection timed out" }
        var error: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size)
        return error == 0 ? nil : MosquittoLoop.text(ofErrno: error)
    }
}
