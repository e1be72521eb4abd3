import ReportFormats
import TestSupport
import TriageModel

/// What reading one report, or several of one folder, gave.
struct ReadReport {
  var table: TestTable
  var results: [ReportResult]

  var result: ReportResult { results.first ?? ReportResult() }
  var counts: OutcomeCounts { table.counts }

  /// Reads bytes as one format's report.
  static func read(
    _ bytes: [UInt8], as format: any ReportFormat.Type, path: String = "report", files: Set<String> = [],
    beside: FilesBeside = FilesBeside(), blockSize: Int = .max, size: Int = 0
  ) -> ReadReport {
    var builder = TestTableBuilder()
    let result = add(
      bytes, as: format, path: path, files: files, beside: beside, blockSize: blockSize, size: size, to: &builder)
    return ReadReport(table: builder.table, results: [result])
  }

  /// Reads a text as JUnit XML.
  static func junit(_ text: String, files: Set<String> = []) -> ReadReport {
    read(Array(text.utf8), as: JUnitXML.self, files: files)
  }

  /// Reads one file; nil when no format knows it.
  static func file(_ path: String) -> ReadReport? {
    files([path])
  }

  /// Reads one file of an artifact of several, given by their paths in it.
  static func file(_ path: String, of files: [String: [UInt8]]) -> ReadReport? {
    let bytes = files[path] ?? []
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    let names = Set(files.keys)
    let head = ReportHead(name: Files.name(path), folder: folder, bytes: Array(bytes.prefix(ReportHead.length))) {
      names.contains(folder.isEmpty ? $0 : folder + "/" + $0)
    }
    guard let format = ReportFormats.format(of: head) else { return nil }
    let beside = FilesBeside(
      of: path, paths: { files.keys.sorted() },
      open: { (path) throws(ByteSourceError) in files[path].map { MemorySource($0) } })
    return read(bytes, as: format, path: path, beside: beside)
  }

  /// Reads the files of one folder, richest format first; nil when no format knows any.
  static func files(_ paths: [String]) -> ReadReport? {
    var known: [(bytes: [UInt8], format: any ReportFormat.Type, path: String)] = []
    for path in paths {
      let bytes = Files.bytes(path)
      let head = head(of: path, bytes)
      if let format = ReportFormats.format(of: head) { known.append((bytes, format, path)) }
    }
    if known.isEmpty { return nil }
    known.sort { $0.format.richness > $1.format.richness }
    var builder = TestTableBuilder()
    let results = known.map { add($0.bytes, as: $0.format, path: $0.path, to: &builder) }
    return ReadReport(table: builder.table, results: results)
  }

  /// What recognition sees of a file where it lies.
  static func head(of path: String, _ bytes: [UInt8]) -> ReportHead {
    let folder = Files.folder(of: path, up: 1)
    return ReportHead(name: Files.name(path), folder: folder, bytes: Array(bytes.prefix(ReportHead.length))) {
      Files.exists(folder + "/" + $0)
    }
  }

  /// Reads reports of one format that lie in one folder.
  static func reports(_ reports: [(bytes: [UInt8], path: String)], as format: any ReportFormat.Type) -> ReadReport {
    var builder = TestTableBuilder()
    let results = reports.map { add($0.bytes, as: format, path: $0.path, to: &builder) }
    return ReadReport(table: builder.table, results: results)
  }

  private static func add(
    _ bytes: [UInt8], as format: any ReportFormat.Type, path: String, files: Set<String> = [],
    beside: FilesBeside = FilesBeside(), blockSize: Int = .max, size: Int = 0, to builder: inout TestTableBuilder
  ) -> ReportResult {
    builder.beginReport(ReportInfo(path: path, folder: "folder", format: format.id))
    var input = ReportInput(
      path: path, open: { () throws(ByteSourceError) -> any ByteSource in BlockSource(bytes, size: blockSize) },
      repositoryHas: { files.contains($0) })
    input.beside = beside
    input.size = size
    let result = format.read(input, into: &builder)
    builder.endReport()
    return result
  }

