package import TriageModel

/// JUnit XML in the dialects of its many producers: two dozen tools, no standard.
///
/// A report is read with libxml2, strictly; where libxml2 gives up, `XMLMender` reads the report again and adds what
/// is missing. A test inside which the report ends is errored, saying so, unless it had already said that it failed.
package enum JUnitXML: ReportFormat {
  package static let id = "junit"
  package static let title = "JUnit XML"
  package static let richness = 1
  package static let names = ReportNames(
    endings: ["xml", "junit", "xunit"], meant: ["*junit*.xml", "test-*.xml", "results.xml", "test-results.xml"],
    usualPaths: [
      "TEST-*.xml", "build/reports/junit*.xml", "build/test-results", "junit*.xml", "nosetests.xml", "pytest*.xml",
      "report.xml", "reports", "results.xml", "target/failsafe-reports", "target/nextest/*/junit.xml",
      "target/surefire-reports", "test-output", "test-reports", "test-results", "test-results.xml", "test_results",
      "*/build/test-results", "*/target/failsafe-reports", "*/target/surefire-reports",
    ])
  package static let marks = ReportMarks(
    times: ["timestamp="], tags: [("<testcase", [" name=", "classname="])])

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    let events = JUnitEvents(JUnitReader(builder: builder, repositoryHas: input.repositoryHas))
    builder = TestTableBuilder()
    defer { builder = events.reader.builder }
    var result = ReportResult()
    let session = XMLSession(input: input, vocabulary: JUnitWord.vocabulary)
    let strict = session.readStrictly(events) { events.reader.builder.table }
    if strict != .whole {
      if strict.isWorthMending { events.reader.restart() }
      result = session.readMending(events, after: strict) { events.reader.builder.table }
    }
    events.reader.endDocument()
    events.reader.settle()
    if result.damages.isEmpty, let loss = events.reader.ledger.loss {
      result.damages.append(Damage(path: input.path, line: nil, cause: loss))
    }
    if let warning = events.reader.ledger.warning { result.warnings.append(warning) }
    if events.reader.hasLongText { result.warnOfLongText() }
    result.caseCount = events.reader.caseCount
    return result
  }
}

extension JUnitXML {
  /// Whether the first element is `testsuites` or `testsuite`, or one of them follows log text near the start.
  ///
  /// libcheck's reports have such a root in a namespace of their own, and nothing else in common.
  /// A file that breaks off before its first element is JUnit when it is named as JUnit reports are.
  package static func recognises(_ head: ReportHead) -> Bool {
    var decoder = XMLDecoder()
    var bytes: [UInt8] = []
    head.bytes.withUnsafeBytes { decoder.append($0, isLast: true, to: &bytes) }
    return bytes.withUnsafeBytes { bytes in
      switch XMLRoot.find(in: bytes) {
      case .element(let name):
        if XMLRoot.isOfOtherFamily(bytes) { return false }
        return isJUnit(name) || (!isKnownFamily(name) && isBehindText(bytes))
      case .text: return isNamedAsXML(head.name) && isBehindText(bytes)
      case .nothing: return isNamedAsReport(head.name)
      }
    }
  }

  private static func isJUnit(_ root: String) -> Bool { root == "testsuites" || root == "testsuite" }

  /// Documents of other kinds may quote anything.
  private static func isKnownFamily(_ root: String) -> Bool { XMLRoot.otherFamilies.contains(root) }

  /// Logs and source files may quote anything too: text before a report makes sense in an XML file, or without a name.
  private static func isNamedAsXML(_ name: String) -> Bool {
    !name.contains(".") || name.lowercased().hasSuffix(".xml")
  }

  /// Whether a suite begins somewhere behind log text.
  private static func isBehindText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let place = XMLBytes.range(of: "<testsuite", in: bytes) else { return false }
    let after = place + 10
    guard after < bytes.count else { return false }
    return XMLBytes.isSpace(bytes[after]) || bytes[after] == 0x3E || bytes[after] == 0x73
  }

  private static func isNamedAsReport(_ name: String) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".xml")
      && ["junit", "xunit", "test", "report", "result"].contains { name.contains($0) }
  }
}

/// The first thing in an XML file that is no declaration, comment or white space.
enum XMLRoot: Equatable {
  case element(String)
  case text
  case nothing

  /// Roots of other reports.
  static let otherFamilies: Set<String> = [
    "test-results", "test-run", "TestRun", "assemblies", "assembly", "robot", "TestLog", "Site", "coverage",
    "CoverageSession", "report", "failsafe-summary", "events", "execution", "html", "svg", "project", "checkstyle",
    "testng-results", "result", "Result", "CUNIT_TEST_RUN_REPORT",
  ]

  /// Namespaces of other reports whose root is called as JUnit's.
  private static let otherNamespaces: [StaticString] = ["http://check.sourceforge.net/ns"]

  /// Whether the first element is in a namespace of another family.
  static func isOfOtherFamily(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let place = XMLBytes.range(of: "testsuite", in: bytes) else { return false }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[place...])
    let tag = UnsafeRawBufferPointer(rebasing: rest[..<(XMLBytes.first(0x3E, in: rest) ?? rest.count)])
    return otherNamespaces.contains { XMLBytes.range(of: $0, in: tag) != nil }
  }

  /// Finds it.
  static func find(in bytes: UnsafeRawBufferPointer) -> XMLRoot {
    var rest = bytes
    while let first = rest.firstIndex(where: { !XMLBytes.isSpace($0) }) {
      rest = UnsafeRawBufferPointer(rebasing: rest[first...])
      guard rest[0] == 0x3C else { return .text }
      guard rest.count > 1 else { return .nothing }
      let length: Int
      switch rest[1] {
      case 0x3F: length = XMLBytes.range(of: "?>", in: rest).map { $0 + 2 } ?? rest.count
      case 0x21 where XMLBytes.starts(rest, with: "<!--"):
        length = XMLBytes.range(of: "-->", in: rest).map { $0 + 3 } ?? rest.count
      case 0x21:
        let doctype = XMLBytes.doctypeLength(rest)
        length = doctype == 0 ? rest.count : doctype
      default:
        let name = rest.dropFirst().prefix { XMLBytes.isName($0) }
        if name.isEmpty { return .text }
        return .element(String(decoding: name.split(separator: 0x3A).last ?? name, as: UTF8.self))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[length...])
    }
    return .nothing
  }
}
