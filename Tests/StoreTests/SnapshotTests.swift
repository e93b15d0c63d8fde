import Foundation
import TestSupport
import Testing
import Units

@testable import Store

@Suite("Snapshots")
struct SnapshotTests {
    private func snapshot(_ version: String, at position: Int64, size: Int) -> Snapshot {
        var random = Dice(seed: UInt64(size))
        return Snapshot(
            position: Position(position),
            version: version,
            at: Moment(seconds: position),
            bytes: (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
        )
    }

    @Test(
        "A snapshot comes back whole, whatever its size",
        arguments: [0, 1, 4 << 20, (4 << 20) + 1, 9_000_000]
    )
    func roundTrip(size: Int) throws {
        let test = try TestStore()
        try test.append(["a", "b"])
        let saved = snapshot("v1", at: 2, size: size)
        try test.store.save(saved, of: "0")
        try test.reopen()
        let found = try test.store.newestSnapshot(of: "0")
        #expect(found.snapshot == saved)
        #expect(found.skipped.isEmpty)
        #expect(try test.store.newestSnapshot(of: "1").snapshot == nil)
    }

    @Test("The last two are kept")
    func keepsTwo() throws {
        let test = try TestStore()
        for position in 1...4 as ClosedRange<Int64> {
            try test.append(["a"])
            try test.store.save(snapshot("v\(position)", at: position, size: 10), of: "0")
        }
        let kept = try test.store.database.all("SELECT version FROM snapshot ORDER BY row") { row in
            row.text(0)
        }
        #expect(kept == ["v3", "v4"])
        let parts = try test.store.database.first("SELECT count(*) FROM snapshot_part") { row in row.count(0)
        }
        #expect(parts == 2)
    }

    @Test("A damaged snapshot is skipped, said, and the one before it used")
    func damaged() throws {
        let test = try TestStore()
        try test.append(["a", "b"])
        let good = snapshot("v1", at: 1, size: 1000)
        try test.store.save(good, of: "0")
        try test.store.save(snapshot("v2", at: 2, size: 1000), of: "0")
        try test.store.database.execute(
            "UPDATE snapshot_part SET body = zeroblob(length(body)) WHERE row = (SELECT max(row) FROM snapshot_part)"
        )
        let found = try test.store.newestSnapshot(of: "0")
        #expect(found.snapshot == good)
        #expect(found.skipped.map(\.reason) == ["checksum differs"])
        #expect(found.skipped.first?.description.contains("journal position 2") == true)
        try test.store.database.execute("DELETE FROM snapshot_part")
        let none = try test.store.newestSnapshot(of: "0")
        #expect(none.snapshot == nil)
        #expect(none.skipped.map(\.reason) == ["0 bytes, expected 1000", "0 bytes, expected 1000"])
    }

    @Test("A snapshot that was not finished does not count and is cleared away by the next")
    func unfinished() throws {
        let test = try TestStore()
        try test.append(["a"])
        let good = snapshot("v1", at: 1, size: 10)
        try test.store.save(good, of: "0")
        try test.store.save(snapshot("v2", at: 1, size: 10), of: "0")
        try test.store.database.execute("UPDATE snapshot SET complete = 0 WHERE version = 'v2'")
        #expect(try test.store.newestSnapshot(of: "0").snapshot == good)
        try test.store.save(snapshot("v3", at: 1, size: 10), of: "0")
        let kept = try test.store.database.all("SELECT version FROM snapshot ORDER BY row") { row in
            row.text(0)
        }
        #expect(kept == ["v1", "v3"])
    }
}
