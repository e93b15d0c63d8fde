import Interactions
import PipelineKit
import Telemetry
import Testing
import Units

@testable import Engine

/// Messages of any format on their way to the readings of a pipeline.
@Suite("Formats")
struct FormatTests {
    static func uplink(_ device: String, at seconds: Double, count: Int, _ decoded: String) -> String {
        #"""
        {"end_device_ids":{"device_id":"d","dev_eui":"\#(device)"},"received_at":"\#(Story.at(seconds))",
         "uplink_message":{"f_port":85,"f_cnt":\#(count),"decoded_payload":\#(decoded),"received_at":"\#(Story.at(seconds))"}}
        """#
    }

    static let uplinks = "v3/app/devices/d/up"

    @Test("An uplink becomes a reading of the device, at the time of the network")
    func uplink() throws {
        let story = try Story([tellingPipeline(to: "v3/+/devices/+/up", as: .theThingsStack)])
        try story.hear(
            Self.uplinks,
            Self.uplink("AA", at: 8, count: 1, #"{"temperature":21.5,"humidity":40}"#),
            at: 10
        )
        #expect(story.told == ["AA 8 21.5 °C 40.0 % 0.0 L"])
        #expect(story.deadLetters.isEmpty)
    }
}
