import Foundation
import TerminalKit
import TestSupport
import Testing

/// Every screen has a twin: the command shows the same groups, in the same order, with the same counts.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed"), .serialized) struct TwinTests {
  /// Names of goldens by the way in which they change; of the smallest changes there are several.
  private static let names = [
    "clip", "factor", "moved", "nan", "noise1", "noise2", "noise3", "noise4", "offset", "real", "wide",
  ]

  /// The lines of a golden after it changed in its way.
  private static func changed(_ name: String) -> [String] {
    if name == "moved" { return Array((20..<60).map { line($0 % 40, value($0 % 40)) }) }
    return (0..<40).map { row in
      let value = Self.value(row)
      switch name {
      case "clip": return line(row, min(value, 50))
      case "factor": return line(row, value * 1.1)
      case "nan": return row == 3 ? "3,nan" : line(row, value)
      case "offset": return line(row, value + 2)
      case "real": return line(row, row % 9 == 3 ? 99 : value)
      case "wide": return line(row, value) + ",1"
      default: return line(row, value * (1 + 3e-16 * (Double(name.suffix(1)) ?? 0)))
      }
    }
  }

  private static func value(_ row: Int) -> Double { 10 + 1.5 * Double(row) }
  private static func line(_ row: Int, _ value: Double) -> String { "\(row),\(value)" }

  /// A repository whose run changed goldens in every way, and failed six tests for three reasons.
  private func repository() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.makeFolder(".git")
    try folder.write(".assay/config.yaml", "goldens:\n  - expected: tests/golden/*.csv\n    actual: out/*.csv\n")
    func write(_ path: String, _ head: String, _ lines: [String]) throws {
      try folder.write(path, ([head] + lines).joined(separator: "\n") + "\n")
    }
    for name in Self.names {
      try write("tests/golden/\(name).csv", "id,value", (0..<40).map { Self.line($0, Self.value($0)) })
      try write("run/out/\(name).csv", name == "wide" ? "id,value,more" : "id,value", Self.changed(name))
    }
    let messages = ["no route to host", "cannot open the cache", "index out of range"]
    let cases = (0..<6).map { number in
      "<testcase classname='m' name='test_\(number)'><failure message='\(messages[number % 3])'/></testcase>"
    }
    try folder.write("run/junit.xml", "<testsuite name='s'>\(cases.joined())</testsuite>")
    return folder
  }

  /// What a command lists: titles with their counts, and the first word of each line below.
  private func listed(_ arguments: [String], in folder: TemporaryFolder) throws -> [String] {
    let program = try #require(Product.path("assay"))
    let output = Shell.run([program] + arguments + [folder.at("run"), "-C", folder.path]).output
    return output.split(separator: "\n").compactMap { line -> String? in
      if line.hasPrefix("    ") || line == "run" || line.contains(" tests") && line.contains("failed") { return nil }
      if !line.hasPrefix(" ") { return String(line) }
      return line.split(separator: " ").first { $0.count > 1 }.map { Files.name(String($0)) }
    }
  }

  /// Waits until the zoomed list of a screen shows what a command listed, in the same words: causes and goldens become
  /// known bit by bit.
  private func expectShown(
    _ listed: [String], _ key: String, until text: String, in folder: TemporaryFolder,
    where isCompared: (String) -> Bool = { _ in true }
  ) throws {
    let program = try #require(Product.path("assay"))
    let tmux = try Tmux(
      [program, folder.at("run"), "--no-history"], environment: ["XDG_STATE_HOME": folder.at("state")],
      size: Size(width: 120, height: 40), directory: folder.path)
    try tmux.waitFor("2 Goldens 11")
    tmux.type(key)
    try tmux.waitFor(text)
    tmux.type("z")
    try tmux.waitUntilGone("─────")
    try tmux.waitUntil("the list shows \(listed)") {
      Self.rows(of: tmux.screen.dropFirst(2).dropLast()).filter(isCompared) == listed
    }
  }

  /// The rows of a list without their marks: groups with their counts, and what stands below them.
  private static func rows(of lines: some Sequence<String>) -> [String] {
    lines.compactMap { line -> String? in
      let words = line.split(separator: " ").map(String.init).filter { !["▾", ">", "●", "✗", "F"].contains($0) }
      guard let count = words.firstIndex(where: { $0.hasPrefix("×") }), line.contains("▾") else { return words.first }
      let title = words[..<count].joined(separator: " ")
      return title.replacing(/\ (largest first|none seen|\d+ unseen)/, with: "") + " " + words[count]
    }
  }

  @Test func goldensStandAsInTheirCommand() throws {
    let folder = try repository()
    let listed = try listed(["goldens"], in: folder)
    #expect(listed.count { $0.contains("×") } == 8)
    #expect(listed.count { $0.hasSuffix(".csv") } == 11)
    try expectShown(listed, "2", until: "by drift", in: folder)
  }

  @Test func causesStandAsInTheirCommand() throws {
    let folder = try repository()
    let listed = try listed(["list", "--group", "cause"], in: folder)
    #expect(listed.count == 9)
    let names = listed.map { $0.hasPrefix("m::") ? String($0.dropFirst(3)) : $0 }
    try expectShown(names, "1", until: "by cause", in: folder) { $0.contains("×") || $0.hasPrefix("test_") }
  }
}
