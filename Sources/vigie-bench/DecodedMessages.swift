import PipelineKit
import Telemetry
import Units

/// Two texts, a time, two enums and two numbers.
struct DecodedStatus: Reading {
    var elevator = Name()
    var sequence = 0
    var measuredAt = Moment()
    var floor = 0
    var doors = Doors.closed
    var speed = Speed.zero
    var mode = Mode.normal
    var site = Name()

    enum Doors: String, Word, Decodable { case open, moving, closed }
    enum Mode: String, Word, Decodable { case normal, outOfService }

    static var fields: [Field<Self>] {
        Field("deviceId", \.elevator)
        Field("sequence", \.sequence)
        Field("ts", \.measuredAt)
        Field("floor", \.floor)
        Field("doors", \.doors)
        Field("speed", \.speed, in: .metresPerSecond)
        Field("mode", \.mode)
        Field("site", \.site)
    }

    /// 149 bytes.
    static let example = """
        {"deviceId":"ascenseur-17","sequence":4821,"ts":"2026-01-05T07:31:02.120Z","floor":3,"doors":"closed",\
        "speed":0.75,"mode":"normal","site":"lilas-12"}
        """
}

/// The same for `JSONDecoder`; the time stays a text, for reading it would cost more than everything else.
struct FoundationStatus: Decodable {
    let deviceId: String
    let sequence: Int
    let ts: String
    let floor: Int
    let doors: DecodedStatus.Doors
    let speed: Double
    let mode: DecodedStatus.Mode
    let site: String
}

/// A second of acceleration.
struct MotionMessage: Reading {
    var band = Name()
    var startedAt = Moment()
    var rate = 50
    var samples = Samples()

    static var fields: [Field<Self>] {
        Field("band", \.band)
        Field("ts", \.startedAt)
        Field("rate", \.rate)
        Field("samples", \.samples, in: .g)
    }

    /// 50 samples, with three places behind the point as bands send them.
    static let example: String = {
        let samples = (0..<50).map { number in
            let axes = [985 + number * 7 % 40, number * 13 % 60 - 30, number * 11 % 90 - 45]
            return "[" + axes.map { "\(Double($0) / 1000)" }.joined(separator: ",") + "]"
        }
        return #"{"band":"bande-3","ts":"2026-01-05T07:31:02.120Z","rate":50,"samples":["#
            + samples.joined(separator: ",") + "]}"
    }()
}

struct FoundationMotion: Decodable {
    let band: String
    let ts: String
    let rate: Int
    let samples: [[Double]]
}

/// What a reader of uplinks needs of one.
struct FoundationUplink: Decodable {
    struct Uplink: Decodable {
        struct Gateway: Decodable {
            struct IDs: Decodable {
                let id: String

                enum CodingKeys: String, CodingKey { case id = "gateway_id" }
            }

            let ids: IDs
            let rssi: Double
            let snr: Double

            enum CodingKeys: String, CodingKey {
                case ids = "gateway_ids"
                case rssi, snr
            }
        }

        let port: Int
        let counter: Int
        let decoded: [String: Double]
        let gateways: [Gateway]

        enum CodingKeys: String, CodingKey {
            case port = "f_port"
            case counter = "f_cnt"
            case decoded = "decoded_payload"
            case gateways = "rx_metadata"
        }
    }

    let uplink: Uplink

    enum CodingKeys: String, CodingKey { case uplink = "uplink_message" }
}
