import Foundation
import Measuring
import RecordedFrames
import Telemetry
import TestSupport
import Units

extension Benchmark {
    /// What becomes of payloads that real devices sent.
    static let payloads = Benchmark(
        name: "payloads",
        summary: "recorded payloads decoded, family by family: as expected, partly, refused with the reason"
    ) { options in
        let sources = PayloadSources(options)
        var table = PayloadTable()
        for frame in try RecordedFrame.read(sources.frames) { table.add(frame) }
        try table.addMessages(
            of: "The Things Stack (read; nothing is expected of it)",
            sources.theThingsStack
        ) { message in
            ("v3/app/devices/device-1/up", message)
        }
        try table.addMessages(of: "Shelly (the same)", sources.shelly, shellyMessage)
        try table.addSenML(sources.senML)
        try table.addSparkplug(sources.sparkplug)
        table.report()
    }

    /// A status of the first generation on a topic of its own, and what a later device answers to an order: its status,
    /// or something else, which is left out. The recordings have a status beside the settings.
    private static func shellyMessage(_ message: [String: Any]) -> (topic: String, message: Any) {
        let status = message["status"] as? [String: Any]
        if let status, status["sys"] == nil { return ("shellies/shelly-1/status", status) }
        return ("shelly-1/rpc", ["src": "shelly-1", "dst": "vigie", "result": status ?? message])
    }
}

/// Where the payloads are: all of them in the folder of `--data`, else those in `Fixtures`.
private struct PayloadSources {
    let frames: [URL]
    let theThingsStack: URL
    let shelly: URL
    let senML: URL
    let sparkplug: URL

    init(_ options: Options) {
        guard let data = options.data else {
            let fixtures = repository.appendingPathComponent("Fixtures")
            frames = RecordedFrame.fixtures
            theThingsStack = fixtures.appendingPathComponent("envelopes/the-things-stack.jsonl")
            shelly = fixtures.appendingPathComponent("envelopes/shelly-status.jsonl")
            senML = fixtures.appendingPathComponent("payloads/senml")
            sparkplug = fixtures.appendingPathComponent("payloads/sparkplug/vectors.json")
            return
        }
        let folder = URL(fileURLWithPath: data).appendingPathComponent("payloads")
        frames = ["lorawan_chirpstack_mit.jsonl", "lorawan_ttn_apache2.jsonl"].map {
            folder.appendingPathComponent($0)
        }
        theThingsStack = folder.appendingPathComponent("tts_v3_messages_apache2.jsonl")
        shelly = folder.appendingPathComponent("shelly_gen1_gen2_apache2.jsonl")
        senML = folder.appendingPathComponent("senml")
        sparkplug = folder.appendingPathComponent("sparkplug_b_vectors_apache2.json")
    }
}
