import Foundation
import Goldens
import ReportFormats
import TerminalKit
import TestSupport
import Testing
import TriageModel
import TriageUI

/// README.md tells of what is there: its tables are made from the registries, its list of commands from the program.
@Suite struct ReadmeTests {
  private static let path = URL(filePath: #filePath).appending(path: "../../../README.md").standardized

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
    let rows = ReportFormats.all.map { "| \($0.title) | `\($0.id)` |" }
    return ["| format | id in `doctor` and JSON |", "|---|---|"] + rows
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

  /// What stands between a mark and its end; with `ASSAY_RECORD=1` it is written anew, and the test fails.
  private func check(_ mark: String, _ expected: [String]) throws {
    let readme = try String(contentsOf: Self.path, encoding: .utf8)
    let begin = try #require(readme.range(of: "<!-- \(mark) -->\n"))
    let end = try #require(readme.range(of: "<!-- end -->", range: begin.upperBound..<readme.endIndex))
    let written = readme[begin.upperBound..<end.lowerBound]
    let wanted = expected.joined(separator: "\n") + "\n"
    if written == wanted { return }
    if ProcessInfo.processInfo.environment["ASSAY_RECORD"] == "1" {
      let changed = readme[..<begin.upperBound] + wanted + readme[end.lowerBound...]
      try String(changed).write(to: Self.path, atomically: true, encoding: .utf8)
      Issue.record("recorded the \(mark) of README.md; run again without ASSAY_RECORD")
    } else {
      Issue.record("the \(mark) of README.md are out of date: ASSAY_RECORD=1 swift test --filter ReadmeTests")
    }
  }

  /// All in one test: two would write the file at once.
  @Test func hasTheTablesOfTheRegistries() throws {
    try check("keys", Self.keys)
    try check("formats", Self.formats)
    try check("conventions", Self.conventions)
    try check("thresholds", Self.thresholds)
  }

  @Test func namesEveryCommand() throws {
    let readme = try String(contentsOf: Self.path, encoding: .utf8)
    let help = try Program().run("--help").output
    let commands = help.split(separator: "SUBCOMMANDS:").last?.split(separator: "\n").compactMap { line in
      line.hasPrefix("  ") && line.dropFirst(2).first?.isLowercase == true
        ? line.split(separator: " ").first.map(String.init) : nil
    }
    #expect(commands?.isEmpty == false)
    for command in commands ?? [] {
      let isNamed = readme.contains("assay \(command) ")
      #expect(isNamed, "\(command)")
    }
  }
}
