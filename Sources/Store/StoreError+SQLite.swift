internal import CSQLite
import Glibc

extension StoreError {
    /// What an (extended) result code of SQLite means for the store at `path`.
    static func from(code: Int32, reason: String, systemError: Int32, path: String) -> StoreError {
        switch code & 0xff {
        case SQLITE_BUSY, SQLITE_LOCKED:
            return .busy(path: path)
        case SQLITE_FULL:
            return full(path)
        case SQLITE_READONLY:
            return .readOnly(path: path)
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            return .corrupt(path: path, detail: reason)
        case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
            return .cannotOpen(path: path, reason: reason)
        case SQLITE_IOERR:
            // SQLite knows only ENOSPC as a full disk; a quota and a limit on file sizes are the same to us.
            return [ENOSPC, EDQUOT, EFBIG].contains(systemError)
                ? full(path) : .inputOutput(path: path, code: code, reason: reason)
        default:
            return .unexpected(path: path, code: code, reason: reason)
        }
    }

    private static func full(_ path: String) -> StoreError {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return .diskFull(path: path, free: 0, total: 0) }
        let block = Int64(status.f_frsize)
        return .diskFull(
            path: path,
            free: Int64(status.f_bavail) * block,
            total: Int64(status.f_blocks) * block
        )
    }
}
