import Interactions
import Pipelines
import Store
import Telemetry
import Testing
import Units

@testable import vigie

@Suite("The report, from the command line")
struct ReportCommandTests {
    private let begin = ElevatorRecording.begin

    private func store() throws -> TestStore {
        let test = try TestStore()
        try test.commit(.interaction("EVT_1"), .notice("MSG_1"), at: begin)
        let sent = begin + .seconds(20)
        let job = try #require(try test.store.claimJobs(of: "file", now: sent, limit: 1).first)
        try test.store.finish(job.row, as: .done(reference: nil), at: sent)
        try test.take(.receipt(Receipt(id: "MSG_1", sink: "kannel", outcome: .delivered, at: sent)))
        let taken = begin + .minutes(2)
        try test.commit(.interaction("EVT_2", seq: 2, status: .acknowledged, at: taken), at: taken)
        let over = begin + .minutes(90)
        let closed = Effect.interaction("EVT_3", seq: 3, status: .closed, at: over, cause: "Fausse alerte")
        try test.commit(closed, at: over)
        return test
    }

    @Test("Figures of a day, as a table, as CSV and as JSON")
    func forms() throws {
        let test = try store()
        let run = try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05")
        #expect(run.code == 0)
        #expect(run.lines[0] == "cases opened from 2026-01-05 to 2026-01-05")
        #expect(run.lines.count == 8)
        #expect(run.lines[2].hasPrefix("all "))
        #expect(run.lines[2].contains("20 s") && run.lines[2].contains("90 min"))
        #expect(run.lines[2].hasSuffix("100.0 %"))
        #expect(run.lines[2].contains(" 1/1 "))
        #expect(run.lines[7].hasPrefix("A7 "))
        #expect(run.lines[7].contains("elevators, out of service"))

        let rows = try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05", "--csv").lines
        #expect(rows[0] == "pipeline,detector,subject,figure,unit,value")
        #expect(rows.contains(",,,cases,count,1"))
        #expect(rows.contains(",,,firstNotice.p50,s,20"))
        #expect(rows.contains("elevators,out of service,,acknowledged.p97.5,s,120"))
        #expect(rows.contains("elevators,,,deliveredShare,share,1"))
        #expect(rows.contains(",,A7,downtime,s,5400"))
        #expect(rows.contains(",,,takenShare,share,1"))
        #expect(rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 6 })

        let json = try #require(
            try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05", "--json").json.first
        )
        let all = try #require(json["lines"]?.array?.first)
        #expect(all["ended.p50"] == 5400)
        #expect(all["falseAlarmRate"] == 1)
        #expect(all["pipeline"] == .null)
        #expect(json["from"] == "2026-01-04T23:00:00.000Z", "the day begins at midnight in Paris")
        #expect(json["downtime"]?.array?.first?["seconds"] == 5400)
    }

    @Test("In French the words and the numbers are French")
    func french() throws {
        let test = try store()
        let run = try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05", "--language", "fr")
        #expect(run.lines[0] == "dossiers ouverts du 2026-01-05 au 2026-01-05")
        #expect(run.lines[1].contains("pris en charge") && run.lines[1].contains("remis"))
        #expect(run.lines[2].hasPrefix("tous ") && run.lines[2].hasSuffix("100,0 %"))
        #expect(!run.output.contains("downtime"))
    }

    @Test("Without receipts nobody knows how many texts arrived, and a case that nobody took is said")
    func unknown() throws {
        let test = try TestStore()
        try test.commit(.interaction("EVT_1"), .notice("MSG_1"), at: begin)
        let job = try #require(try test.store.claimJobs(of: "file", now: begin, limit: 1).first)
        try test.store.finish(job.row, as: .done(reference: nil), at: begin)
        let run = try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05")
        #expect(run.lines[2].contains(" 0/1 "))
        #expect(!run.output.contains("0.0 %"))
        let json = try test.run("report", "--from", "2026-01-05", "--to", "2026-01-05", "--json").json[0]
        let all = try #require(json["lines"]?.array?.first)
        #expect([all["textsSent"], all["deliveredShare"], all["takenShare"]] == [1, .null, 0])
    }

    @Test("Of the detectors only those whose case says so make an asset count as out of order")
    func outOfOrder() {
        let names = allPipelines.detectorsOfAssetsOutOfOrder.sorted().map { "\($0.pipeline): \($0.name)" }
        #expect(
            names == [
                "appliances: fault", "elevator states: out of service", "elevator usage: standstill",
                "elevators: out of service", "lift monitors: out of service",
                "machines: does not start",
            ]
        )
    }

    @Test("Days are those of the zone, and days without a case have figures without a value")
    func days() throws {
        let test = try store()
        let empty = try test.run("report", "--from", "2026-01-06", "--to", "2026-01-06", "--csv").output
        #expect(empty.contains(",,,cases,count,0"))
        #expect(empty.contains(",,,textsPerCase,number,\n"))
        // 2026-01-04 23:30 UTC is the 5th in Paris and the 4th in Lisbon.
        let night = try TestStore()
        let late = Moment(seconds: 1_767_569_400)
        try night.commit(.interaction("EVT_9", at: late), at: late)
        func cases(_ zone: String) throws -> Bool {
            let settings = night.settings.merging([.zone: zone]) { $1 }
            return try CommandRun(
                ["report", "--from", "2026-01-05", "--to", "2026-01-05", "--csv"],
                settings
            )
            .output.contains(",,,cases,count,1")
        }
        #expect(try cases("Europe/Paris"))
        #expect(try !cases("Europe/Lisbon"))
    }

    @Test("More words make more false alarms")
    func words() throws {
        let test = try TestStore()
        let over = begin + .minutes(1)
        try test.commit(
            .interaction("EVT_1"),
            .interaction("EVT_2", seq: 2, status: .closed, at: over, cause: "exercice")
        )
        func rate(_ words: String) throws -> Bool {
            let settings = test.settings.merging([.falseAlarmWords: words]) { $1 }
            return try CommandRun(
                ["report", "--from", "2026-01-05", "--to", "2026-01-05", "--csv"],
                settings
            )
            .output.contains(",,,falseAlarms,count,1")
        }
        #expect(try !rate(""))
        #expect(try rate("drill, Exercice"))
    }

    @Test(
        "What is no span of days is refused",
        arguments: [
            [], ["--from", "2026-01-05"], ["--from", "2026-01-06", "--to", "2026-01-05"],
            ["--from", "today", "--to", "2026-01-05"], ["--from", "2026-02-30", "--to", "2026-03-05"],
            ["--from", "2026-01-05", "--to", "2026-01-05", "--csv", "--json"],
        ]
    )
    func mistakes(arguments: [String]) throws {
        let test = try TestStore()
        #expect(try CommandRun(["report"] + arguments, test.settings).code == 64)
    }
}
