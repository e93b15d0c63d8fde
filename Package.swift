// swift-tools-version: 6.1
import PackageDescription

// One thread owns the engine and its tables; the run-time checks for overlapping access cost a tenth of a message.
let singleOwner: [SwiftSetting] = [
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
]

let package = Package(
    name: "vigie",
    products: [
        .executable(name: "vigie", targets: ["vigie"])
    ],
    dependencies: [],
    targets: [
        .systemLibrary(name: "CMosquitto"),
        .systemLibrary(name: "CSQLite"),
        .systemLibrary(name: "CCurl"),
        .systemLibrary(name: "CMicrohttpd"),
        .systemLibrary(name: "CCrypto"),

        .target(name: "Units"),
        .target(name: "Models"),
        .target(name: "Observability"),
        .target(
            name: "Interactions",
            dependencies: ["Units"],
            // Rounding a Double is a call into libm in debug builds, and nothing else here brings it in.
            linkerSettings: [.linkedLibrary("m")]
        ),
        .target(name: "Telemetry", dependencies: ["Units"], swiftSettings: singleOwner),
        .target(name: "PipelineKit", dependencies: ["Units", "Models", "Interactions", "Telemetry"]),
        .target(
            name: "Engine",
            dependencies: ["PipelineKit", "Units", "Models", "Interactions", "Telemetry"],
            swiftSettings: singleOwner
        ),
        .target(name: "Store", dependencies: ["CSQLite", "Interactions", "Telemetry", "Units"]),
        .target(name: "MQTT", dependencies: ["CMosquitto", "Telemetry", "Units"]),
        .target(name: "Delivery", dependencies: ["CCurl", "CCrypto", "Interactions", "Units"]),
        .target(name: "Console", dependencies: ["CMicrohttpd", "Interactions", "Units"]),
        .target(
            name: "Pipelines",
            dependencies: ["PipelineKit", "Units", "Models", "Interactions", "Telemetry"],
            path: "Pipelines"
        ),
        .executableTarget(
            name: "vigie",
            dependencies: [
                "Pipelines", "PipelineKit", "Engine", "Store", "MQTT", "Delivery", "Console", "Observability",
                "Interactions", "Telemetry", "Models", "Units",
            ]
        ),
        .target(name: "Measuring", dependencies: ["Units"]),
        .executableTarget(name: "vigie-models", dependencies: ["Measuring", "Models", "Units"]),
        .executableTarget(
            name: "vigie-bench",
            dependencies: [
                "Measuring",
                "Pipelines", "PipelineKit", "Engine", "Store", "MQTT", "CMosquitto", "Interactions",
                "Telemetry",
                "Models", "Units", "RecordedFrames", "TestSupport",
            ]
        ),

        .testTarget(name: "InteractionsTests", dependencies: ["Interactions", "Units", "TestSupport"]),
        .testTarget(name: "ModelsTests", dependencies: ["Models"]),

        .executableTarget(
            name: "StoreCrashWriter",
            dependencies: ["Store", "Interactions", "Telemetry", "Units"],
            path: "Tests/StoreCrashWriter"
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Store", "StoreCrashWriter", "Interactions", "Telemetry", "Units", "TestSupport",
            ]
        ),

        .testTarget(
            name: "DeliveryTests",
            dependencies: ["Delivery", "Console", "Interactions", "Units", "TestSupport"]
        ),
        .testTarget(name: "ConsoleTests", dependencies: ["Console", "Delivery", "Interactions", "Units"]),

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .target(name: "RecordedFrames", dependencies: ["Telemetry", "Units"], path: "Tests/RecordedFrames"),
        .testTarget(name: "MQTTTests", dependencies: ["MQTT", "Telemetry", "Units", "TestSupport"]),

        .testTarget(name: "UnitsTests", dependencies: ["Units", "TestSupport"]),
        .testTarget(
            name: "TelemetryTests",
            dependencies: ["Telemetry", "Units", "RecordedFrames", "TestSupport"]
        ),
        .testTarget(
            name: "PipelinesTests",
            dependencies: ["Pipelines", "PipelineKit", "Engine", "Interactions", "Telemetry", "Units"]
        ),
        .testTarget(
            name: "PipelineKitTests",
            dependencies: ["PipelineKit", "Interactions", "Models", "Telemetry", "Units"]
        ),
        .testTarget(
            name: "VigieTests",
            dependencies: [
                "vigie", "Engine", "PipelineKit", "Store", "MQTT", "Console", "Delivery", "Interactions",
                "Telemetry", "Units", "TestSupport",
            ]
        ),
        .testTarget(
            name: "EngineTests",
            dependencies: [
                "Engine", "PipelineKit", "Interactions", "Telemetry", "Models", "Units", "TestSupport",
            ]
        ),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "vigie", "Pipelines", "PipelineKit", "Engine", "Store", "MQTT", "Delivery", "Interactions",
                "Telemetry", "Units", "TestSupport",
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
