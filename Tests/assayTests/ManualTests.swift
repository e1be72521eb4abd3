import CIProviders
import Foundation
import Goldens
import ItemQueries
import ReportFormats
import TerminalKit
import TestSupport
import Testing
import TriageActions
import TriageModel
import TriageUI

/// The manual tells of what is there: its tables are made from the registries, its list of commands from the program.
@Suite struct ManualTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
  private static let folder = root.appending(path: "Sources/assay/Manual")

  private static func page(_ topic: String) -> URL { folder.appending(path: topic + ".md") }

  private static func text(_ topic: String) throws -> String {
    try String(contentsOf: page(topic), encoding: .utf8)
  }

  private static func table<Action>(_ keys: KeyTable<Action>) -> [String] {
    let rows = keys.bindings.map { binding in
      let labels = binding.keys.map { "`\($0.label)`" }.joined(separator: " ")
      return "| \(labels) | \(binding.title) |"
    }
    return ["| \(keys.title) | |", "|---|---|"] + rows
  }

  private static var keys: [String] {
    Array(Keys.all.map(Self.table).joined(separator: [""]))
  }

  private static var formats: [String] {
    let rows = ReportFormats.tests.map { "| \($0.title) | `\($0.id)` |" }
    return ["| format | id in `doctor` and JSON |", "|---|---|"] + rows
  }

  private static var sources: [String] {
    let rows = ReviewSources.all.map { "| \($0.title) | \($0.kind.word) | `\($0.id)` |" }
    return ["| source | kind | id in `doctor` and JSON |", "|---|---|---|"] + rows
  }

  private static var conventions: [String] {
    let rows = GoldenConventions.all.map { "| \($0.title) | `\($0.id)` |" }
    return ["| tool | id in filters and JSON |", "|---|---|"] + rows
  }

  private static var thresholds: [String] {
    let standard = Thresholds.standard
    let rows = ThresholdField.all.map { field in
      "| `\(field.name)` | \(FigureText.of(field.value(in: standard))) | \(field.meaning) |"
    }
    return ["| name | unless said otherwise | what it decides |", "|---|---|---|"] + rows
  }

  private static var figures: [String] {
    let rows = HealthKind.all.map { kind in
      let target = kind.standardTarget.map { "\($0.bound.sign) \(kind.unit.text($0.number))" } ?? "none"
      return "| `\(kind.id)` | \(kind.title) | `\(kind.name)` | \(target) | \(kind.meaning) |"
    }
    return ["| id | figure | under `targets` | starting target | how it is counted |", "|---|---|---|---|---|"] + rows
  }

  private static var words: [String] {
    func row<Word: MachineWord>(_ name: String, _ type: Word.Type) -> String {
      "| \(name) | " + Word.allCases.map { "`\($0.word)`" }.joined(separator: " ") + " |"
    }
    return [
      "| of | words |", "|---|---|", row("verdict", Verdict.Label.self), row("golden's state", GoldenState.self),
      row("recovery", GoldenRecovery.self), row("drift", Drift.Kind.self),
      "| outcome | " + Outcome.allCases.map { "`\($0.name)`" }.joined(separator: " ") + " |",
    ]
  }

  private static var filters: [String] {
    let pages = FilterKinds.all.map { page in
      let rows = page.fields.map { field in
        let values = field.values.map { "`\($0)`" }.joined(separator: ", ")
        return "| `\(field.name):` | \(field.help)\(values.isEmpty ? "" : ": " + values) |"
      }
      let title = page.title.prefix(1).uppercased() + page.title.dropFirst()
      return ["**\(title)** (\(page.use)). A word without a field holds when \(page.words).", ""]
        + ["| field | holds when |", "|---|---|"] + rows
    }
    return Array(pages.joined(separator: [""]))
  }

  private static var frameworks: [String] {
    let rows = RerunFrameworks.all.map { framework in
      "| `\(framework.id)` | \(framework.note.replacing("\n", with: " ")) |"
    }
    return ["| framework | how |", "|---|---|"] + rows
  }

  private static var services: [String] {
    CIProviders.all.flatMap { service in
      let tokens =
        service.tokens.isEmpty ? "" : ", token from " + service.tokens.map { "`\($0)`" }.joined(separator: ", ")
      return ["- **\(service.title)**\(tokens)"] + service.links.map { "  - `\($0)`" }
    }
  }

  private static var placeholders: [String] {
    ["| placeholder | stands for |", "|---|---|"]
      + RerunRule.placeholders.map { "| `\($0.name)` | \($0.meaning) |" }
  }

  /// What stands between a mark and its end; with `ASSAY_RECORD=1` it is written anew, and the test fails.
  private func check(_ topic: String, _ mark: String, _ expected: [String]) throws {
    let page = try Self.text(topic)
    let begin = try #require(page.range(of: "<!-- \(mark) -->\n"))
    let end = try #require(page.range(of: "<!-- end -->", range: begin.upperBound..<page.endIndex))
    let written = page[begin.upperBound..<end.lowerBound]
    let wanted = expected.joined(separator: "\n") + "\n"
    if written == wanted { return }
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      let changed = page[..<begin.upperBound] + wanted + page[end.lowerBound...]
      try String(changed).write(to: Self.page(topic), atomically: true, encoding: .utf8)
      Issue.record("recorded the \(mark) of \(topic).md; run again without ASSAY_RECORD")
    } else {
      Issue.record("the \(mark) of \(topic).md are out of date: ASSAY_RECORD=1 swift test --filter ManualTests")
    }
  }

  @Test func hasTheTablesOfTheRegistries() throws {
    try check("keys", "keys", Self.keys)
    try check("formats", "formats", Self.formats)
    try check("items", "sources", Self.sources)
    try check("goldens", "conventions", Self.conventions)
    try check("configuration", "thresholds", Self.thresholds)
    try check("json", "words", Self.words)
    try check("ci", "services", Self.services)
    try check("health", "figures", Self.figures)
    try check("reruns", "frameworks", Self.frameworks)
    try check("reruns", "placeholders", Self.placeholders)
    try check("filters", "filters", Self.filters)
  }

  @Test func namesEveryCommand() throws {
    let page = try Self.text("commands")
    let help = try Program().run("--help").output
    let commands = help.split(separator: "SUBCOMMANDS:").last?.split(separator: "\n").compactMap { line in
      line.hasPrefix("  ") && line.dropFirst(2).first?.isLowercase == true
        ? line.split(separator: " ").first.map(String.init) : nil
    }
    #expect(commands?.isEmpty == false)
    for command in commands ?? [] {
      let isNamed = page.contains("assay \(command) ")
      #expect(isNamed, "\(command)")
    }
  }

  /// A page that is written and not embedded, or not told of, is one that nobody reads.
  @Test func everyPageIsCarriedAndListed() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    let topics = files.map { String($0.dropLast(3)) }
    let program = try Program()
    let listed = try program.run("manual").output.split(separator: "\n").map { line in
      line.split(separator: " ").dropFirst(2).first.map(String.init) ?? ""
    }
    #expect(listed == topics)
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    for topic in topics {
      #expect(try program.run("manual", topic).output == Self.text(topic))
      let isLinked = readme.contains("[\(topic)](Sources/assay/Manual/\(topic).md)")
      #expect(isLinked, "README.md does not name \(topic)")
    }
  }

  @Test func theReadmeIsShort() throws {
    let readme = try Data(contentsOf: Self.root.appending(path: "README.md"))
    #expect(readme.count <= 6144)
  }

  @Test func anUnknownTopicNamesTheNearest() throws {
    let answer = try Program().run("manual", "golden")
    #expect(answer.status == 2)
    #expect(answer.errors.contains("there is no page golden, did you mean goldens?"))
  }

  @Test func theManPageHoldsEveryPage() throws {
    let roff = try Program().run("manual", "--roff").output
    #expect(roff.hasPrefix("'\\\" t\n.TH ASSAY 1"))
    for title in ["Goldens", "Filters", "JSON", "Exit status"] {
      #expect(roff.contains("\n.SH\n\(title)\n") || roff.contains("\n.SH \(title)\n"), "\(title)")
    }
    #expect(!roff.contains("<!--"))
    #expect(roff.contains("\nl lx.\n"))
    #expect(!roff.contains("\ncc.\n"))
  }
}
