import Foundation
import TestSupport
import Testing
import Units

@testable import MQTT

/// A throw-away certificate authority with a broker's and a client's certificate.
struct Certificates {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        try authority("ca")
        try authority("other-ca")
        try certificate("broker", name: "localhost", alternatives: "DNS:localhost,IP:127.0.0.1")
        try certificate("elsewhere", name: "elsewhere", alternatives: "DNS:elsewhere.example")
        try certificate("client", name: "vigie", alternatives: "DNS:vigie")
    }

    private func authority(_ name: String) throws {
        try openssl([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2",
            "-subj", "/CN=\(name)", "-keyout", folder.path("\(name).key"), "-out", folder.path("\(name).crt"),
        ])
    }

    private func certificate(_ file: String, name: String, alternatives: String) throws {
        try openssl([
            "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj",
            "/CN=\(name)",
            "-keyout", folder.path("\(file).key"), "-out", folder.path("\(file).csr"),
        ])
        try folder.write("subjectAltName=\(alternatives)\n", to: "\(file).ext")
        try openssl([
            "x509", "-req", "-in", folder.path("\(file).csr"), "-CA", folder.path("ca.crt"), "-CAkey",
            folder.path("ca.key"), "-CAcreateserial", "-days", "2", "-extfile", folder.path("\(file).ext"),
            "-out", folder.path("\(file).crt"),
        ])
    }

    private func openssl(_ arguments: [String]) throws {
        let log = folder.url.appendingPathComponent("openssl.log")
        let process = try ServerProcess("/usr/bin/openssl", arguments, output: log)
        while process.isRunning { Monotonic.sleep(.milliseconds(2)) }
    }

    /// A broker that wants a client certificate.
    func broker(_ certificate: String = "broker") throws -> MosquittoServer {
        try MosquittoServer(
            .defaults(besides: [
                "cafile {folder}/ca.crt", "certfile {folder}/\(certificate).crt",
                "keyfile {folder}/\(certificate).key", "require_certificate true",
                "use_identity_as_username true", "allow_anonymous false", "max_inflight_messages 20000",
                "max_queued_messages 0",
            ]),
            folder: folder
        )
    }

    func settings(_ port: Int, authority: String = "ca", client: String? = "client") -> MQTTSettings {
        var settings = MQTTSettings.test(port)
        settings.tls = TLSSettings(
            authority: folder.path("\(authority).crt"),
            certificate: client.map { folder.path("\($0).crt") },
            privateKey: client.map { folder.path("\($0).key") }
        )
        return settings
    }
}

@Suite("Encrypted connections", .serialized, .timeLimit(.minutes(2)))
struct TLSTests {
    @Test("With a client certificate, messages flow both ways and acknowledgements hold")
    func clientCertificate() throws {
        let certificates = try Certificates()
        let server = try certificates.broker()
        let settings = certificates.settings(server.port)
        let memory = MemoryInMemory()
        let publisher = makePublisher(settings)
        let intake = makeIntake(settings, memory: memory)
        _ = try intake.connect()
        let total = 3_000
        for number in 0..<total { try publisher.publish(to: "t/1", "\(number)") }
        let story = try intake.run { $0.messages.count == total }
        #expect(story.payloads == (0..<total).map { "\($0)" })
        intake.stop(within: .seconds(5))
        #expect(try makeIntake(settings, memory: memory).rest(publisher) == [])
    }

    @Test("A backlog waiting at connect is not acknowledged by what is sent to subscribe")
    func backlogAtConnect() throws {
        let certificates = try Certificates()
        let server = try certificates.broker()
        let settings = certificates.settings(server.port)
        let memory = MemoryInMemory()
        let publisher = makePublisher(settings)
        let first = makeIntake(settings, memory: memory)
        _ = try first.connect()
        first.stop(within: .seconds(5))
        for number in 0..<50 { try publisher.publish(to: "t/1", "\(number)") }
        try publisher.flush()
        // Dies with its first batch: with TLS the answer to CONNECT and messages come in one piece.
        var crashing: MQTTIntake? = makeIntake(settings, memory: memory)
        _ = try crashing?.run(acknowledging: false) { _ in false }
        crashing = nil
        let last = makeIntake(settings, memory: memory)
        #expect(try last.rest(publisher) == (0..<50).map { "\($0)" })
    }

    @Test("A broker whose certificate another authority signed is not trusted")
    func wrongAuthority() throws {
        let certificates = try Certificates()
        let server = try certificates.broker()
        let intake = makeIntake(certificates.settings(server.port, authority: "other-ca"))
        let error = try #require(try intake.run { !$0.errors.isEmpty }.errors.first)
        #expect("\(error)".contains("cannot be trusted: "))
        #expect("\(error)".contains("certificate verify failed"))
    }

    @Test("A broker whose certificate names another host is not trusted")
    func wrongHost() throws {
        let certificates = try Certificates()
        let server = try certificates.broker("elsewhere")
        let intake = makeIntake(certificates.settings(server.port))
        let error = try #require(try intake.run { !$0.errors.isEmpty }.errors.first)
        #expect("\(error)".contains("cannot be trusted: "))
    }

    @Test("Without the client certificate that the broker wants there is no connection")
    func noClientCertificate() throws {
        let certificates = try Certificates()
        let server = try certificates.broker()
        let intake = makeIntake(certificates.settings(server.port, client: nil))
        let story = try intake.run { !$0.errors.isEmpty }
        #expect(story.connections.isEmpty)
    }

    @Test("A file that is not there is named")
    func missingFile() throws {
        let certificates = try Certificates()
        let server = try certificates.broker()
        let intake = makeIntake(certificates.settings(server.port, client: "nobody"))
        let error = #expect(throws: MQTTError.self) { try intake.connect() }
        #expect("\(try #require(error))".contains("nobody.crt: no such file or directory; not retrying"))
    }
}