  /// The test with the given id.
  func test(_ id: String) -> TestIndex? {
    tests.first { table.id(of: $0) == id }
  }

  /// All tests in the order they were read.
  var tests: [TestIndex] { (0..<table.count).map { TestIndex($0) } }

  /// `id outcome` of every test.
  var lines: [String] {
    tests.map { "\(table.id(of: $0)) \(table.outcome(of: $0).name)" }
  }

  /// Everything a person can see of every test, for comparing two readings.
  var account: [String] {
    tests.map { test in
      let attempts = table.attempts(of: test).map { attempt in
        let output = table.text.string(attempt.standardOutput) + table.text.string(attempt.standardError)
        return "\(attempt.outcome.name) \(attempt.duration ?? -1) \(attempt.note) \(attempt.failures) \(output) "
          + "\(attempt.properties)"
      }
      return "\(table.id(of: test)) \(table.kind(of: test).word) \(table.outcome(of: test).name) \(attempts)"
        + " \(table.measure(of: test).debugDescription) \(table.pair(of: test).debugDescription)"
    }
  }

  /// What a person would want to see of the reading, for goldens.
  var summary: String {
    var lines: [String] = []
    for damage in result.damages { lines.append("damage: line \(damage.line ?? 0): \(damage.cause)") }
    for warning in result.warnings { lines.append("warning: \(warning)") }
    let report = table.reports[0]
    if let start = report.startedAt { lines.append("started: \(start)") }
    if !report.host.isEmpty { lines.append("host: \(report.host)") }
    for label in report.labels.sorted(by: { $0.key < $1.key }) { lines.append("label: \(label.key)=\(label.value)") }
    if let code = result.exitCode { lines.append("exit code: \(code)") }
    for test in tests { lines += summary(of: test) }
    return lines.joined(separator: "\n")
  }

  private func summary(of test: TestIndex) -> [String] {
    let place = table.definition(of: test).map { "  at \($0.file):\($0.line ?? 0)" } ?? ""
    let kind = table.kind(of: test) == .test ? "" : "  (\(table.kind(of: test).word))"
    var lines = ["", "\(table.outcome(of: test).letter) \(table.id(of: test))\(kind)\(place)"]
    for attempt in table.attempts(of: test) {
      lines.append("    \(attempt.outcome.name)" + (attempt.duration.map { " \($0) s" } ?? ""))
      if !attempt.note.isEmpty { lines.append("      note: \(quote(attempt.note))") }
      for failure in attempt.failures {
        let place = failure.location.map { "  at \($0.file):\($0.line ?? 0)" } ?? ""
        lines.append("      failure: \(failure.type)\(place)")
        if !failure.message.isEmpty { lines.append("        message: \(quote(failure.message))") }
        if !failure.details.isEmpty { lines.append("        details: \(quote(failure.details))") }
      }
      let output = table.text.string(attempt.standardOutput)
      let error = table.text.string(attempt.standardError)
      if !output.isEmpty { lines.append("      output: \(quote(output))") }
      if !error.isEmpty { lines.append("      error: \(quote(error))") }
      for property in attempt.properties { lines.append("      \(property.name): \(quote(property.value))") }
    }
    if let measure = table.measure(of: test) {
      lines.append("      measure: \(measure.value)\(measure.unit), better \(measure.better)")
    }
    if let pair = table.pair(of: test) {
      lines.append("      expected: \(quote(pair.expected))")
      lines.append("      observed: \(quote(pair.observed))")
    }
    return lines
  }

  private func quote(_ text: String) -> String {
    text.count > 240
      ? "\(text.prefix(110).debugDescription) … \(text.suffix(110).debugDescription)" : text.debugDescription
  }
}

/// A source that gives a few bytes at a time, as a pipe may.
private final class BlockSource: ByteSource {
  private let memory: MemorySource
  private let size: Int

  init(_ bytes: [UInt8], size: Int) {
    memory = MemorySource(bytes)
    self.size = size
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int {
    try memory.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(size, buffer.count)]))
  }
}
