internal import DataSyntax
package import TriageModel

/// The report of mutation-testing-elements: StrykerJS, Stryker.NET, Stryker4s, Infection and others write it.
package enum Stryker: ReviewSource {
  package static let id = "stryker"
  package static let title = "Stryker mutation report"
  package static let kind = Mutant.kind
  package static let names = ReportNames(
    endings: ["json"], meant: ["mutation-report.json"],
    usualPaths: ["reports/mutation/mutation.json", "StrykerOutput/**/mutation-report.json"])
  package static let signs: [FormatSign] = [
    .object(["schemaVersion", "thresholds", "files"]), .object(["files"], saying: ["\"mutatorName\"", "\"mutants\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    StrykerReader.read(input, into: &builder)
  }
}

private struct StrykerReader: JSONUnitReader {
  var writer: CaseWriter
  /// The names of tests stand behind the mutants that they ran.
  private var mutants: [Mutant] = []
  private var tests: [String: String] = [:]
  private var root = ""
  static let units = ["projectRoot", "files.*", "testFiles.*"]
  private static let mostTests = 100

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    if path == "projectRoot" {
      root = node.string ?? ""
    } else if path.hasPrefix("testFiles.") {
      let file = path.dropFirst("testFiles.".count)
      for test in node["tests"] {
        guard let id = test["id"].string else { continue }
        let name = test["name"].string ?? id
        tests[id] = file.isEmpty ? name : file + " › " + name
      }
    } else {
      readFile(String(path.dropFirst("files.".count)), node)
    }
  }

  private mutating func readFile(_ name: String, _ file: JSONNode) {
    if file["mutants"].kind != .array { writer.lose("the mutants of \(name) cannot be read", 0) }
    let path = writer.sourcePath(Array(name.utf8)[...])
    let source = SourceLines(file["source"].string ?? "")
    for node in file["mutants"] {
      var mutant = Mutant(Self.fate(of: node))
      mutant.file = path
      mutant.operation = node["mutatorName"].string ?? ""
      let start = node["location"]["start"]
      let end = node["location"]["end"]
      mutant.line = start["line"].int
      let replacement = node["replacement"].string ?? node["description"].string
      if let replacement, let first = start["line"].int, let column = start["column"].int,
        let last = end["line"].int, let behind = end["column"].int,
        let change = source.replacing(first...max(first, last), from: column, to: behind, by: replacement)
      {
        mutant.setChange(from: change.old, to: change.new, first: change.first)
      } else {
        mutant.label = replacement ?? node["id"].string ?? ""
      }
      mutant.killers = node["killedBy"].prefix(Self.mostTests).compactMap(\.string)
      mutant.tests = node["coveredBy"].prefix(Self.mostTests).compactMap(\.string)
      mutant.testCount = node["coveredBy"].reduce(0) { count, _ in count + 1 }
      mutant.duration = node["duration"].double.map { $0 / 1000 }
      if node["static"].isTrue { mutant.facts.append(("static", "yes")) }
      mutants.append(mutant)
    }
  }

  private static func fate(of node: JSONNode) -> Mutant.Fate {
    let reason = node["statusReason"].string.map { ": " + $0.prefix(300) } ?? ""
    switch node["status"].string ?? "" {
    case "Survived": return .survived
    case "NoCoverage": return .untested
    case "Killed": return .caught("killed")
    case "Timeout": return .caught("it ran into the time limit")
    case "Ignored": return .skipped("ignored" + reason)
    case "CompileError": return .skipped("it does not compile" + reason)
    case "RuntimeError": return .skipped("it breaks before a test can judge it" + reason)
    case "Pending": return .skipped("not run")
    case "": return .unclear("it does not say how it ended")
    case let word: return .unclear("it ended as “\(word.prefix(100))”")
    }
  }

  mutating func finish() {
    let pending = mutants.count { if case .skipped("not run") = $0.fate { true } else { false } }
    if pending > 0 { writer.result.warnings.append("\(CountText.of(pending, "mutant")) not run") }
    for var mutant in mutants where !writer.isStopped {
      mutant.killers = mutant.killers.map { tests[$0] ?? $0 }
      mutant.tests = mutant.tests.map { tests[$0] ?? $0 }
      writer.add(mutant.item)
    }
  }
}

/// The lines of a source, with a change to some of them.
private struct SourceLines {
  private static let context = 3
  private static let mostLines = 400
  private let lines: [Substring]

  init(_ text: String) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  /// The lines around a place before and after the text between two columns is replaced, and the number of the first.
  func replacing(
    _ place: ClosedRange<Int>, from start: Int, to end: Int, by text: String
  ) -> (old: [String], new: [String], first: Int)? {
    guard place.lowerBound >= 1, place.upperBound <= lines.count, place.count <= Self.mostLines else { return nil }
    guard let head = Self.index(of: start, in: lines[place.lowerBound - 1]),
      let tail = Self.index(of: end, in: lines[place.upperBound - 1]),
      place.count > 1 || start <= end
    else { return nil }
    let lead = lines[max(0, place.lowerBound - 1 - Self.context)..<(place.lowerBound - 1)].map(String.init)
    let trail = lines[place.upperBound..<min(lines.count, place.upperBound + Self.context)].map(String.init)
    let old = lines[(place.lowerBound - 1)..<place.upperBound].map(String.init)
    let changed = lines[place.lowerBound - 1][..<head] + text + lines[place.upperBound - 1][tail...]
    let new = changed.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    return (lead + old + trail, lead + new + trail, place.lowerBound - lead.count)
  }

  /// The place of a column, from 1, in units of UTF-16.
  private static func index(of column: Int, in line: Substring) -> Substring.Index? {
    guard column >= 1 else { return nil }
    return line.utf16.index(line.startIndex, offsetBy: column - 1, limitedBy: line.endIndex)
  }
}
