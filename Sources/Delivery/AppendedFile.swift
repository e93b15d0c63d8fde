import Glibc

/// A file of lines that grows at its end and has one writer.
struct AppendedFile: ~Copyable {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        let doing: String
        let code: Int32
        /// The line may be in the file all the same.
        var mayBeWritten = false

        var description: String {
            let reason = code == EWOULDBLOCK ? "another process writes it" : String(cString: strerror(code))
            return "file \(path): \(doing) not possible: \(reason)"
        }
    }

    /// How much of a file is searched for a line: weeks of a busy site, and a second to read.
    static let searchLimit: off_t = 64 << 20

    private let path: String
    private let durability: FileSink.Durability
    private var descriptor: Int32 = -1

    init(path: String, durability: FileSink.Durability) {
        self.path = path
        self.durability = durability
    }

    deinit {
        if descriptor >= 0 { Self.close(descriptor) }
    }

    /// Gives the lock back first: a child that is being started has the descriptor, and with it the lock, for a moment
    /// longer.
    private static func close(_ descriptor: Int32) {
        flock(descriptor, LOCK_UN)
        Glibc.close(descriptor)
    }

    /// Writes the line whole or not at all.
    mutating func append(_ line: [UInt8]) throws(Failure) {
        try reopenIfNeeded()
        let size = try size(of: descriptor)
        var written = 0
        while written < line.count {
            let count = line[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                // A torn line would make the next one unreadable. When even that is refused, the next opening
                // cuts it off.
                if ftruncate(descriptor, size) != 0 { closeFile() }
                throw failure("writing", code)
            }
            written += count
        }
        guard durability == .eachLine else { return }
        guard fdatasync(descriptor) == 0 else {
            var failure = failure("syncing", errno)
            failure.mayBeWritten = true
            throw failure
        }
    }

    /// Whether the end of the file, or of the one rotated away before (`path.1`), has a line with this text.
    mutating func hasLine(containing text: String) throws(Failure) -> Bool {
        try reopenIfNeeded()
        if try Self.tail(of: descriptor, path).contains(Array(text.utf8)) { return true }
        let rotated = open(path + ".1", O_RDONLY | O_CLOEXEC)
        guard rotated >= 0 else {
            guard errno == ENOENT else { throw Failure(path: path + ".1", doing: "opening", code: errno) }
            return false
        }
        defer { Glibc.close(rotated) }
        return try Self.tail(of: rotated, path + ".1").contains(Array(text.utf8))
    }

    /// After a rotation the path names another file, or none, than the one that is open.
    private mutating func reopenIfNeeded() throws(Failure) {
        if descriptor >= 0 {
            var opened = stat()
            var named = stat()
            if fstat(descriptor, &opened) == 0, stat(path, &named) == 0, opened.st_ino == named.st_ino,
                opened.st_dev == named.st_dev
            {
                return
            }
            closeFile()
        }
        let descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw failure("opening", errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw failure("locking", code)
        }
        self.descriptor = descriptor
        do throws(Failure) {
            try cutTornLine()
        } catch {
            closeFile()
            throw error
        }
    }

    /// A crash in the middle of a write leaves a line without its end; its job is delivered again.
    private func cutTornLine() throws(Failure) {
        let end = try size(of: descriptor)
        let tail = try Self.tail(of: descriptor, path)
        let newline = UInt8(ascii: "\n")
        guard end > 0, tail.last != newline else { return }
        let torn = tail[(tail.lastIndex(of: newline).map { $0 + 1 } ?? 0)...]
        // Only what is the beginning of one of our lines is cut off: somebody may have named the wrong file.
        let beginning = Array(#"{"specversion":"#.utf8)
        guard torn.starts(with: beginning) || beginning.starts(with: torn) else {
            throw failure("appending to what is no file of ours", EEXIST)
        }
        guard ftruncate(descriptor, end - off_t(torn.count)) == 0 else {
            throw failure("cutting a torn line", errno)
        }
    }

    private static func tail(of descriptor: Int32, _ path: String) throws(Failure) -> [UInt8] {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw Failure(path: path, doing: "measuring", code: errno)
        }
        let start = max(0, status.st_size - searchLimit)
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size - start))
        var filled = 0
        while filled < bytes.count {
            let count = bytes[filled...].withUnsafeMutableBytes { room in
                pread(descriptor, room.baseAddress, room.count, start + off_t(filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(path: path, doing: "reading", code: errno) }
            if count == 0 { break }
            filled += count
        }
        bytes.removeLast(bytes.count - filled)
        return bytes
    }

    private func size(of descriptor: Int32) throws(Failure) -> off_t {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("measuring", errno) }
        return status.st_size
    }

    private mutating func closeFile() {
        Self.close(descriptor)
        descriptor = -1
    }

    private func failure(_ doing: String, _ code: Int32) -> Failure {
        Failure(path: path, doing: doing, code: code)
    }
}
