internal import DataSyntax
package import TriageModel

/// The events of `go test -json` (test2json), a line each, of all packages between one another.
///
/// A test whose end is missing passed when its package did, and is an error when that failed or never ended: it crashed,
/// or ran out of time. A package that failed without a failing test failed to build, or outside of tests.
package enum GoTestJSON: ReportFormat {
  package static let id = "go-test"
  package static let title = "go test -json"
  package static let richness = 24
  package static let names = ReportNames(
    endings: ["json", "jsonl", "ndjson", "out", "log", "txt"], isPrinted: true,
    usualPaths: ["go-test*.json", "go-test*.jsonl", "gotest*.json", "test-report.jsonl"])
  package static let marks = ReportMarks(times: ["\"Time\""], tests: ["\"Test\""])
  package static let signs: [FormatSign] = [.lines(["Action", "Package"]), .lines(["Action", "ImportPath"])]

  /// Lines that are looked at for the first event.
  private static let mostLines = 200

  package static func recognises(_ head: ReportHead) -> Bool {
    if signs.contains(where: { head.sight.shows($0) }) { return true }
    guard head.sight.mayHaveLines else { return false }
    for line in head.bytes.split(separator: 0x0A).prefix(mostLines) where line.first == UInt8(ascii: "{") {
      return line.withUnsafeBytes { line in
        XMLBytes.range(of: "\"Action\":\"", in: line) != nil
          && (XMLBytes.range(of: "\"Package\":\"", in: line) != nil
            || XMLBytes.range(of: "\"Test\":\"", in: line) != nil)
      }
    }
    return false
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    GoTestReader.read(input, into: &builder)
  }
}

/// Puts the events of packages together.
private struct GoTestReader: JSONLineReader {
  var writer: CaseWriter
  let tape = JSONTape()
  private var packages: [[UInt8]: GoPackage] = [:]
  /// What compilers said, by what was built.
  private var builds: [[UInt8]: (text: [UInt8], hasFailed: Bool)] = [:]
  /// Lines that are no events: the go command's own, and before Go 1.24 those of compilers.
  private var stray: [UInt8] = []
  private var begun = 0

  private static let mostStray = 1 << 18

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(text: ArraySlice<UInt8>) {
    if stray.count < Self.mostStray { stray += text + [0x0A] }
    guard text.starts(with: "FAIL\t".utf8) else { return }
    let name = text.dropFirst(5).prefix { $0 > 0x20 }
    let isOfBuild = ["[build failed]", "[setup failed]"].contains {
      String(decoding: text, as: UTF8.self).hasSuffix($0)
    }
    guard isOfBuild, packages[Array(name)]?.hasFailure != true else { return }
    var package = take(Array(name))
    package.hasFailure = true
    fail(Array(name), as: "[build failed]", details: stray)
    package.isEnded = true
    packages[Array(name)] = package
  }

  mutating func read(_ event: JSONNode) {
    let action = event["Action"]
    writer.start(iso: event["Time"].bytes)
    if event["ImportPath"].exists, !event["Package"].exists {
      let path = Array(event["ImportPath"].bytes)
      builds[path, default: ([], false)].text += event["Output"].bytes
      if action.says("build-fail") { builds[path]?.hasFailed = true }
      return
    }
    guard action.exists else { return read(text: event["Output"].bytes) }
    let name = Array(event["Package"].bytes)
    var package = take(name)
    let test = Array(event["Test"].bytes)
    if package.isEnded, !action.says("output") { package.beginAgain() }
    if test.isEmpty {
      read(action, event, of: name, &package)
    } else {
      read(action, event, test, &package)
    }
    packages[name] = package
  }

  /// Takes a package out of the table, so that it is changed in place.
  private mutating func take(_ name: [UInt8]) -> GoPackage {
    if let known = packages.removeValue(forKey: name) { return known }
    begun += 1
    return GoPackage(number: begun, suite: name)
  }

  // MARK: - Tests

  private mutating func read(_ action: JSONNode, _ event: JSONNode, _ test: [UInt8], _ package: inout GoPackage) {
    if action.says("run") {
      package.run(test)
    } else if action.says("output") {
      package.print(event["Output"].bytes, of: test)
    } else if action.says("attr") {
      package.running[test]?.attributes.append((Array(event["Key"].bytes), Array(event["Value"].bytes)))
    } else if let outcome = Self.outcome(of: action) {
      end(test, as: outcome, seconds: event["Elapsed"].double, &package)
    }
  }

  private static func outcome(of action: JSONNode) -> Outcome? {
    if action.says("pass") || action.says("bench") { return .passed }
    if action.says("fail") { return .failed }
    return action.says("skip") ? .skipped : nil
  }

