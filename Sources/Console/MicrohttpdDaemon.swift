internal import CMicrohttpd
import Glibc

/// The only file that speaks to libmicrohttpd.
///
/// `@unchecked Sendable` because the pointer never changes and never leaves this class, and the library is only
/// called to start and, when nobody holds this object any more, to stop.
final class MicrohttpdDaemon: @unchecked Sendable {
    let port: UInt16
    private let daemon: OpaquePointer
    /// Kept alive as long as the library may call back.
    private let service: Service

    init(
        _ settings: HTTPServer.Settings,
        answer: @escaping @Sendable (Request) -> Response,
        bodyLimit: Int
    ) throws(HTTPServer.Failure) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = settings.port.bigEndian
        guard inet_pton(AF_INET, settings.address, &address.sin_addr) == 1 else {
            throw .init(address: settings.address, port: settings.port, reason: "this is no IPv4 address")
        }
        let service = Service(answer: answer, bodyLimit: bodyLimit)
        let flags = MHD_USE_INTERNAL_POLLING_THREAD.rawValue | MHD_USE_THREAD_PER_CONNECTION.rawValue
        errno = 0
        let started = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                vigie_mhd_start(
                    UInt32(flags),
                    address,
                    takePiece,
                    forget,
                    Unmanaged.passUnretained(service).toOpaque(),
                    UInt32(settings.connectionLimit),
                    UInt32(settings.idleSeconds),
                    UInt32(settings.backlog)
                )
            }
        }
        guard let started else {
            let reason = errno == 0 ? "the server library gives no reason" : String(cString: strerror(errno))
            throw .init(address: settings.address, port: settings.port, reason: reason)
        }
        daemon = started
        self.service = service
        port = UInt16(truncatingIfNeeded: vigie_mhd_port(started))
    }

    /// Waits for the answers under way.
    deinit {
        MHD_stop_daemon(daemon)
    }
}

/// What the library's callbacks need.
private final class Service: Sendable {
    let answer: @Sendable (Request) -> Response
    let bodyLimit: Int

    init(answer: @escaping @Sendable (Request) -> Response, bodyLimit: Int) {
        self.answer = answer
        self.bodyLimit = bodyLimit
    }
}

/// A request whose pieces are still coming in; of one connection, so of one thread.
private final class Exchange {
    var body: [UInt8] = []
    var isTooLarge = false
}

/// Called once when the headers are there, then for each piece of the body, then once more at its end.
private func takePiece(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?,
    _ piece: UnsafePointer<CChar>?,
    _ pieceSize: UnsafeMutablePointer<Int>?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let url, let method, let pieceSize, let slot else { return .NO }
    let service = Unmanaged<Service>.fromOpaque(context).takeUnretainedValue()
    guard let held = slot.pointee else {
        slot.pointee = Unmanaged.passRetained(Exchange()).toOpaque()
        return .YES
    }
    let exchange = Unmanaged<Exchange>.fromOpaque(held).takeUnretainedValue()
    if pieceSize.pointee > 0 {
        exchange.take(
            UnsafeRawBufferPointer(start: piece, count: pieceSize.pointee),
            limit: service.bodyLimit
        )
        pieceSize.pointee = 0
        return .YES
    }
    guard !exchange.isTooLarge else {
        return queue(Response(413, "at most \(service.bodyLimit) bytes are read\n"), on: connection)
    }
    let request = Request(
        method: String(cString: method),
        path: String(cString: url),
        query: items(of: connection, .GET_ARGUMENT_KIND),
        headers: items(of: connection, .HEADER_KIND),
        body: exchange.body
    )
    return queue(service.answer(request), on: connection)
}

extension Exchange {
    func take(_ piece: UnsafeRawBufferPointer, limit: Int) {
        // The rest of a body that is too large is read and thrown away, so that the answer can be read.
        guard !isTooLarge, body.count + piece.count <= limit else {
            isTooLarge = true
            body = []
            return
        }
        body.append(contentsOf: piece)
    }
}

private func forget(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ slot: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ code: MHD_RequestTerminationCode
) {
    guard let slot, let held = slot.pointee else { return }
    Unmanaged<Exchange>.fromOpaque(held).release()
    slot.pointee = nil
}

private func queue(_ response: Response, on connection: OpaquePointer?) -> MHD_Result {
    let made = response.body.withUnsafeBytes { body in
        MHD_create_response_from_buffer(
            body.count,
            UnsafeMutableRawPointer(mutating: body.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
    guard let made else { return .NO }
    defer { MHD_destroy_response(made) }
    guard MHD_add_response_header(made, "Content-Type", response.contentType) == .YES else {
        return .NO
    }
    return MHD_queue_response(connection, UInt32(response.status), made)
}

private func items(of connection: OpaquePointer?, _ kind: MHD_ValueKind) -> [Request.Item] {
    final class Collected {
        var items: [Request.Item] = []
    }
    let collected = Collected()
    MHD_get_connection_values_n(
        connection,
        kind,
        { context, _, name, nameSize, value, valueSize in
            guard let context, let name else { return .YES }
            let collected = Unmanaged<Collected>.fromOpaque(context).takeUnretainedValue()
            let key = UnsafeRawBufferPointer(start: name, count: nameSize)
            let bytes = UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueSize)
            collected.items.append(Request.Item(String(decoding: key, as: UTF8.self), Array(bytes)))
            return .YES
        },
        Unmanaged.passUnretained(collected).toOpaque()
    )
    return collected.items
}
