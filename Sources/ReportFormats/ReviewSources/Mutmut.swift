internal import DataSyntax
package import TriageModel

/// mutmut 3: `mutants/**/*.py.meta`, a file of exit codes beside each file of mutants. `mutmut-cicd-stats.json` has no
/// mutants, only counts that those files must come to.
package enum Mutmut: ReviewSource {
  package static let id = "mutmut"
  package static let title = "mutmut"
  package static let kind = Mutant.kind
  package static let names = ReportNames(
    endings: ["meta", "json"], meant: ["*.py.meta", "mutmut-cicd-stats.json"], usualPaths: ["mutants"])
  package static let signs: [FormatSign] = [
    .object(["exit_code_by_key"]), .object(["killed", "survived", "total", "no_tests", "suspicious"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    MutmutReader.read(input, into: &builder)
  }

  /// What an exit code of the tests under a mutant means, by mutmut's own list.
  ///
  /// A crash is as good as a kill: no run of the tests with such a change is green. An exit code that nobody knows is
  /// neither.
  static func fate(of code: Int) -> Mutant.Fate {
    switch code {
    case 0: .survived
    case 1: .caught("killed")
    case 3: .caught("killed: pytest broke off")
    case 5, 33: .untested
    case 34: .skipped("skipped")
    case 36, 24, -24, 152, 255: .caught("it ran into the time limit")
    case 37: .caught("caught by the type check")
    case -11, -9: .caught("the interpreter crashed under the tests (signal \(-code))")
    case 2: .skipped("its tests were interrupted")
    case 35: .unclear("suspicious: its tests ended in no way that mutmut knows")
    default: .unclear("suspicious: its tests ended with exit code \(code)")
    }
  }
}

private struct MutmutReader: JSONUnitReader {
  var writer: CaseWriter
  private var codes: [(key: String, code: Int?)] = []
  private var durations: [String: Double] = [:]
  private var typeErrors: [String: String] = [:]
  /// What `mutmut-cicd-stats.json` says.
  private var counts: [(name: String, count: Int)] = []
  private static let words: Set<String> = [
    "killed", "survived", "total", "no_tests", "skipped", "suspicious", "timeout", "check_was_interrupted_by_user",
    "segfault", "caught_by_type_check",
  ]
  static let units = ["exit_code_by_key.*", "durations_by_key", "type_check_error_by_key"] + words.sorted()

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ node: JSONNode) {
    switch path {
    case "durations_by_key":
      for value in node { durations[String(decoding: value.key, as: UTF8.self)] = value.double }
    case "type_check_error_by_key":
      for value in node where value.exists {
        typeErrors[String(decoding: value.key, as: UTF8.self)] = value.compactText
      }
    case _ where Self.words.contains(path):
      if let count = node.int { counts.append((path, count)) }
    default:
      let key = String(path.dropFirst("exit_code_by_key.".count))
      if node.int == nil, node.kind != .null { writer.lose("the exit code of \(key) is no number", 0) }
      if node.int != nil || node.kind == .null { codes.append((key, node.int)) }
    }
  }

  mutating func finish() {
    if !counts.isEmpty { return check() }
    if codes.isEmpty { return }
    let file = sourceFile()
    let name = writer.path.split(separator: "/").last.map { String($0.dropLast(".meta".count)) } ?? ""
    let source = MutatedSource(writer.beside.bytes(of: name) ?? [])
    let tests = MutmutTests(writer.beside.bytes(ofNearest: "mutmut-stats.json") ?? [])
    var unchecked = 0
    var interrupted = 0
    for (key, code) in codes where !writer.isStopped {
      if code == nil { unchecked += 1 }
      if code == 2 { interrupted += 1 }
      var mutant = Mutant(code.map(Mutmut.fate) ?? .skipped("not checked"))
      mutant.file = file
      let (function, number) = Self.parts(of: key)
      mutant.function = Self.plain(function)
      mutant.label = "mutant \(number)"
      if let change = source.change(function, number) { mutant.setChange(from: change.old, to: change.new) }
      mutant.tests = tests.names(of: key)
      mutant.duration = durations[key]
      mutant.facts.append(("mutmut", key))
      if let words = typeErrors[key] { mutant.facts.append(("type check", words)) }
      writer.add(mutant.item)
    }
    if interrupted > 0 { writer.lose("the tests of \(CountText.of(interrupted, "mutant")) were interrupted", 0) }
    if unchecked > 0 { writer.result.warnings.append("\(CountText.of(unchecked, "mutant")) of \(file) not checked") }
  }

  /// The file that was changed: the report lies at its path below `mutants`.
  private mutating func sourceFile() -> String {
    let report = writer.path
    var path = report.hasSuffix(".meta") ? report.dropLast(".meta".count) : report[...]
    let parts = path.split(separator: "/")
    if let root = parts.lastIndex(of: "mutants") { path = parts[(root + 1)...].joined(separator: "/")[...] }
    return writer.sourcePath(Array(path.utf8)[...])
  }

  /// `shop.price.xǁCartǁadd__mutmut_1`: the function as the file of mutants calls it, and the mutant's number.
  private static func parts(of key: String) -> (function: String, number: String) {
    let own = key.split(separator: ".").last ?? ""
    guard let range = own.ranges(of: "__mutmut_").last else { return (String(own), "") }
    return (String(own[..<range.lowerBound]), String(own[range.upperBound...]))
  }

  /// `x_discount` as `discount`, `xǁCartǁadd` as `Cart.add`.
  private static func plain(_ function: String) -> String {
    if function.hasPrefix("x_") { return String(function.dropFirst(2)) }
    if function.hasPrefix("xǁ") { return function.dropFirst(2).split(separator: "ǁ").joined(separator: ".") }
    return function
  }

  // MARK: - Counts

  /// Compares mutmut's counts with the files that lie below.
  private mutating func check() {
    var held: [String: Int] = [:]
    for path in writer.beside.below(endingIn: ".py.meta") {
      for code in ExitCodes(writer.beside.bytes(of: path) ?? []).all { held[code, default: 0] += 1 }
    }
    let total = counts.first { $0.name == "total" }?.count ?? 0
    let all = held.values.reduce(0, +)
    if all == 0, total > 0 {
      // The counts alone are no loss: they are often kept where the files are too many.
      let words = "counts \(CountText.of(total, "mutant")), and mutmut's files that name them are not here"
      return writer.result.warnings.append(words)
    }
    let names = ["survived": ["0"], "no_tests": ["5", "33"], "killed": ["1", "3"], "segfault": ["-11", "-9"]]
    for (name, count) in counts {
      let found = name == "total" ? all : names[name].map { $0.reduce(0) { $0 + held[$1, default: 0] } }
      guard let found, found != count else { continue }
      let words = name.split(separator: "_").joined(separator: " ")
      writer.lose("it counts \(count) mutants as “\(words)”, and the files below have \(found)", 0)
    }
  }
}

/// The exit codes of a file of them, as they are written.
private struct ExitCodes {
  var all: [String] = []

  init(_ bytes: [UInt8]) {
    var tokenizer = JSONTokenizer(bytes)
    let tape = JSONTape()
    do throws(JSONError) { try tape.read(&tokenizer) } catch { return }
    all = tape.root["exit_code_by_key"].map { $0.compactText }
  }
}

/// The tests that ran each function, of `mutmut-stats.json`.
private struct MutmutTests {
  private var tests: [String: [String]] = [:]

  init(_ bytes: [UInt8]) {
    if bytes.isEmpty { return }
    var tokenizer = JSONTokenizer(bytes)
    let tape = JSONTape()
    do throws(JSONError) { try tape.read(&tokenizer) } catch { return }
    for list in tape.root["tests_by_mangled_function_name"] {
      tests[String(decoding: list.key, as: UTF8.self)] = list.compactMap(\.string)
    }
  }

  func names(of key: String) -> [String] {
    guard let range = key.ranges(of: "__mutmut_").last else { return [] }
    return tests[String(key[..<range.lowerBound])] ?? []
  }
}

/// A file of mutants: each is a function of its own, beside the one that it is a copy of.
private struct MutatedSource {
  private var bodies: [String: Range<Int>] = [:]
  private let lines: [String]

  init(_ bytes: [UInt8]) {
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    var open: (name: String, start: Int, indent: Int)?
    for (number, line) in lines.enumerated() {
      let text = line.drop { $0 == " " || $0 == "\t" }
      let indent = line.count - text.count
      if let (name, start, depth) = open, indent <= depth, let first = text.first, !")]}#".contains(first) {
        bodies[name] = start..<number
        open = nil
      }
      let rest = text.hasPrefix("async ") ? text.dropFirst(6) : text
      guard rest.hasPrefix("def "), let end = rest.firstIndex(of: "(") else { continue }
      let name = rest[..<end].dropFirst(4)
      if name.contains("__mutmut_") { open = (String(name), number, indent) }
    }
    if let (name, start, _) = open { bodies[name] = start..<lines.count }
  }

  /// The lines of a mutant's function and of the one that it is a copy of, which are called as the function is.
  func change(_ function: String, _ number: String) -> (old: [String], new: [String])? {
    guard let old = body(function + "__mutmut_orig"), let new = body(function + "__mutmut_" + number) else {
      return nil
    }
    return old == new ? nil : (old, new)
  }

  private func body(_ name: String) -> [String]? {
    guard let range = bodies[name] else { return nil }
    var body = Array(lines[range])
    let plain = name.split(separator: "__mutmut_").first.map { $0.split { $0 == "ǁ" }.last ?? $0 } ?? ""
    let shown = plain.hasPrefix("x_") ? plain.dropFirst(2) : plain
    body[0] = body[0].replacing(name, with: shown)
    while body.last?.allSatisfy({ $0 == " " || $0 == "\t" || $0 == "\r" }) == true { body.removeLast() }
    return body
  }
}
