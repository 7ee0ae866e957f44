// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]
// `scripts/test` has what is tested optimized; the tests themselves would only take longer to build.
let tested =
  settings
  + (Context.environment["STRATA_OPTIMIZED"] == nil
    ? [] : [.unsafeFlags(["-O"], .when(configuration: .debug))])

let package = Package(
  name: "Strata",
  products: [.executable(name: "strata", targets: ["strata"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    // Without its traits: it needs no Foundation for what is asked of it here.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    // Without Foundation, too.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
  ],
  targets: [
    // C libraries of the system.
    .systemLibrary(
      name: "Clibxml2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]
    ),
    .systemLibrary(
      name: "Clibarchive",
      pkgConfig: "libarchive",
      providers: [.apt(["libarchive-dev"])]
    ),
    .systemLibrary(name: "Czlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "Clibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "Clibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

    // The command line, which Swift cannot read everywhere, and what the program was built from.
    .target(name: "CProgram"),

    // Floor 0: leaves that know nothing of solutions.
    .target(name: "CXML", dependencies: ["Clibxml2"]),
    .target(name: "XML", dependencies: ["CXML"], swiftSettings: tested),
    .target(name: "Archive", dependencies: ["Clibarchive", "Czlib"], swiftSettings: tested),
    .target(name: "Hashing", dependencies: ["Clibcrypto"], swiftSettings: tested),

    .target(name: "JSON", swiftSettings: tested),

    .target(name: "Collation", swiftSettings: tested),

    .target(name: "OData", swiftSettings: tested),

    .target(name: "SQL", swiftSettings: tested),
    .target(
      name: "SQLite",
      dependencies: [
        "SQL", "Collation", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: tested
    ),

    .target(
      name: "PostgreSQL",
      dependencies: ["SQL", "Collation", "Clibpq"],
      swiftSettings: tested
    ),

    // Floor 1: the pure core.
    .target(
      name: "Solutions",
      dependencies: ["XML", "JSON", "Hashing", "Collation"],
      swiftSettings: tested
    ),

    // How plans read: what every face says of them.
    .target(name: "Reading", dependencies: ["Solutions"], swiftSettings: tested),

    // Shapes of values for other programs.
    .target(
      name: "Contract",
      dependencies: ["Solutions", "Reading", "JSON", "Hashing"],
      swiftSettings: tested
    ),

    // Facts of a live environment: which questions are asked of its service, and what the answers say.
    .target(
      name: "Dataverse",
      dependencies: [
        "Solutions", "JSON", "OData", "Hashing",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: tested
    ),

    // Floor 2: bytes into values.
    .target(
      name: "SolutionPackages",
      dependencies: [
        "Solutions", "XML", "JSON", "Archive", "Hashing", .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: tested
    ),

    .target(
      name: "SolutionStore",
      dependencies: ["Solutions", "SQL", "XML", "JSON", "Hashing"],
      swiftSettings: tested
    ),

    // Floor 3: the only door.
    .target(
      name: "Lifecycle",
      dependencies: ["Solutions", "SolutionPackages", "SolutionStore", "SQL", "Hashing"],
      swiftSettings: tested
    ),

    // Floor 4: what every face says alike: failures, remedies, plans as pages.
    .target(
      name: "Faces",
      dependencies: [
        "Solutions", "Reading", "Contract", "SolutionPackages", "SolutionStore", "Lifecycle", "SQL",
        "Hashing", .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: tested
    ),

    // The protocol of the platform: a request in, an answer out, whatever carries them.
    .target(
      name: "WebAPI",
      dependencies: [
        "OData", "JSON", "XML", "Hashing", "Solutions", "Contract", "SolutionPackages",
        "Lifecycle", "Faces",
      ],
      swiftSettings: tested
    ),

    .target(
      name: "Service",
      dependencies: [
        "Solutions", "Reading", "Contract", "SolutionPackages", "Lifecycle", "JSON", "Hashing",
        "Faces", "WebAPI",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [
        "layout", "sign-in", "environments", "failure", "solutions", "solution", "component",
        "find", "history",
        "operation", "import", "details", "plan", "job", "tables", "rows", "trash", "trash-item",
        "sketch",
        "plan-sketch", "compare", "clone", "row", "rows-in", "data", "rows-plan", "window",
      ].map { .embedInCode("Templates/\($0).mustache") }
        + ["service.css", "service.js", "import.js", "job.js", "later.js", "file.js"].map {
          .embedInCode("Assets/\($0)")
        },
      swiftSettings: tested
    ),

    // Floor 5: the program.
    .executableTarget(
      name: "strata",
      dependencies: [
        "Archive", "Solutions", "Reading", "Contract", "SolutionPackages", "SolutionStore",
        "Lifecycle", "SQL", "SQLite", "PostgreSQL", "JSON", "Hashing", "CProgram", "Faces",
        "Service", "Dataverse",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
        .product(name: "Subprocess", package: "swift-subprocess"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: tested
    ),

    // Tests.
    .target(
      name: "TestSupport",
      dependencies: ["Solutions", "SolutionPackages", "Archive", "XML", "Hashing", "Clibarchive"],
      path: "Tests/TestSupport",
      swiftSettings: tested
    ),
    // Apart, so that the fuzzer links no database.
    .target(
      name: "EnvironmentSupport",
      dependencies: [
        "Solutions", "SolutionStore", "Lifecycle", "SQL", "SQLite", "PostgreSQL", "TestSupport",
      ],
      path: "Tests/EnvironmentSupport",
      swiftSettings: tested
    ),
    // What every database is asked, whichever it is.
    .target(
      name: "SQLConformance",
      dependencies: ["SQL"],
      path: "Tests/SQLConformance",
      swiftSettings: tested
    ),
    .testTarget(
      name: "DatabaseTests",
      dependencies: [
        "SQL", "SQLite", "PostgreSQL", "Collation", "SQLConformance", "EnvironmentSupport",
        "SolutionStore",
        "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ODataTests",
      dependencies: ["OData", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(name: "XMLTests", dependencies: ["XML", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "ArchiveTests",
      dependencies: ["Archive", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "SolutionsTests",
      dependencies: ["Solutions", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "DataverseTests",
      dependencies: ["Dataverse", "Solutions", "JSON", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ContractTests",
      dependencies: ["Contract", "EnvironmentSupport", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "SolutionPackagesTests",
      dependencies: ["SolutionPackages", "TestSupport"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "LifecycleTests",
      dependencies: [
        "Lifecycle", "SolutionStore", "SQL", "SQLite", "Hashing", "EnvironmentSupport",
        "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "Lifecycle", "Solutions", "Reading", "Contract", "SolutionPackages", "SolutionStore",
        "EnvironmentSupport",
        "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ScenarioTests",
      dependencies: ["EnvironmentSupport", "TestSupport", "Hashing"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "WebAPITests",
      dependencies: [
        "WebAPI", "Lifecycle", "SolutionPackages", "Solutions", "JSON", "EnvironmentSupport",
        "TestSupport",
      ],
      swiftSettings: settings
    ),
    .testTarget(
      name: "ServiceTests",
      dependencies: [
        "Service", "WebAPI", "Faces", "Contract", "Reading", "Lifecycle", "Solutions", "Hashing",
        "JSON", "EnvironmentSupport",
        "TestSupport",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      swiftSettings: settings
    ),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

// `Fuzz/run` builds this with a sanitizer that an ordinary build has no use for.
if Context.environment["STRATA_FUZZ"] != nil {
  package.targets.append(
    .target(
      name: "FuzzEntry",
      dependencies: [
        "Archive", "Contract", "Hashing", "JSON", "XML", "Solutions", "SolutionPackages",
      ],
      path: "Fuzz/Entry",
      swiftSettings: settings
    )
  )
}

// `Benchmarks/run` builds this.
if Context.environment["STRATA_BENCHMARK"] != nil {
  package.targets += [
    .executableTarget(
      name: "inventory-phases",
      dependencies: ["Archive", "Hashing", "XML", "Solutions", "SolutionPackages"],
      path: "Benchmarks/Inventory",
      swiftSettings: settings
    ),
    .executableTarget(
      name: "web-floor",
      dependencies: [
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "NIOCore", package: "swift-nio"),
      ],
      path: "Benchmarks/WebFloor",
      swiftSettings: settings
    ),
  ]
}
