package import TriageModel

/// lcov's tracefiles (`lcov.info`), as gcov, llvm-cov, Istanbul, Dart, coverage.py and others write them. The records of
/// one file, one a test that ran it, are one item.
package enum LCOV: ReviewSource {
  package static let id = "lcov"
  package static let title = "lcov"
  package static let kind = CoverageItems.kind
  package static let names = ReportNames(
    endings: ["info", "lcov"], meant: ["lcov*.info", "*.lcov"],
    usualPaths: ["lcov.info", "coverage/lcov.info", "coverage/coverage.lcov"])

  package static func recognises(_ head: ReportHead) -> Bool {
    var lines = String(decoding: head.bytes.prefix(8192), as: UTF8.self).split(whereSeparator: \.isNewline)[...]
    lines = lines.drop { $0.hasPrefix("#") || $0.hasPrefix("\u{FEFF}") && $0.count == 1 }
    if let first = lines.first, first.hasPrefix("TN:") { lines = lines.dropFirst() }
    guard let first = lines.first, first.hasPrefix("SF:"), first.utf8.count > 3 else { return false }
    return lines.dropFirst().prefix(50).contains { line in
      ["DA:", "FN:", "FNL:", "LF:", "BRDA:", "VER:", "FNF:", "end_of_record"].contains(where: line.hasPrefix)
    }
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    LCOVReader.read(input, into: &builder)
  }
}

private struct LCOVReader: ReportLineReader {
  var writer: CaseWriter
  private var indices: [[UInt8]: Int] = [:]
  private var files: [(path: [UInt8], lines: CoveredLines)] = []
  /// The record that is open.
  private var path: [UInt8]?
  private var lines = CoveredLines()
  private var stated: (lines: Int?, covered: Int?) = (nil, nil)
  private var branches: [Int: (covered: Int, total: Int)] = [:]
  private var unread: (count: Int, first: Int) = (0, 0)
  /// What means nothing to lines.
  private static let others: Set<String> = [
    "TN", "VER", "FN", "FNDA", "FNF", "FNH", "FNL", "FNA", "BRF", "BRH", "MCDC", "MCF", "MRF", "MRH", "MCH",
  ]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    if line.first == UInt8(ascii: "#") { return }
    if line.starts(with: "end_of_record".utf8) { return endRecord() }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return note(isWhole) }
    let word = String(decoding: line[..<colon], as: UTF8.self)
    let value = line[(colon + 1)...]
    switch word {
    case "SF":
      if path != nil { endRecord(isWhole: false) }
      path = Array(value)
    case "DA": readLine(value, isWhole)
    case "BRDA": readBranch(value, isWhole)
    case "LF": stated.lines = Self.int(value)
    case "LH": stated.covered = Self.int(value)
    default: if !Self.others.contains(word) { note(isWhole) }
    }
  }

  private mutating func readLine(_ value: ArraySlice<UInt8>, _ isWhole: Bool) {
    let parts = value.split(separator: UInt8(ascii: ","), maxSplits: 2, omittingEmptySubsequences: false)
    guard path != nil, parts.count >= 2, let number = Self.int(parts[0]), let isHit = CaseWriter.isHit(parts[1]) else {
      return note(isWhole)
    }
    lines.add(number, isHit: isHit)
  }

  /// `line,block,branch,taken`; `-` for a branch of a line that never ran. The branch may be a text with commas.
  private mutating func readBranch(_ value: ArraySlice<UInt8>, _ isWhole: Bool) {
    let parts = value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard path != nil, parts.count >= 4, let number = Self.int(parts[0]), let taken = parts.last else {
      return note(isWhole)
    }
    branches[number, default: (0, 0)].total += 1
    if CaseWriter.isHit(taken) == true { branches[number, default: (0, 0)].covered += 1 }
  }

  private static func int(_ text: ArraySlice<UInt8>) -> Int? { Int(String(decoding: text.prefix(20), as: UTF8.self)) }

  private mutating func note(_ isWhole: Bool) {
    if !isWhole { return writer.lose("the last line is cut", writer.line) }
    if unread.count == 0 { unread.first = writer.line }
    unread.count += 1
  }

  private mutating func endRecord(isWhole: Bool = true) {
    guard let path else { return }
    for (line, count) in branches { lines.add(branches: count.covered, of: count.total, on: line) }
    lines.settle()
    let shown = String(decoding: path.prefix(300), as: UTF8.self)
    if isWhole {
      CoverageItems.check(stated, lines.count, of: shown, &writer)
    } else {
      writer.lose("the record of \(shown) has no end", writer.line)
    }
    if let place = indices[path] {
      files[place].lines.add(lines)
    } else {
      indices[path] = files.count
      files.append((path, lines))
    }
    (self.path, lines, stated, branches) = (nil, CoveredLines(), (nil, nil), [:])
  }

  mutating func finish() {
    if path != nil { endRecord(isWhole: false) }
    if unread.count > 0 {
      writer.lose("\(CountText.of(unread.count, "line")) of no known kind, or without numbers", unread.first)
    }
    var items = CoverageItems()
    for place in files.indices where !writer.isStopped {
      items.add(writer.sourcePath(files[place].path[...]), &files[place].lines, to: &writer)
    }
    items.finish(to: &writer)
  }
}
