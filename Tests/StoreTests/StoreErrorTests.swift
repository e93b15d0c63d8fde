import Glibc
import Testing

@testable import Store

@Suite("What the store says")
struct StoreErrorTests {
    @Test(
        "Every error says what happens to the messages and what to do",
        arguments: [
            (
                StoreError.diskFull(path: "/d/v", free: 0, total: 20_000_000_000),
                "store /d/v: disk is full (0.0 of 20.0 GB free); intake paused, broker keeps the messages; "
                    + "goes on by itself when there is room"
            ),
            (
                .busy(path: "/d/v"),
                "store /d/v: another process has held the write lock for 5 s; intake paused, "
                    + "broker keeps the messages; trying again; find it with: fuser /d/v"
            ),
            (
                .headMoved(partition: "0", expected: Position(3), found: Position(5)),
                "journal 0: ends at 5, expected 3: somebody else appended; nothing was stored; "
                    + "reading those entries, then trying again"
            ),
            (
                .journalGap(partition: "0", asked: Position(3), oldest: nil),
                "journal 0: entries from 3 were asked for, none are kept; state cannot be rebuilt from there; "
                    + "start from a snapshot"
            ),
            (
                .refused(action: "be cancelled", row: 7, found: .done, allowed: [.pending, .parked]),
                "outbox 7: cannot be cancelled: it is done; expected pending or parked; nothing was changed"
            ),
            (
                .newer(path: "/d/v", what: "the database", found: 3, known: 2),
                "store /d/v: the database has version 3, this Vigie knows up to 2; nothing was changed; "
                    + "start the newer Vigie again, or restore the backup made before it"
            ),
            (
                .older(path: "/d/v", found: 1, expected: 6),
                "store /d/v: has version 1, expected 6; nothing was changed or read; "
                    + "vigie run of this version brings it up to date"
            ),
        ]
    )
    func sentence(error: StoreError, text: String) {
        #expect("\(error)" == text)
    }

    @Test("Trouble that can heal asks to wait, a moved head to catch up, everything else to stop")
    func remedies() {
        let path = "/d/v"
        let waiting: [StoreError] = [
            .busy(path: path), .diskFull(path: path, free: 0, total: 0), .readOnly(path: path),
            .inputOutput(path: path, code: 10, reason: "r"),
        ]
        let stopping: [StoreError] = [
            .cannotOpen(path: path, reason: "r"), .corrupt(path: path, detail: "d"), .foreign(path: path),
            .older(path: path, found: 1, expected: 2), .unexpected(path: path, code: 1, reason: "r"),
        ]
        for error in waiting {
            #expect(error.isTransient)
            #expect("\(error)".contains("intake paused, broker keeps the messages"))
        }
        for error in stopping { #expect(error.remedy == .stop) }
    }

    /// 778 is SQLITE_IOERR_WRITE, 13 SQLITE_FULL: SQLite itself takes only ENOSPC for a full disk.
    @Test("No room is no room, whether the disk, the quota or the size limit says so")
    func noRoom() {
        let codes: [(Int32, Int32)] = [(13, 0), (778, EFBIG), (778, EDQUOT), (778, ENOSPC)]
        for (code, systemError) in codes {
            let error = StoreError.from(code: code, reason: "r", systemError: systemError, path: "/")
            guard case .diskFull = error else {
                Issue.record("\(code) with \(systemError) became \(error)")
                continue
            }
        }
        #expect(
            StoreError.from(code: 778, reason: "r", systemError: EIO, path: "/")
                == .inputOutput(path: "/", code: 778, reason: "r")
        )
    }

    @Test("A stored value never appears in an error")
    func silent() throws {
        let test = try TestStore()
        try test.commit(notice("MSG_1", to: "P_secret"))
        let error = storeError {
            try test.store.database.run(
                "INSERT INTO notice (id, recipient, text) VALUES (?, ?, ?)",
                [.text("MSG_1"), .text("P_secret"), .text("secret text")]
            )
        }
        #expect(error != nil)
        #expect(!"\(String(describing: error))".contains("secret"))
    }
}
