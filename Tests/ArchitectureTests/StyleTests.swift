import Testing

@Suite("House rules")
struct StyleTests {
    /// Where the compiler is told to trust us, and why it can.
    static let unchecked: [String: String] = [
        "Sources/PipelineKit/Plan/Inputs.swift":
            "key paths written as literals capture nothing and never change",
        "Sources/Telemetry/DecodeTables.swift": "tables that never change after they were made",
        "Sources/Telemetry/TopicRouter.swift": "a trie that never changes after it was made",
        "Sources/Delivery/Monitor.swift": "its state is behind a mutex of pthread, which a condition needs",
        "Sources/Delivery/CurlHandle.swift": "a handle of libcurl that one thread at a time has",
        "Sources/Console/MicrohttpdDaemon.swift": "a daemon of libmicrohttpd, which locks for itself",
    ]

    /// What measures may look at the clock.
    static let measuring: Set<String> = ["Measuring", "vigie-bench", "vigie-models"]

    @Test("No file has more than 400 lines, none of the tests more than 500")
    func length() throws {
        for file in try ImportTests.files() { #expect(file.lines.count <= 401, "\(file.path)") }
        for file in try SourceFile.all(in: "Tests") { #expect(file.lines.count <= 501, "\(file.path)") }
    }

    @Test("A pipeline fits on three screens")
    func pipelineLength() throws {
        for file in try SourceFile.all(in: "Pipelines") { #expect(file.lines.count <= 121, "\(file.path)") }
    }

    @Test("Time comes in as an argument, and nothing is forced")
    func forbidden() throws {
        let words = ["Date()", "Date.now", "try!", "as!", "fatalError(", "ContinuousClock.now", "Task.sleep"]
        for file in try ImportTests.files() where !Self.measuring.contains(file.module) {
            for (number, text) in file.code {
                for word in words where text.contains(word) {
                    Issue.record("\(file.path):\(number) has \(word)")
                }
            }
        }
    }

    @Test("No error is swallowed")
    func swallowed() throws {
        for file in try ImportTests.files() where !Self.measuring.contains(file.module) {
            for (number, text) in file.code where text.contains(/\btry\?/) {
                Issue.record("\(file.path):\(number) has try?")
            }
        }
    }

    @Test("The compiler is told to trust us only where a reason is listed")
    func trusted() throws {
        var used: Set<String> = []
        for file in try ImportTests.files() {
            for (number, text) in file.code
            where text.contains("@unchecked Sendable") || text.contains("nonisolated(unsafe)") {
                #expect(Self.unchecked[file.path] != nil, "\(file.path):\(number)")
                used.insert(file.path)
            }
        }
        #expect(used == Set(Self.unchecked.keys), "listed, but not used any more")
    }

    @Test("Only the store speaks SQL")
    func sql() throws {
        let words = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "CREATE TABLE ", "PRAGMA ", "sqlite3_"]
        var hits = 0
        for file in try ImportTests.files() {
            for (number, text) in file.code where words.contains(where: text.contains) {
                #expect(file.module == "Store", "\(file.path):\(number)")
                hits += 1
            }
        }
        #expect(hits > 20)
    }
}