  private mutating func end(_ test: [UInt8], as outcome: Outcome, seconds: Double?, _ package: inout GoPackage) {
    let open = package.end(test)
    var record = writer.record(suite: package.suite[...], name: test[...], outcome: outcome)
    record.setDuration(seconds)
    let output = GoOutput.withoutMarks(open.output[...])
    switch outcome {
    case .passed: record.standardOutput = writer.output(output)
    case .skipped: record.note = writer.plain(GoOutput.withoutPlace(output))
    default:
      package.hasFailure = true
      let panic = GoOutput.panic(in: open.output[...])
      record.outcome = .passed
      let isOfSubtest = package.hasFailingSubtest(of: test)
      let words = isOfSubtest ? "a subtest of it failed" : "it failed without a word"
      writer.fail(
        &record, as: panic.isEmpty ? outcome : .errored,
        message: panic.isEmpty && output.isEmpty ? Array(words.utf8)[...] : panic,
        details: open.output[...])
    }
    for (key, value) in open.attributes { writer.tag(&record, key[...], value[...]) }
    package.isAgain ? package.held.append(record) : writer.add(record)
    package.note(test, record.outcome)
  }

  // MARK: - Packages

  private mutating func read(
    _ action: JSONNode, _ event: JSONNode, of name: [UInt8], _ package: inout GoPackage
  ) {
    if action.says("output") {
      package.print(event["Output"].bytes)
    } else if action.says("pass") || action.says("skip") {
      for test in package.open { end(test, as: .passed, seconds: nil, &package) }
      close(&package)
    } else if action.says("fail") {
      for test in package.open { endOpen(test, &package, saying: "its package failed while it ran") }
      if !package.hasFailure { failWhole(name, event["FailedBuild"].bytes, &package) }
      close(&package)
    }
  }

  /// Ends a test that has no end, as its output tells: `--- PASS` behind an unfinished line is no event.
  private mutating func endOpen(_ test: [UInt8], _ package: inout GoPackage, saying words: String) {
    let output = package.running[test]?.output ?? []
    let said = output.withUnsafeBytes { output -> Outcome? in
      if XMLBytes.range(of: "--- FAIL: ", in: output) != nil { return .failed }
      if XMLBytes.range(of: "--- SKIP: ", in: output) != nil { return .skipped }
      return XMLBytes.range(of: "--- PASS: ", in: output) != nil ? .passed : nil
    }
    if said == nil, GoOutput.panic(in: output[...]).isEmpty {
      package.running[test]?.output += Array("\n\(words)\n".utf8)
    }
    end(test, as: said ?? .errored, seconds: nil, &package)
  }

  private mutating func failWhole(_ name: [UInt8], _ build: ArraySlice<UInt8>, _ package: inout GoPackage) {
    let built = builds.removeValue(forKey: Array(build))?.text ?? []
    let isBuild =
      !build.isEmpty
      || package.output.withUnsafeBytes { output in
        XMLBytes.range(of: "[build failed]", in: output) != nil
          || XMLBytes.range(of: "[setup failed]", in: output) != nil
      }
    let text = built + package.output + (isBuild && built.isEmpty ? stray : [])
    fail(name, as: isBuild ? "[build failed]" : "TestMain", details: text)
  }

  private mutating func fail(_ package: [UInt8], as name: String, details: [UInt8]) {
    var record = writer.suiteFailure(suite: package[...], name: Array(name.utf8)[...])
    let panic = GoOutput.panic(in: details[...])
    writer.fail(
      &record, as: .errored, message: panic.isEmpty ? GoOutput.reason(in: details[...]) : panic, details: details[...])
    writer.add(record)
  }

  /// Ends a package. One that was run again, with none of the tests that had passed, was run for those that failed.
  private mutating func close(_ package: inout GoPackage) {
    for record in package.held {
      var record = record
      if !package.repeatsPasses { record.duplicate = .attempt }
      writer.add(record)
    }
    package.close()
  }

  mutating func finish() {
    if packages.isEmpty, builds.isEmpty { writer.lose("it holds no event of a test", writer.line) }
    for (path, build) in builds.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) where build.hasFailed {
      fail(Array(path.prefix { $0 > 0x20 }), as: "[build failed]", details: build.text)
    }
    for (name, package) in packages.sorted(by: { $0.value.number < $1.value.number }) where !package.isEnded {
      var package = package
      for test in package.open { endOpen(test, &package, saying: "the report ends while it runs") }
      close(&package)
      let words = name.isEmpty ? "a package" : "the package \(String(decoding: name.prefix(200), as: UTF8.self))"
      writer.lose("\(words) never ended", writer.line)
    }
  }
}

