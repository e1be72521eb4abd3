import Foundation
import Testing

/// The rule of layers and the words of CONTRIBUTING.md, which no compiler checks.
@Suite struct HouseTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: name), encoding: .utf8)
  }

  /// Modules with their level and what they import, as Package.swift lists them under its marks.
  private static func modules() throws -> [(name: String, level: Int, dependencies: [String])] {
    var modules: [(name: String, level: Int, dependencies: [String])] = []
    for part in try text("Package.swift").split(separator: "// MARK: - Level ").dropFirst() {
      let level = try #require(part.first?.wholeNumberValue)
      for library in part.matches(of: /(?:systemLibrary|target)\(\s*name: "(C\w+)"/) {
        modules.append((String(library.1), level, []))
      }
      for module in part.matches(of: /module\(\s*"(\w+)"(?:,\s*\[([^\]]*)\])?/) {
        let dependencies = (module.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
        modules.append((String(module.1), level, dependencies))
      }
    }
    return modules
  }

  @Test func importsOnlyGoDown() throws {
    let modules = try Self.modules()
    #expect(modules.count > 15)
    let levels = Dictionary(modules.map { ($0.name, $0.level) }) { first, _ in first }
    for module in modules {
      for dependency in module.dependencies {
        let level = try #require(levels[dependency], "\(dependency) stands under no level")
        // C libraries are level 1, like the modules that wrap them.
        let isDown = level < module.level || dependency.hasPrefix("C")
        #expect(isDown, "\(module.name) (level \(module.level)) imports \(dependency) (level \(level))")
      }
    }
  }

  @Test func describesEveryModule() throws {
    let contributing = try Self.text("CONTRIBUTING.md")
    for module in try Self.modules() where !module.name.hasPrefix("C") {
      #expect(contributing.contains(module.name + " "), "\(module.name) is missing in CONTRIBUTING.md")
    }
  }

  @Test func namesPathsThatExist() throws {
    let examples = ["TAP", "tap", "Name", "name"]
    for path in try Self.text("CONTRIBUTING.md").matches(of: /`((?:Sources|Tests|Themes|\.ci)\/[^`]*)`/).map(\.1) {
      if examples.contains(where: path.contains) { continue }
      #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: String(path)).path), "\(path)")
    }
  }

  @Test func namesFilesThatExist() throws {
    let names = Set(try Self.sources().compactMap { $0.path.split(separator: "/").last.map(String.init) })
    for name in try Self.text("CONTRIBUTING.md").matches(of: /`([\w+]+\.swift)`/).map({ String($0.1) })
    where !["Type+Aspect.swift", "Package.swift"].contains(name) {
      #expect(names.contains(name), "\(name)")
    }
  }

  /// Swift files of the sources, each with its path from there and its text.
  private static func sources() throws -> [(path: String, text: String)] {
    let folder = root.appending(path: "Sources")
    let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return try files.filter { $0.hasSuffix(".swift") }.sorted().map { ($0, try text("Sources/" + $0)) }
  }

  /// What the screens ask for is carried out by services, which commands use alike; the runtime only queues. One reader
  /// has a thread beside its caller's, for as long as it reads.
  @Test func theRuntimeOnlyQueues() throws {
    let runtime = try Self.sources().filter { $0.path.hasPrefix("TriageRuntime/") }
    let lines = runtime.reduce(0) { $0 + $1.text.utf8.count { $0 == 0x0A } }
    #expect((1..<1200).contains(lines), "TriageRuntime has \(lines) lines")
    for (path, text) in try Self.sources() where !path.hasPrefix("TriageRuntime/") && !path.hasPrefix("SystemKit/") {
      if path == "ReportFormats/XML/XMLEventQueue.swift" { continue }
      #expect(!text.contains("DispatchQueue(label:"), "\(path) has a queue of its own")
    }
  }

  @Test func screensReachNothingButMessages() throws {
    let screens = try #require(try Self.modules().first { $0.name == "TriageUI" })
    let reaching = [
      "ReportFormats", "RunArtifacts", "RunHistory", "SystemKit", "TriageDocuments", "TriageRuntime", "TriageServices",
      "Workspace",
    ]
    #expect(Set(screens.dependencies).isDisjoint(with: reaching))
  }

  /// Another store has other keys: what is in one, and how a store is asked, is RunHistory's to know.
  @Test func keysOfTheHistoryAreOpaqueOutsideOfIt() throws {
    let keys = "TriageModel/History/HistoryKeys.swift"
    let outside = try Self.sources().filter { !$0.path.hasPrefix("RunHistory/") && $0.path != keys }
    #expect(outside.count > 500)
    for (path, text) in outside {
      #expect(!text.contains(".store."), "\(path) asks the store itself")
      #expect(!text.contains(/Key\(token:|\.token(?![A-Za-z])/), "\(path) makes or reads a key of the history")
      #expect(!text.contains(/import (GRDB|GRDBSQLite)(?![A-Za-z])/), "\(path) speaks to a database")
      guard text.contains(/(RunKey|TestKey|RunRecord|ResultRecord|SharedRun)/) else { continue }
      #expect(!text.contains(/Int64/), "\(path) may number runs of the history")
    }
  }

  /// Screens are told apart in their registry alone: elsewhere what differs is asked of the screen's model.
  @Test func oneSwitchTellsScreensApart() throws {
    let registry = try Self.text("Sources/TriageUI/Screens.swift")
    #expect(registry.matches(of: /case \.\w+: ModelPath\(/).count > 3)
    #expect(registry.matches(of: /\bswitch\b/).count == 1)
    let others = try Self.sources().filter { $0.path.hasPrefix("TriageUI/") && $0.path != "TriageUI/Screens.swift" }
    #expect(others.count > 50)
    // Unicode holds state.screen for one word: its boundaries tell nothing here.
    for (path, text) in others {
      #expect(!text.contains(/switch [\w.]*screen\W/), "\(path) switches over screens")
      #expect(!text.contains(/(^|\W)screen\)? *[!=]=/), "\(path) compares screens")
    }
  }
}
