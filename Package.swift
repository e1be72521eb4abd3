// swift-tools-version: 6.2
import PackageDescription

/// The house settings: language mode 6, every warning an error, imports that say what they take.
let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
]

/// A Swift module of the house. Levels and what each may import: CONTRIBUTING.md.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// The tests of one module, `Tests/<Module>Tests`; `data` names the folders in it that are no code.
func tests(of module: String, _ dependencies: [Target.Dependency] = [], data: [String] = []) -> Target {
  .testTarget(
    name: module + "Tests",
    dependencies: [.init(stringLiteral: module)] + dependencies,
    path: "Tests/" + module + "Tests",
    exclude: data,
    swiftSettings: house)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
  name: "assay",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "assay", targets: ["assay"]), .executable(name: "assay-bench", targets: ["assay-bench"]),
  ],
  dependencies: [
    // The command line: parsing, help, completion scripts.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    // The history: SQLite with migrations and typed rows.
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    // YAML for configuration, themes and front matter, through `compose`, never `load`.
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - Level 1: C libraries, one shim.h each

    // The terminal. No `pkgConfig`: Debian's ncursesw.pc makes SwiftPM warn at every build.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"]), .brew(["ncurses"])]),
    // XML: a streaming SAX2 parser that survives what Foundation's XMLParser loses.
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    // Archives: zip, tar, gzip, zstd, xz.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),
    // Patterns written by people: JIT, and a match limit.
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),

    // PNG, through libpng's simplified interface: Swift refuses its setjmp.
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
    // Markdown with tables: runbooks, and the manual as a man page.
    .systemLibrary(
      name: "CCmark", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    // SHA-256, at the speed of the processor's own instructions.
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

    // HTTP: libcurl, by its headers alone. It is loaded when the first request is made: linked, it would more than
    // double the time that every start takes. Its variadic functions, which Swift cannot call, get names of their own.
    .target(name: "CCurl", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    // PostgreSQL, for a history that a team shares: loaded like libcurl, and its functions are declared in the shim, so
    // that neither building nor running needs it where nobody asks for it.
    .target(name: "CPQ", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    // A child's working directory: a function of the C library that Swift does not see.
    .systemLibrary(name: "CSpawn"),
    // The crash guard: signal handlers that may only be C.
    .target(name: "CTerminalGuard"),
    // The themes, the manual and the demo, carried in the binary by `#embed`.
    .target(name: "CBundled", exclude: ["assay_capture.py", "assay_replay.py", "demo.tar.xz"]),

    // The benchmark's peers that must be C: a bare pass of libxml2, a bare repaint of ncurses. No part of the program.
    .target(name: "CBenchPeers", dependencies: ["CLibXML2"], linkerSettings: [.linkedLibrary("ncursesw")]),

    // MARK: - Level 1: values and text

    module("DataSyntax"),
    tests(of: "DataSyntax", ["TestSupport"]),
    module("SafeText", ["CPCRE2"]),
    tests(of: "SafeText", ["TestSupport"]),
    module("SystemKit", ["CCurl", "CSpawn"]),
    tests(of: "SystemKit", ["TestSupport"]),
    module("TriageModel", ["CCrypto"]),
    tests(of: "TriageModel"),

    // MARK: - Level 2: one subject each

    module("CIProviders", ["DataSyntax", "SafeText", "SystemKit", "TriageModel"]),
    tests(of: "CIProviders", ["DataSyntax", "SystemKit", "TestSupport", "TriageModel"]),
    module("Goldens", ["CArchive", "CPNG", "DataSyntax", "SafeText", "TriageModel", yams]),
    tests(
      of: "Goldens", ["DataSyntax", "ReportFormats", "SafeText", "TestSupport", "TriageModel"],
      data: ["Fixtures", "Goldens"]),
    module("ReportFormats", ["CLibXML2", "DataSyntax", "SafeText", "TriageModel"]),
    tests(
      of: "ReportFormats", ["DataSyntax", "TestSupport", "TriageModel"], data: ["Fixtures", "Goldens", "Samples"]),
    module("RunArtifacts", ["CArchive", "SafeText", "SystemKit", "TriageModel"]),
    tests(of: "RunArtifacts", ["CArchive", "SystemKit", "TestSupport", "TriageModel"]),
    module("Runbooks", ["CCmark", "DataSyntax", "SafeText", "TriageModel"]),
    tests(of: "Runbooks", ["TriageModel"]),
    module("TerminalKit", ["CBundled", "SafeText", yams]),
    tests(of: "TerminalKit", ["TestSupport"]),
    module("TriageActions", ["SafeText", "TriageModel"]),
    tests(of: "TriageActions", ["SafeText", "TestSupport", "TriageModel"]),
    module("FailureAnalysis", ["SafeText", "TriageModel"]),
    tests(of: "FailureAnalysis", ["SafeText", "TestSupport", "TriageModel", "TriageServices"]),
    module("RunHistory", ["CPQ", "DataSyntax", "SafeText", "TriageModel", grdb, sqlite]),
    tests(of: "RunHistory", ["TestSupport", "TriageModel", grdb], data: ["Fixtures"]),
    module("ItemQueries", ["SafeText", "TriageModel"]),
    tests(of: "ItemQueries", ["SafeText", "TestSupport", "TriageModel"]),
    module("Workspace", ["DataSyntax", "SafeText", "SystemKit", "TriageModel", yams]),
    tests(of: "Workspace", ["SafeText", "TestSupport", "TriageModel"]),

    // MARK: - Level 3: what commands and screens do alike, and how values look

    module(
      "TriageServices",
      [
        "CIProviders", "DataSyntax", "FailureAnalysis", "Goldens", "ReportFormats", "RunArtifacts", "RunHistory",
        "Runbooks", "SafeText", "SystemKit", "ItemQueries", "TriageActions", "TriageModel", "Workspace",
      ]),
    tests(
      of: "TriageServices",
      [
        "CIProviders", "FailureAnalysis", "Goldens", "RunArtifacts", "RunHistory", "Runbooks", "SafeText", "SystemKit",
        "ItemQueries", "TestSupport", "TriageActions", "TriageModel", "Workspace",
      ]),
    module("TriageStyle", ["SafeText", "TerminalKit", "TriageModel"]),

    // MARK: - Level 4: texts for people, and what the screens and the runtime say to each other

    module(
      "TriageDocuments",
      [
        "FailureAnalysis", "Goldens", "RunArtifacts", "RunHistory", "Runbooks", "SafeText", "TerminalKit",
        "ItemQueries",
        "TriageModel", "TriageServices", "TriageStyle",
      ]),
    tests(
      of: "TriageDocuments",
      [
        "FailureAnalysis", "RunArtifacts", "RunHistory", "SafeText", "TerminalKit", "TestSupport", "TriageModel",
        "TriageServices", "TriageStyle", "Workspace",
      ]),
    module(
      "TriageMessages", ["Goldens", "TerminalKit", "ItemQueries", "TriageActions", "TriageModel", "TriageStyle"]),

    // MARK: - Level 5: screens, effects, output, terminal

    module("NcursesTerminal", ["CNcurses", "CTerminalGuard", "SafeText", "SystemKit", "TerminalKit"]),
    module(
      "TriageOutput",
      [
        "CIProviders", "DataSyntax", "Goldens", "Runbooks", "SafeText", "TerminalKit", "ItemQueries", "TriageActions",
        "TriageDocuments", "TriageModel", "TriageServices", "TriageStyle", "Workspace",
      ]),
    tests(of: "TriageOutput", ["DataSyntax", "Goldens", "ItemQueries", "TestSupport", "TriageModel"]),
    module(
      "TriageRuntime",
      [
        "FailureAnalysis", "Goldens", "RunHistory", "SafeText", "SystemKit", "ItemQueries", "TriageActions",
        "TriageDocuments", "TriageMessages", "TriageModel", "TriageServices", "Workspace",
      ]),
    tests(
      of: "TriageRuntime",
      [
        "FailureAnalysis", "Goldens", "RunHistory", "SafeText", "SystemKit", "ItemQueries", "TestSupport",
        "TriageActions",
        "TriageMessages", "TriageModel", "TriageServices", "TriageStyle", "Workspace",
      ]),
    module(
      "TriageUI",
      [
        "Goldens", "SafeText", "TerminalKit", "ItemQueries", "TriageActions", "TriageMessages", "TriageModel",
        "TriageStyle",
      ]),
    tests(
      of: "TriageUI",
      [
        "Goldens", "TerminalKit", "ItemQueries", "TestSupport", "TriageActions", "TriageMessages", "TriageModel",
        "TriageStyle",
      ],
      data: ["Goldens"]),

    // MARK: - Level 6: the program

    .executableTarget(
      name: "assay",
      dependencies: [
        "CBundled", "CCmark", "CIProviders", "FailureAnalysis", "Goldens", "NcursesTerminal", "RunArtifacts",
        "RunHistory", "Runbooks",
        "SafeText",
        "SystemKit", "TerminalKit",
        "ItemQueries", "TriageActions", "TriageMessages", "TriageModel", "TriageOutput", "TriageRuntime",
        "TriageServices", "TriageUI", "Workspace",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["Manual"],
      swiftSettings: house),
    .testTarget(
      name: "assayTests",
      dependencies: [
        "assay", "CIProviders", "Goldens", "ReportFormats", "TerminalKit", "ItemQueries", "TestSupport",
        "TriageActions",
        "TriageModel",
        "TriageUI",
      ],
      path: "Tests/assayTests", swiftSettings: house),

    // The benchmark: measures the program beside its peers, from the outside where a person would feel it, and parts of
    // it in processes of their own. It depends on the program so that both are built of the same code; the program
    // knows nothing of it.
    .executableTarget(
      name: "assay-bench",
      dependencies: [
        "assay", "CBenchPeers", "CSpawn", "FailureAnalysis", "ItemQueries", "TriageModel", "TriageServices",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    // MARK: - Shared by tests: goldens, fixtures, the tmux driver

    .target(
      name: "TestSupport", dependencies: ["TerminalKit", "TriageModel"], path: "Tests/TestSupport",
      exclude: ["loopback_service.py"], swiftSettings: house),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)
