import RecordedFrames
import Testing

@testable import Telemetry

@Suite("The parts that LoRaWAN codecs are made of")
struct LoRaWANFrameTests {
    private func number(_ bytes: [UInt8], _ place: FramePlace) throws(FrameProblem) -> Int64 {
        let result: Result<Int64, FrameProblem> = bytes.withUnsafeBytes { bytes in
            Result { () throws(FrameProblem) in try FrameBytes(bytes).integer(place) }
        }
        return try result.get()
    }

    @Test("Numbers of every length, order and sign")
    func places() throws {
        let bytes: [UInt8] = [0x01, 0xFE, 0x80, 0x7F, 0xFF]
        #expect(try number(bytes, .u8(1)) == 0xFE)
        #expect(try number(bytes, .i8(1)) == -2)
        #expect(try number(bytes, .u16(1)) == 0xFE80)
        #expect(try number(bytes, .i16(1)) == -384)
        #expect(try number(bytes, .u16le(1)) == 0x80FE)
        #expect(try number(bytes, .i16le(1)) == -32_514)
        #expect(try number(bytes, .o16(2)) == 0x7F)
        #expect(try number(bytes, .i24(1)) == -98_177)
        #expect(try number(bytes, .u24le(0)) == 0x80FE01)
        #expect(try number(bytes, .u32(0)) == 0x01FE_807F)
        #expect(try number(bytes, .i32le(1)) == -8_421_122)
        #expect(try number([UInt8](repeating: 0xFF, count: 8), .bytes(0, 8)) == -1)
    }

    @Test("Bits of a number, alone and with a sign")
    func bits() throws {
        #expect(try number([0b1011_0100], .u8(0).bit(7)) == 1)
        #expect(try number([0b1011_0100], .u8(0).bit(0)) == 0)
        #expect(try number([0b1011_0100], .u8(0).bits(2, 4)) == 0b1101)
        #expect(try number([0x0F, 0xF0], .i16(0).bits(4, 8)) == -1)
        #expect(try number([0x0F, 0x70], .i16(0).bits(4, 8)) == -9)
    }

    @Test("Nothing is read past the end, and the problem says how much is missing")
    func end() {
        #expect(throws: FrameProblem.tooShort(bytes: 2, expected: 3)) { try number([1, 2], .u16(1)) }
        #expect(throws: FrameProblem.tooShort(bytes: 0, expected: 1)) { try number([], .u8(0)) }
    }

