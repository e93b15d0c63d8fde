import Foundation
import Testing

@testable import Telemetry

/// `Fixtures/malformed`: each file is one payload that must not become a reading, and the name of its folder is the
/// reason under which it is counted.
@Suite("Malformed payloads become problems with their reason")
struct MalformedTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/malformed")

    static func files() throws -> [(reason: String, url: URL)] {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter(\.hasDirectoryPath)
            .flatMap { reason in
                try FileManager.default.contentsOfDirectory(at: reason, includingPropertiesForKeys: nil)
                    .map { (reason.lastPathComponent, $0) }
            }
    }

    @Test("Each file of the corpus is refused under the reason that its folder names")
    func corpus() throws {
        let decoder = PayloadDecoder(Everything.layout(required: ["whole"]))
        var reasons: Set<String> = []
        for (reason, url) in try Self.files() {
            let payload = [UInt8](try Data(contentsOf: url))
            let name = url.lastPathComponent
            do {
                _ = try Everything.decode(payload, decoder)
                Issue.record("\(reason)/\(name) became a reading")
            } catch {
                #expect(
                    error.reason.lowercased().replacing(" ", with: "-") == reason,
                    "\(name): \(error)"
                )
                #expect(!error.description.isEmpty)
            }
            reasons.insert(reason)
        }
        #expect(
            reasons == [
                "malformed", "not-utf-8", "empty", "field-missing", "field-repeated", "wrong-type",
                "out-of-range", "unknown-word",
            ]
        )
        #expect(try Self.files().count >= 60)
    }

    @Test("256 MB are refused by their size, before they are looked at")
    func tooLarge() throws {
        let size = 256 << 20
        let payload = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { payload.deallocate() }
        // Not touched, so not one page of it is in memory: neither the test nor the decoder reads it.
        let levels = TopicLevels()
        var reading = Everything()
        withUnsafeMutableBytes(of: &reading) { memory in
            let decoder = PayloadDecoder(Everything.layout())
            #expect(throws: DecodeProblem.tooLarge(bytes: size)) {
                try decoder.decode(
                    UnsafeRawBufferPointer(payload),
                    topic: levels,
                    into: #require(memory.baseAddress)
                )
            }
        }
        #expect(DecodeProblem.tooLarge(bytes: size).reason == "too large")
    }

    @Test("A payload of the largest size is taken, one byte more is not")
    func sizeLimit() throws {
        let decoder = PayloadDecoder(Everything.layout())
        let frame = [UInt8](#"{"whole":3,"x":""}"#.utf8)
        let filling = [UInt8](repeating: UInt8(ascii: "a"), count: PayloadDecoder.sizeLimit - frame.count)
        let payload = frame.dropLast(2) + filling + frame.suffix(2)
        #expect(try Everything.decode(Array(payload), decoder).whole == 3)
        #expect(throws: DecodeProblem.tooLarge(bytes: PayloadDecoder.sizeLimit + 1)) {
            try Everything.decode(payload + [0x20], decoder)
        }
    }

    @Test("Nesting of 64 levels is taken, deeper is refused")
    func nesting() {
        func nested(_ depth: Int) -> String {
            "{\"x\":" + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        #expect(Everything.problem(nested(64)) == nil)
        #expect(Everything.problem(nested(65))?.reason == "malformed")
        #expect(Everything.problem(nested(100_000))?.reason == "malformed")
    }

    @Test("Every problem is said in words, and none repeats a value of the payload")
    func words() {
        let secret = "0612345678"
        for payload in [
            "{\"name\":\(secret)x}", "{\"doors\":\"\(secret)\"}", "{\"time\":\"\(secret)\"}",
            "{\"flag\":\"\(secret)\"}",
            "{\"whole\":\"\(secret)\"}", "{\"seconds\":\(secret)e9}", "{\"\(secret)\"}",
        ] {
            let problem = Everything.problem(payload)
            #expect(problem != nil && problem?.description.contains(secret) == false, "\(payload)")
        }
    }
}
