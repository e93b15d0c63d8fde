import Interactions
import Testing
import Units

@Suite("What goes out is a CloudEvent with stable bytes")
struct CloudEventTests {
    let at = Moment(seconds: 1_767_600_662)

    @Test("An interaction has the envelope and the body of the schema, byte for byte")
    func interaction() {
        let interaction = Interaction(
            id: "EVT_A",
            key: "CASE_B",
            seq: 3,
            kind: .case,
            verb: .updated,
            status: .inProgress,
            severity: .critical,
            privacy: .technical,
            pipeline: "water meters",
            detector: "leak",
            queue: "maintenance",
            subject: "M-17",
            site: "LILAS",
            title: Bilingual(french: "Fuite \"probable\"", english: "Likely leak"),
            text: Bilingual(french: "3,5 L/h\nla nuit"),
            at: at,
            openedAt: at - .minutes(90),
            overAt: at - .minutes(1),
            evidence: [
                Evidence(name: "flow", value: "3.5", unit: "L/h"), Evidence(name: "night", value: "yes"),
            ]
        )
        let expected = """
            {"specversion":"1.0","id":"EVT_A","source":"/pipelines/water%20meters",\
            "type":"io.vigie.interaction.case.updated.v1","subject":"case/CASE_B",\
            "time":"2026-01-05T08:11:02.000Z","datacontenttype":"application/json","data":\
            {"interaction":{"kind":"case","verb":"updated","key":"CASE_B","seq":3},"status":"inProgress",\
            "severity":"critical","queue":"maintenance","detector":"leak",\
            "title":{"fr":"Fuite \\"probable\\"","en":"Likely leak"},\
            "text":{"fr":"3,5 L/h\\nla nuit","en":"3,5 L/h\\nla nuit"},"subject":{"id":"M-17"},\
            "site":{"id":"LILAS"},"times":{"opened":"2026-01-05T06:41:02.000Z",\
            "over":"2026-01-05T08:10:02.000Z"},"channel":"iot",\
            "direction":"inbound","evidence":[{"metric":"flow","value":"3.5","unit":"L/h"},\
            {"metric":"night","value":"yes"}],"privacy":{"class":"technical"}}}
            """
        #expect(String(decoding: CloudEvent.bytes(of: interaction), as: UTF8.self) == expected)
        #expect(CloudEvent.bytes(of: interaction) == CloudEvent.bytes(of: interaction))
    }

    @Test("What a person said of a case follows, and the event is read back whole")
    func readBack() throws {
        var told = Interaction(
            id: "EVT_A",
            key: "CASE_B",
            seq: 3,
            kind: .case,
            verb: .closed,
            status: .closed,
            severity: .warning,
            privacy: .health,
            pipeline: "chutes é/%",
            detector: "fall",
            queue: "care",
            subject: "P-1",
            site: nil,
            title: Bilingual(french: "Chute", english: "Fall"),
            at: at,
            openedAt: at - .minutes(90),
            overAt: at - .minutes(1)
        )
        #expect(Interaction(cloudEvent: CloudEvent.bytes(of: told)) == told)
        told.site = "LILAS"
        told.text = Bilingual(french: "aidée")
        told.evidence = [Evidence(name: "impact", value: "3,2", unit: "g"), Evidence(name: "n", value: "")]
        told.by = "P-8"
        told.assignee = "P-9"
        told.estimate = at + .hours(2)
        told.cause = "fausse alerte"
        told.parent = "CASE_A"
        let event = try JSON(parsing: CloudEvent.bytes(of: told))
        #expect(event["data"]?["estimate"] == "2026-01-05T10:11:02.000Z")
        #expect(event["data"]?["cause"] == "fausse alerte")
        #expect(Interaction(cloudEvent: CloudEvent.bytes(of: told)) == told)
    }

    @Test("What is no event of ours is not read")
    func notOurs() {
        let whole = Array(String(decoding: CloudEvent.bytes(of: sample), as: UTF8.self).utf8)
        #expect(Interaction(cloudEvent: whole) == sample)
        for end in stride(from: 0, to: whole.count, by: 7) {
            #expect(Interaction(cloudEvent: Array(whole[..<end])) == nil)
        }
        for (text, other) in [("opened", "invented"), ("/pipelines/", "/other/"), ("2026-", "then-")] {
            let changed = String(decoding: whole, as: UTF8.self).replacing(text, with: other)
            #expect(Interaction(cloudEvent: Array(changed.utf8)) == nil, "\(text)")
        }
    }

    private var sample: Interaction {
        Interaction(
            task: Notice(
                id: "MSG_1",
                key: "CASE_B",
                phase: "begins",
                recipient: "P-1",
                role: "advisor",
                urgency: .service,
                privacy: .personal,
                text: "Rappeler P-1",
                language: .french,
                expectsReply: false,
                pipeline: "elevators",
                detector: "out of service",
                subject: "A7",
                at: at,
                notAfter: at + .hours(1),
                channel: .task
            )
        )
    }

    @Test("A notice and a command are one line of JSON each, with their own types")
    func others() throws {
        let notice = Notice(
            id: "MSG_1",
            key: "CASE_B",
            phase: "begins",
            recipient: "P-1",
            role: "technician-on-call",
            urgency: .lifeSafety,
            privacy: .technical,
            text: "Bloqué\nA7",
            language: .french,
            expectsReply: true,
            pipeline: "elevators",
            detector: "people stuck",
            subject: "A7",
            at: at,
            notAfter: at + .minutes(10)
        )
        let event = try JSON(parsing: CloudEvent.bytes(of: notice))
        #expect(event["type"] == "io.vigie.notice.v1")
        #expect(event["data"]?["text"] == "Bloqué\nA7")
        #expect(event["data"]?["recipient"] == "P-1")
        #expect(event["data"]?["channel"] == "text")
        #expect(event["data"]?["reason"] == "found")
        #expect(event["data"]?["notAfter"] == "2026-01-05T08:21:02.000Z")
        #expect(!CloudEvent.bytes(of: notice).contains(0x0A))

        let command = Command(
            id: "CMD_1",
            key: "CASE_B",
            topic: "home/7/valve",
            payload: "close",
            pipeline: "water meters",
            detector: "burst",
            subject: "M-17",
            at: at,
            notAfter: at + .minutes(1)
        )
        let closing = try JSON(parsing: CloudEvent.bytes(of: command))
        #expect(closing["type"] == "io.vigie.command.v1")
        #expect(closing["data"]?["topic"] == "home/7/valve")
        #expect(closing["data"]?["by"] == .null)
    }
}
