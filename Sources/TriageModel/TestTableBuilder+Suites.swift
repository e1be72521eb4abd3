extension TestTableBuilder {
  /// Tells what the report says of the suite that the next tests belong to; it holds until the next call.
  ///
  /// - Parameter labels: What tells the suite's leg of a matrix from others, besides what was known of the report.
  package mutating func beginSuite(
    name: TextRef, host: TextRef = .empty, file: TextRef = .empty, labels: [String: String] = [:]
  ) {
    let all = labels.merging(report.labels) { _, known in known }
    var span = SuiteSpan(firstTest: UInt32(table.count), labels: labelSet(all))
    (span.name, span.host, span.file) = (name, host, file)
    append(span)
  }

  /// Adds labels that a report tells behind the tests that they are of: those from a place on.
  package mutating func addLabels(_ labels: [String: String], toTestsFrom first: Int) {
    var place = table.suiteSpans.count
    while place > 0, Int(table.suiteSpans[place - 1].firstTest) >= first {
      place -= 1
      let known = table.labelSets[Int(table.suiteSpans[place].labels)]
      table.suiteSpans[place].labels = labelSet(labels.merging(known) { _, known in known })
    }
  }

  /// Begins the tests of a report: what is known of it holds for those outside of suites.
  mutating func beginSpan() {
    append(SuiteSpan(firstTest: UInt32(table.count), labels: labelSet(report.labels)))
  }

  /// The labels of the suite being read.
  var currentLabels: UInt32 { lastSpan?.labels ?? 0 }

  /// The first test that the suite being read can have.
  var firstOfSuite: UInt32 { lastSpan?.firstTest ?? 0 }

  private var lastSpan: SuiteSpan? {
    table.suiteSpans.count == 0 ? nil : table.suiteSpans[table.suiteSpans.count - 1]
  }

  /// Gives the report the labels that all its tests have.
  mutating func keepCommonLabels() {
    var common: [String: String]?
    var place = table.suiteSpans.count
    var end = UInt32(table.count)
    while place > firstSpan {
      place -= 1
      let span = table.suiteSpans[place]
      if span.firstTest < end {
        let labels = table.labelSets[Int(span.labels)]
        common = common?.filter { labels[$0.key] == $0.value } ?? labels
      }
      end = span.firstTest
    }
    // A report all of whose tests were told of before has only its suites' word for its labels.
    report.labels = common ?? table.labelSets[Int(currentLabels)]
  }

  private mutating func append(_ span: SuiteSpan) {
    let last = table.suiteSpans.count - 1
    guard last >= firstSpan else {
      table.suiteSpans.append(span)
      return
    }
    if table.suiteSpans[last].firstTest == span.firstTest {
      table.suiteSpans[last] = span
    } else if !table.suiteSpans[last].saysTheSame(as: span) {
      table.suiteSpans.append(span)
    }
  }

  private mutating func labelSet(_ labels: [String: String]) -> UInt32 {
    if let known = labelSets[labels] { return known }
    let number = UInt32(table.labelSets.count)
    table.labelSets.append(labels)
    labelSets[labels] = number
    return number
  }
}
