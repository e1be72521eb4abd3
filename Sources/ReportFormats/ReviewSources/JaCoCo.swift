package import TriageModel

/// JaCoCo's XML: an item a source file. Its paths begin with the package: where the repository has the file below one of
/// the usual folders of sources, that is its path.
package enum JaCoCo: ReviewSource {
  package static let id = "jacoco"
  package static let title = "JaCoCo XML"
  package static let kind = CoverageItems.kind
  package static let names = ReportNames(
    endings: ["xml"],
    usualPaths: ["target/site/jacoco/jacoco.xml", "build/reports/jacoco/test/jacocoTestReport.xml"])
  package static let signs: [FormatSign] = [
    .root("report", saying: ["JACOCO"]), .root("report", saying: ["<sessioninfo "]),
    .root("report", saying: ["<counter type=\"INSTRUCTION\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    JaCoCoReader.read(input, into: &builder)
  }
}

private struct JaCoCoReader: XMLUnitReader {
  var writer: CaseWriter
  private var items = CoverageItems()
  private var groups: [String] = []
  private var package = ""
  private var isInPackage = false
  private var declared: (lines: Int?, covered: Int?) = (nil, nil)
  private static let folders = [
    "src/main/java", "src/main/kotlin", "src/main/scala", "src/main/groovy", "src", "app/src/main/java",
    "app/src/main/kotlin", "src/test/java", "java",
  ]

  static let vocabulary = XMLVocabulary([
    "report", "group", "package", "class", "sourcefile", "line", "counter", "sessioninfo", "name", "nr", "mi", "ci",
    "mb",
    "cb", "type", "missed", "covered", "start",
  ])
  static let units = ["class", "sourcefile"]
  static let texts: [String] = []

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func open(_ element: XMLNode) {
    let name = String(decoding: element["name"], as: UTF8.self)
    if element.isCalled("group") {
      groups.append(name)
    } else if element.isCalled("package") {
      (package, isInPackage) = (name, true)
    } else if element.isCalled("sessioninfo") {
      writer.start(milliseconds: Double(String(decoding: element["start"], as: UTF8.self)))
    } else if element.isCalled("counter"), groups.isEmpty, !isInPackage {
      let found = Self.lines(element)
      if let found { declared = (found.lines, found.covered) }
    }
  }

  mutating func close(_ name: String) {
    if name == "group", !groups.isEmpty { groups.removeLast() }
    if name == "package" { isInPackage = false }
  }

  mutating func read(_ unit: XMLNode) {
    guard unit.isCalled("sourcefile") else { return }
    var lines = CoveredLines()
    var stated: (lines: Int?, covered: Int?) = (nil, nil)
    var unread = 0
    for element in unit {
      if element.isCalled("line") {
        guard let number = element.number("nr"), let missed = element.number("mi"), let run = element.number("ci")
        else {
          unread += 1
          continue
        }
        // A line ran when any instruction of it did.
        if missed > 0 || run > 0 { lines.add(number, isHit: run > 0) }
        if let missed = element.number("mb"), let taken = element.number("cb"), missed > 0 || taken > 0 {
          lines.add(branches: taken, of: missed.addingReportingOverflow(taken).partialValue, on: number)
        }
      } else if let found = Self.lines(element) {
        stated = (found.lines, found.covered)
      }
    }
    let path = self.path(of: unit["name"])
    if unread > 0 { writer.lose("\(CountText.of(unread, "line")) of \(path) without numbers", 0) }
    lines.settle()
    if !unit.isCut { CoverageItems.check(stated, lines.count, of: path, &writer) }
    items.add(path, &lines, to: &writer)
  }

  /// The counter of lines.
  private static func lines(_ counter: XMLNode) -> (lines: Int, covered: Int)? {
    guard counter.isCalled("counter"), counter["type"].elementsEqual("LINE".utf8),
      let missed = counter.number("missed"), let covered = counter.number("covered")
    else { return nil }
    return (missed.addingReportingOverflow(covered).partialValue, covered)
  }

  private mutating func path(of name: ArraySlice<UInt8>) -> String {
    let own = (package.isEmpty ? "" : package + "/") + String(decoding: name, as: UTF8.self)
    let module = groups.isEmpty ? "" : groups.joined(separator: "/") + "/"
    for prefix in module.isEmpty ? [""] : [module, groups.last.map { $0 + "/" } ?? "", ""] {
      for folder in Self.folders where writer.repositoryHas(prefix + folder + "/" + own) {
        return prefix + folder + "/" + own
      }
    }
    return module + own
  }

  mutating func finish() { items.finish(declared: declared, to: &writer) }
}
