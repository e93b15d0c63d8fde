import Testing

@testable import Store

/// What is asked often must not become slower with what was delivered long ago.
@Suite("Query plans")
struct QueryPlanTests {
    @Test(
        "Neither a look at what is open nor a purge passes over the whole outbox",
        arguments: [
            Store.dueJobsQuery, Store.oldestUnsentNoticeQuery, Store.unknownAfterCrashUpdate,
            Following.orphansUpdate,
            Store.purgeableQuery("interaction"), Store.purgeableQuery("notice"),
            Store.purgeableQuery("command"),
        ]
    )
    func noScan(query: String) throws {
        let test = try TestStore()
        let plan = try test.store.database.all("EXPLAIN QUERY PLAN " + query) { row in row.text(3) }
        #expect(!plan.isEmpty)
        #expect(!plan.contains { $0.hasPrefix("SCAN") || $0.contains("TEMP B-TREE") }, "\(plan)")
        // An index on a column that hardly tells rows apart is a scan under another name.
        #expect(!plan.contains { $0.contains("(kind=?)") }, "\(plan)")
    }
}
