package import TriageModel

/// Cobertura's XML, as coverage.py, gcovr, coverlet, PHPUnit and many others write it. The classes of one file, wherever
/// they stand, are one item.
package enum Cobertura: ReviewSource {
  package static let id = "cobertura"
  package static let title = "Cobertura XML"
  package static let kind = CoverageItems.kind
  package static let names = ReportNames(
    endings: ["xml"], meant: ["cobertura*.xml", "*.cobertura.xml"], usualPaths: ["coverage.xml", "cobertura.xml"])
  package static let signs: [FormatSign] = [.root("coverage", saying: ["line-rate="])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CoberturaReader.read(input, into: &builder)
  }
}

private struct CoberturaReader: XMLUnitReader {
  var writer: CaseWriter
  private var roots: [String] = []
  private var indices: [[UInt8]: Int] = [:]
  private var files: [(path: [UInt8], lines: CoveredLines)] = []
  private var declared: (lines: Int?, covered: Int?) = (nil, nil)
  private var unread = 0

  static let vocabulary = XMLVocabulary([
    "coverage", "sources", "source", "class", "lines", "line", "methods", "method", "filename", "name", "number",
    "hits",
    "branch", "condition-coverage", "lines-valid", "lines-covered", "timestamp",
  ])
  static let units = ["class", "sources"]
  static let texts = ["source"]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    guard element.isCalled("coverage") else { return }
    // Seconds or milliseconds since 1970; some write 0 or a date.
    if let time = Double(String(decoding: element["timestamp"], as: UTF8.self)), time > 0 {
      writer.start(milliseconds: time > 1e11 ? time : time * 1000)
    }
    declared = (element.number("lines-valid"), element.number("lines-covered"))
  }

  mutating func close(_ name: String) {}

  mutating func read(_ unit: XMLNode) {
    if unit.isCalled("sources") {
      roots += unit.map { String(decoding: $0.text, as: UTF8.self) }.filter { !$0.isEmpty }.prefix(100)
      return
    }
    var lines = CoveredLines()
    add(unit.child("lines"), to: &lines)
    if lines.isEmpty { for method in unit.child("methods") { add(method.child("lines"), to: &lines) } }
    let path = Array(unit["filename"].isEmpty ? unit["name"] : unit["filename"])
    if let place = indices[path] {
      files[place].lines.add(lines)
    } else {
      indices[path] = files.count
      files.append((path, lines))
    }
  }

  private mutating func add(_ all: XMLNode, to lines: inout CoveredLines) {
    for line in all where line.isCalled("line") {
      guard let number = line.number("number"), let isHit = CaseWriter.isHit(line["hits"]) else {
        unread += 1
        continue
      }
      lines.add(number, isHit: isHit)
      if let (covered, total) = Self.branches(line["condition-coverage"]) {
        lines.add(branches: covered, of: total, on: number)
      }
    }
  }

  /// `50% (1/2)`.
  private static func branches(_ text: ArraySlice<UInt8>) -> (covered: Int, total: Int)? {
    guard let start = text.firstIndex(of: UInt8(ascii: "(")) else { return nil }
    let parts = text[(start + 1)...].prefix { $0 != UInt8(ascii: ")") }.split(separator: UInt8(ascii: "/"))
    guard parts.count == 2, let covered = Int(String(decoding: parts[0], as: UTF8.self)),
      let total = Int(String(decoding: parts[1], as: UTF8.self))
    else { return nil }
    return (covered, total)
  }

  mutating func finish() {
    var items = CoverageItems()
    if unread > 0 { writer.lose("\(CountText.of(unread, "line")) without a number or a count", 0) }
    for place in files.indices where !writer.isStopped {
      let path = writer.sourcePath(files[place].path[...], below: roots)
      items.add(path, &files[place].lines, to: &writer)
    }
    items.finish(declared: declared, to: &writer)
  }
}
