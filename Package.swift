// swift-tools-version: 6.2

import PackageDescription

/// What every target of ours is compiled with.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// The engines talk to C: there every unsafe use is spelled out.
let engineSettings = settings + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let asyncAlgorithms = Target.Dependency.product(
    name: "AsyncAlgorithms",
    package: "swift-async-algorithms"
)
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient",
    package: "async-http-client"
)
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioFoundation = Target.Dependency.product(name: "NIOFoundationCompat", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let serviceLifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)

/// A library of ours.
func library(
    _ name: String,
    _ dependencies: [Target.Dependency] = [],
    settings: [SwiftSetting] = settings
) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

/// The tests of a library, or of several that make one thing.
func tests(
    _ name: String,
    _ dependencies: [Target.Dependency],
    exclude: [String] = []
) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
    name: "lintel",
    products: [
        .executable(name: "lintel", targets: ["lintel"]),
        .library(name: "UnitMatching", targets: ["UnitMatching"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Values and pure logic.
        library("LintelModel", [crypto]),
        library("UnitMatching"),
        library("Reconciliation", ["LintelModel"]),
        library("DelimitedText"),

        // Reading a PMS.
        library("ConnectorKit", ["LintelModel"]),
        library("Connectors", ["ConnectorKit", "DelimitedText", "LintelModel", crypto]),
        library(
            "AsyncHTTPTransport",
            [
                "ConnectorKit", asyncHTTPClient, nioCore, nioFoundation, nioHTTP1, nioPosix,
                nioSSL,
            ]
        ),

        // Keeping the directory.
        library("SQLEngine", settings: engineSettings),
        library(
            "SQLiteEngine",
            ["SQLEngine", "CSQLite", grdb, grdbSQLite],
            settings: engineSettings
        ),
        .systemLibrary(
            name: "CSQLite",
            pkgConfig: "sqlite3",
            providers: [.apt(["libsqlite3-dev"])]
        ),
        library("PostgreSQLEngine", ["SQLEngine", "CLibPQ"], settings: engineSettings),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        library(
            "Storage",
            ["ConnectorKit", "LintelModel", "Reconciliation", "SQLEngine", crypto]
        ),

        // What Lintel does.
        library(
            "SyncEngine",
            [
                "ConnectorKit", "LintelModel", "Reconciliation", "SQLEngine", "Storage",
                asyncAlgorithms, logging, serviceLifecycle,
            ]
        ),
        library(
            "Operations",
            [
                "ConnectorKit", "DelimitedText", "LintelModel", "Reconciliation", "SQLEngine",
                "Storage", "SyncEngine", "UnitMatching", crypto, cryptoExtras,
            ]
        ),
        library(
            "HTTPAPI",
            [
                "ConnectorKit", "DelimitedText", "LintelModel", "Operations", "Reconciliation",
                "SQLEngine", "Storage", "SyncEngine", "UnitMatching", hummingbird, httpTypes,
            ]
        ),
        .target(
            name: "WebConsole",
            dependencies: [
                "ConnectorKit", "DelimitedText", "LintelModel", "Operations", "Reconciliation",
                "SQLEngine", "Storage", "SyncEngine", "UnitMatching", crypto, hummingbird,
                httpTypes, mustache,
            ],
            resources: [.embedInCode("Assets"), .embedInCode("Templates")],
            swiftSettings: settings
        ),
        library(
            "PMSSimulator",
            [
                "DelimitedText", "LintelModel", hummingbird, hummingbirdCore, httpTypes, logging,
                nioCore, serviceLifecycle,
            ]
        ),

        // Putting it together.
        library(
            "Server",
            [
                "AsyncHTTPTransport", "ConnectorKit", "Connectors", "HTTPAPI", "LintelModel",
                "Operations", "PMSSimulator", "PostgreSQLEngine", "SQLEngine", "SQLiteEngine",
                "Storage", "SyncEngine", "WebConsole", hummingbird, hummingbirdCore, hummingbirdTLS,
                logging, nioCore, nioSSL, serviceLifecycle, unixSignals,
            ]
        ),
        .executableTarget(
            name: "lintel",
            dependencies: [
                "ConnectorKit", "DelimitedText", "LintelModel", "Operations", "PMSSimulator",
                "Reconciliation", "SQLEngine", "Server", "Storage", "SyncEngine", "UnitMatching",
                argumentParser,
            ],
            swiftSettings: settings
        ),

        // Test support.
        library("ReconciliationTesting", ["LintelModel", "Reconciliation"]),
        library("SQLEngineTesting", ["SQLEngine", "SQLiteEngine", "PostgreSQLEngine"]),
        library("ConnectorTesting", ["ConnectorKit", "LintelModel"]),
        library(
            "LintelTesting",
            [
                "AsyncHTTPTransport", "ConnectorKit", "Connectors", "DelimitedText", "LintelModel",
                "Operations", "PMSSimulator", "PostgreSQLEngine", "Reconciliation", "SQLEngine",
                "SQLEngineTesting", "SQLiteEngine", "Storage", "SyncEngine",
            ]
        ),

        // Tests.
        tests("LintelModelTests", ["LintelModel"]),
        tests("DelimitedTextTests", ["DelimitedText"]),
        tests("UnitMatchingTests", ["UnitMatching", "DelimitedText"], exclude: ["Goldens"]),
        tests(
            "ReconciliationTests",
            ["LintelModel", "Reconciliation", "ReconciliationTesting"],
            exclude: ["Goldens"]
        ),
        tests(
            "ConnectorKitTests",
            [
                "AsyncHTTPTransport", "ConnectorKit", "ConnectorTesting", "LintelModel", nioCore,
                nioHTTP1, nioPosix,
            ]
        ),
        tests(
            "ConnectorsTests",
            [
                "AsyncHTTPTransport", "ConnectorKit", "ConnectorTesting", "Connectors",
                "LintelModel",
                "LintelTesting", "Operations", "PMSSimulator", "Reconciliation", "SQLEngineTesting",
                "Storage",
                "SyncEngine", crypto,
            ]
        ),
        tests(
            "SQLEngineTests",
            ["SQLEngine", "SQLEngineTesting", "SQLiteEngine", "PostgreSQLEngine"]
        ),
        tests(
            "PMSSimulatorTests",
            ["PMSSimulator", "LintelModel", asyncHTTPClient, nioCore, nioFoundation, nioHTTP1]
        ),
        tests(
            "StorageTests",
            [
                "ConnectorKit", "LintelModel", "LintelTesting", "Operations", "SQLEngine",
                "SQLEngineTesting", "Storage", "SyncEngine",
            ]
        ),
        tests(
            "HTTPAPITests",
            [
                "HTTPAPI", "LintelModel", "LintelTesting", "Operations", "SQLEngine",
                "SQLEngineTesting", "Storage", "SyncEngine", httpTypes, hummingbird,
                hummingbirdTesting, nioCore,
            ]
        ),
        tests(
            "WebConsoleTests",
            [
                "LintelModel", "LintelTesting", "Operations", "SQLEngineTesting", "SyncEngine",
                "WebConsole", httpTypes, hummingbird, hummingbirdTesting, nioCore,
            ]
        ),
        tests(
            "LintelTests",
            [
                "ConnectorKit", "DelimitedText", "LintelModel", "LintelTesting", "Operations",
                "PMSSimulator", "PostgreSQLEngine", "Reconciliation", "SQLEngine",
                "SQLEngineTesting", "SQLiteEngine", "Storage", "SyncEngine", "lintel", logging,
            ]
        ),
    ]
)
