// swift-tools-version: 6.1
import PackageDescription

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
        .target(name: "Interactions", dependencies: ["Units"]),
        .target(name: "Telemetry", dependencies: ["Units"]),
        .target(name: "PipelineKit", dependencies: ["Units", "Models", "Interactions", "Telemetry"]),
        .target(name: "Engine", dependencies: ["PipelineKit", "Units", "Models", "Interactions", "Telemetry"]),
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

        .target(name: "TestSupport", path: "Tests/TestSupport"),
        .executableTarget(
            name: "MQTTBench",
            dependencies: ["MQTT", "CMosquitto", "Telemetry", "Units", "TestSupport"],
            path: "Tests/MQTTBench"
        ),
        .testTarget(name: "MQTTTests", dependencies: ["MQTT", "Telemetry", "Units", "TestSupport"]),
    ],
    swiftLanguageModes: [.v6]
)
