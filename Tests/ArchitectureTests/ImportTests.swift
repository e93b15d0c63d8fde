import Testing

/// Imports only point down. The table is that of the design; a new line in it is a decision.
@Suite("Imports")
struct ImportTests {
    static let vocabulary: Set<String> = ["Interactions", "Telemetry", "Units"]

    /// What each module may import besides the standard library and `Synchronization`.
    static let allowed: [String: Set<String>] = [
        "Units": ["Glibc"],
        "Models": ["Glibc"],
        "Observability": ["Glibc"],
        "Interactions": ["Units"],
        "Telemetry": ["Units", "Glibc"],
        "PipelineKit": vocabulary.union(["Models"]),
        "Engine": vocabulary.union(["PipelineKit", "Models"]),
        "Store": vocabulary.union(["CSQLite", "Glibc"]),
        "MQTT": ["CMosquitto", "Telemetry", "Units", "Glibc"],
        "Delivery": ["CCurl", "CCrypto", "Interactions", "Units", "Glibc"],
        "Console": ["CMicrohttpd", "Interactions", "Units", "Glibc"],
        "Pipelines": vocabulary.union(["PipelineKit", "Models"]),
        "vigie": vocabulary.union([
            "Pipelines", "PipelineKit", "Engine", "Store", "MQTT", "Delivery", "Console", "Observability",
            "Models",
            "Foundation", "Glibc",
        ]),
        "Measuring": ["Units", "Foundation"],
        "vigie-models": ["Measuring", "Models", "Units", "Foundation", "Dispatch"],
        "vigie-bench": vocabulary.union([
            "Measuring",
            "Pipelines", "PipelineKit", "Engine", "Store", "MQTT", "Delivery", "Console", "Observability",
            "Models",
            "Foundation", "Glibc",
            // What it is measured against: a bare subscriber, and the servers of the tests.
            "CMosquitto", "RecordedFrames", "TestSupport", "Dispatch",
        ]),
    ]

    static func files() throws -> [SourceFile] {
        try SourceFile.all(in: "Sources") + SourceFile.all(in: "Pipelines")
    }

    @Test("Each module imports only what the table allows")
    func table() throws {
        var found: Set<String> = []
        for file in try Self.files() {
            let allowed = try #require(
                Self.allowed[file.module],
                "\(file.path): a module that is not in the table"
            )
            for item in file.imports {
                #expect(
                    allowed.contains(item.module) || item.module == "Synchronization",
                    "\(file.path):\(item.line) imports \(item.module)"
                )
                found.insert(item.module)
            }
        }
        // The lines are really read.
        #expect(found.isSuperset(of: ["Units", "Telemetry", "Engine", "CSQLite", "CCurl", "Foundation"]))
    }

    @Test("The table knows every module that there is")
    func modules() throws {
        #expect(try Set(Self.files().map(\.module)) == Set(Self.allowed.keys))
    }

    @Test("The table has no way back up")
    func acyclic() {
        func reach(_ module: String, _ path: [String]) {
            #expect(!path.contains(module), "\(path + [module])")
            guard !path.contains(module) else { return }
            for next in Self.allowed[module, default: []] where Self.allowed[next] != nil {
                reach(next, path + [module])
            }
        }
        for module in Self.allowed.keys { reach(module, []) }
    }

    @Test("C modules are imported for their own module alone")
    func cModules() throws {
        for file in try Self.files() {
            for item in file.imports where Self.isC(item.module) {
                #expect(item.words.contains("internal"), "\(file.path):\(item.line)")
            }
        }
    }

    static func isC(_ module: String) -> Bool {
        module.first == "C" && module.dropFirst().first?.isUppercase == true
    }
}