/// A package whose tests run, or have run.
private struct GoPackage {
  /// A test that has begun and not ended.
  struct Running {
    var output: [UInt8] = []
    var attributes: [(key: [UInt8], value: [UInt8])] = []
    var number = 0
  }

  private static let mostOutput = 1 << 22

  let number: Int
  let suite: [UInt8]
  var running: [[UInt8]: Running] = [:]
  var output: [UInt8] = []
  var hasFailure = false
  var isEnded = false
  /// Whether it is run once more.
  private(set) var isAgain = false
  /// Whether a test that had passed is among those that are run once more.
  private(set) var repeatsPasses = false
  /// Results of the package when it is run once more: what they are is known at its end.
  var held: [AttemptRecord] = []
  private var begun = 0
  /// Hashes of tests that passed before, and of those that ended in this turn.
  private var passed: Set<Int> = []
  /// Hashes of the tests that a failing one is a subtest of.
  private var failedAround: Set<Int> = []
  private var ended: Set<Int> = []

  init(number: Int, suite: [UInt8]) {
    self.number = number
    self.suite = suite
  }

  /// The tests that have not ended, in the order they began.
  var open: [[UInt8]] { running.sorted { $0.value.number < $1.value.number }.map(\.key) }

  mutating func run(_ test: [UInt8]) {
    begun += 1
    running[test] = Running(number: begun)
  }

  /// Keeps what a test printed; what one prints behind its end is the package's.
  mutating func print(_ text: ArraySlice<UInt8>, of test: [UInt8]) {
    if running[test] == nil {
      if ended.contains(test.hashValue) { return print(text) }
      run(test)
    }
    if let count = running[test]?.output.count, count < Self.mostOutput { running[test]?.output += text }
  }

  mutating func print(_ text: ArraySlice<UInt8>) {
    if output.count < Self.mostOutput { output += text }
  }

  mutating func end(_ test: [UInt8]) -> Running { running.removeValue(forKey: test) ?? Running() }

  mutating func note(_ test: [UInt8], _ outcome: Outcome) {
    let hash = test.hashValue
    if isAgain, passed.contains(hash) { repeatsPasses = true }
    ended.insert(hash)
    if outcome == .passed { passed.insert(hash) }
    if outcome.isFailing, let slash = test.lastIndex(of: UInt8(ascii: "/")) {
      failedAround.insert(Array(test[..<slash]).hashValue)
    }
  }

  /// Whether a test is around one that failed.
  func hasFailingSubtest(of test: [UInt8]) -> Bool { failedAround.contains(test.hashValue) }

  mutating func beginAgain() {
    (isEnded, isAgain, repeatsPasses, hasFailure) = (false, true, false, false)
    output = []
  }

  mutating func close() {
    isEnded = true
    (held, ended, running, failedAround) = ([], [], [:], [])
  }
}

/// What the testing package prints around a test's own output.
private enum GoOutput {
  private static let marks: [StaticString] = [
    "=== RUN ", "=== PAUSE", "=== CONT", "=== NAME", "--- PASS", "--- FAIL", "--- SKIP", "--- BENCH",
  ]

  /// The output without the lines that only say which test runs; empty when there are no others.
  static func withoutMarks(_ output: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest: [UInt8] = []
    for line in output.split(separator: 0x0A) {
      let start = line.drop { $0 == 0x20 }
      if !marks.contains(where: { mark in start.withUnsafeBytes { XMLBytes.starts($0, with: mark) } }) {
        rest += line + [0x0A]
      }
    }
    return rest.dropLast()
  }

  /// The reason of a skip, without `file_test.go:12: ` before it.
  static func withoutPlace(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let line = text.drop { $0 == 0x20 }
    let place = line.prefix { $0 != 0x20 }
    return place.last == 0x3A && place.contains(0x2E) ? line.dropFirst(place.count).drop { $0 == 0x20 } : line
  }

  /// The first line that says more than that something failed; a sentence where none does.
  static func reason(in output: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let empty: [StaticString] = ["PASS", "FAIL", "ok", "# ", "coverage: ", "exit status "]
    let line = output.split(separator: 0x0A).first { line in
      !empty.contains { empty in line.withUnsafeBytes { XMLBytes.starts($0, with: empty) } }
    }
    return line ?? Array("the package failed, and none of its tests did".utf8)[...]
  }

  /// The line in which the program panicked; empty when it did not.
  static func panic(in output: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    output.split(separator: 0x0A).first { line in
      line.withUnsafeBytes { XMLBytes.starts($0, with: "panic: ") || XMLBytes.starts($0, with: "fatal error: ") }
    } ?? []
  }
}
