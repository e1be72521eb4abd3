package import TriageModel

/// JUnit XML in the dialects of its many producers: two dozen tools, no standard.
///
/// A report is read with libxml2, strictly; where libxml2 gives up, `XMLMender` reads the report again and adds what
/// is missing. A test inside which the report ends is errored, saying so, unless it had already said that it failed.
package enum JUnitXML: ReportFormat {
  package static let id = "junit"
  package static let title = "JUnit XML"
  package static let richness = 1

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