    @Test("What follows an unknown channel is counted, what came before is kept")
    func unknownChannel() throws {
        let readings = FrameReadings(
            try ElsysCodec().readings(port: 5, [0x01, 0x00, 0xE2, 0x77, 0x01, 0x02])
        )
        #expect(readings["temperature"]?.number == 22.6)
        #expect(readings["undecodedBytes"]?.number == 3)
        #expect(throws: FrameProblem.unknownCode(0x77, of: "channel", offset: 0)) {
            try ElsysCodec().readings(port: 5, [0x77, 0x01])
        }
    }

    @Test("A code without a word is passed on as a doubtful number")
    func unknownWord() throws {
        let readings = FrameReadings(
            try MilesightCodec(model: "ws101").readings(port: 85, [0xFF, 0x2E, 0x09])
        )
        #expect(readings["button"]?.number == 9)
        #expect(readings["button"]?.isDoubtful == true)
    }

    @Test("A model of which only the beginning is known is not read as another")
    func modelsOfDragino() throws {
        func known(_ model: String) -> Bool {
            (try? LoRaWANFamilies.codec(maker: "dragino", model: model)) != nil
        }
        for model in ["LHT65N", "lht65n-e3", "LHT65N-EU868", "lds02", "LSN50-v2", "lt-22222-l", "ldds75-114"]
        {
            #expect(known(model), "\(model)")
        }
        for model in ["lht65n-pir", "lht65n-xyz", "lds04", "ldds12-x", "lsn50v3", "ltc2-lb", "lt2", ""] {
            #expect(!known(model), "\(model)")
        }
        let codec = try LoRaWANFamilies.codec(maker: "dragino", model: "lht65n-vib")
        let bytes = RecordedFrame.bytes(of: "0C16080000000509C40258")
        let readings = FrameReadings(try codec.readings(port: 2, bytes))
        #expect(readings["battery"]?.number == 3.094 && readings["vibrations"]?.number == 5)
        #expect(readings["temperature"]?.number == 25 && readings["humidity"]?.number == 60)
        #expect(readings["illuminance"] == nil)
        let cable = try LoRaWANFamilies.codec(maker: "dragino", model: "lht65n-e31f")
        let climates = FrameReadings(
            try cable.readings(port: 2, RecordedFrame.bytes(of: "CC1609C402580009600200"))
        )
        #expect(climates["probeTemperature"]?.number == 24 && climates["probeHumidity"]?.number == 51.2)
    }

    @Test("A position of Elsys has its lowest byte first; one that is nowhere on Earth is left out")
    func positionOfElsys() throws {
        func position(_ hex: String) throws -> FrameReadings {
            FrameReadings(try ElsysCodec().readings(port: 5, RecordedFrame.bytes(of: hex)))
        }
        // 48.8566 and -2.3522.
        let paris = try position("0976740" + "71EA4FF")
        #expect(paris["latitude"]?.number == 48.8566 && paris["longitude"]?.number == -2.3522)
        let nowhere = try position("0900012345FEDC0100E2")
        #expect(nowhere["latitude"] == nil && nowhere["longitude"] == nil)
        #expect(nowhere["temperature"]?.number == 22.6)
    }

    @Test("What a frame cut short does not hold is doubtful")
    func cutShort() throws {
        let codec = try LoRaWANFamilies.codec(maker: "dragino", model: "lds02")
        let readings = FrameReadings(try codec.readings(port: 10, [0x0B, 0x88, 0x01, 0, 0x25, 0, 0x01]))
        #expect(readings["openings"]?.isDoubtful == false)
        #expect(readings["openDuration"]?.isDoubtful == true)
    }

    @Test("Readings of the device itself are told from those of what it measures")
    func network() throws {
        let readings = try MilesightCodec(model: "em300-th").readings(
            port: 85,
            [0x01, 0x75, 92, 0x03, 0x67, 1, 0]
        )
        #expect(readings.items.map { $0.quality.contains(.network) } == [true, false])
    }

    @Test("Every maker in the list has a codec for some model")
    func makers() {
        let models = [
            "decentlab": "dl-iam", "dragino": "lht65", "mclimate": "vicki", "yobiiq": "em4301",
            "talkpool": "oy1110",
        ]
        for maker in LoRaWANFamilies.makers {
            #expect(throws: Never.self) {
                try LoRaWANFamilies.codec(maker: maker, model: models[maker] ?? "any")
            }
        }
    }

    @Test("Problems say what was found and what was expected")
    func texts() {
        #expect(
            FrameProblem.tooShort(bytes: 3, expected: 5).description
                == "the frame ends after 3 bytes, 5 are needed for what it says it holds"
        )
        #expect(
            FrameProblem.unexpectedPort(9, expected: "6, 7").description
                == "port 9 is not used here: expected 6, 7"
        )
        #expect(
            DecodeProblem.frame(.unknownCode(0x2A, of: "report", offset: 2)).description
                == "byte 2: report 0x2a is not in the table of this family"
        )
        #expect(
            FrameProblem.unknownDevice(maker: "Elsys", model: "x").description
                == "the model \"x\" of \"Elsys\" is not in our tables"
        )
        #expect(
            FrameProblem.unknownDevice(maker: "acme", model: "x").description
                .hasPrefix("no decoder for devices of \"acme\"; known makers: adeunis, axioma")
        )
        #expect(DecodeProblem.frame(.empty).reason == "empty frame")
    }
}
