import RecordedFrames
import TestSupport
import Testing
import Units

@testable import Telemetry

/// Whatever bytes come, a codec answers: with readings that can be passed on, or with a problem.
@Suite("Frames that nobody sent are refused or read, never a crash")
struct LoRaWANRandomTests {
    /// A frame has at most 242 bytes; a batch of Watteco packs most values into a byte.
    static let readingLimit = 4096

    /// Every port that any family uses, one that none does, and none.
    static let ports: [UInt8?] = [
        nil, 1, 2, 3, 4, 5, 6, 7, 10, 13, 14, 99, 100, 102, 103, 104, 105, 106, 120, 125, 127, 147,
    ]

    private func answers(_ codec: any LoRaWANCodec, _ port: UInt8?, _ bytes: [UInt8]) -> Bool {
        do throws(FrameProblem) {
            let readings = try codec.readings(port: port, bytes)
            #expect(readings.items.count <= Self.readingLimit)
            #expect(readings.items.allSatisfy { $0.number.isFinite })
            #expect(readings.quality == [] && readings.clock == .arrival)
            #expect(readings.at == Moment(seconds: 1_700_000_000))
            return true
        } catch {
            #expect(!error.description.isEmpty && !error.reason.isEmpty)
            return false
        }
    }

    @Test("All beginnings of the recorded frames")
    func prefixes() throws {
        var read = 0
        for frame in RecordedFrame.all {
            do throws(FrameProblem) {
                let codec = try LoRaWANFamilies.codec(maker: frame.vendor, model: frame.device)
                let bytes = frame.bytes
                for count in bytes.indices where answers(codec, frame.fPort, Array(bytes[..<count])) {
                    read += 1
                }
            } catch {
                #expect(error.reason == "unknown device")
            }
        }
        #expect(read > 0)
    }

    @Test("Nothing at all is refused", arguments: [nil, 2, 6, 125] as [UInt8?])
    func empty(_ port: UInt8?) {
        #expect(LoRaWANFamilies.allCodecs.count > 80)
        for codec in LoRaWANFamilies.allCodecs { #expect(!answers(codec, port, [])) }
    }

    @Test("Random bytes on every port", arguments: [UInt64(1), 2, 3, 4])
    func random(_ seed: UInt64) {
        var dice = Dice(seed: seed)
        for codec in LoRaWANFamilies.allCodecs {
            for port in Self.ports {
                for _ in 0..<10 {
                    let bytes = (0..<Int(dice.next() % 60)).map { _ in UInt8(truncatingIfNeeded: dice.next())
                    }
                    _ = answers(codec, port, bytes)
                }
            }
        }
    }

    @Test("Recorded frames with some bytes changed", arguments: [UInt64(5), 6])
    func changed(_ seed: UInt64) throws {
        var dice = Dice(seed: seed)
        for frame in RecordedFrame.all where !frame.bytes.isEmpty {
            do throws(FrameProblem) {
                let codec = try LoRaWANFamilies.codec(maker: frame.vendor, model: frame.device)
                for _ in 0..<20 {
                    var bytes = frame.bytes
                    for _ in 0...dice.next() % 3 {
                        bytes[Int(dice.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: dice.next())
                    }
                    _ = answers(codec, frame.fPort, bytes)
                }
            } catch {
                #expect(error.reason == "unknown device")
            }
        }
    }

    @Test("The longest frames, of one byte repeated")
    func longest() {
        for codec in LoRaWANFamilies.allCodecs {
            for byte in [0x00, 0x01, 0x11, 0x20, 0x4C, 0x55, 0x80, 0xFF] as [UInt8] {
                for port in Self.ports { _ = answers(codec, port, [UInt8](repeating: byte, count: 242)) }
            }
        }
    }

    @Test("Found by the fuzzer: a meter's number that is no whole number of 64 bits is refused")
    func meterNumber() throws {
        let float: [UInt8] = [0x1E, 0x05, 0x78, 0xCA, 0xF2, 0x49, 0x71]
        let whole: [UInt8] = [0x1E, 0x07, 0x78, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        for frame in [float, whole] {
            let problem = FrameProblem.notAllowed(
                offset: frame.count - 1,
                expected: "the whole number of a meter before it"
            )
            #expect(throws: problem) { try ElvacoCodec().readings(port: 2, frame) }
        }
        let sound = try ElvacoCodec().readings(port: 2, [0x1E, 0x04, 0x78, 0x39, 0x30, 0x00, 0x00])
        #expect(FrameReadings(sound)["meter"]?.text == "12345")
    }
}
