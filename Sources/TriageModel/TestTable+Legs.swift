/// What tells tests of one name apart.
extension TestTable {
  /// Whether tests of one name are told apart, by the leg of the matrix they ran in or by what their report says of them.
  package var hasLegs: Bool { hasReportLegs || hasSuiteLegs || !namesakeMarks.isEmpty }

  /// The labels a test ran under: its report's, and those of its suite alone.
  package func labels(of test: TestIndex) -> [String: String] {
    guard let span = suiteSpan(of: test.value) else { return report(of: test).labels }
    return labelSets[Int(span.labels)]
  }

  /// What tells a test from its namesakes: the leg of the matrix, its suite, its file, else a number; empty when it
  /// has none.
  package func leg(of test: TestIndex) -> String {
    guard hasLegs else { return "" }
    let parts = [matrixLeg(of: test), namesakeMark(of: test)].filter { !$0.isEmpty }
    return parts.joined(separator: " ")
  }

  /// What is the same for all tests that ran in one leg: the report, and the labels of the suite.
  package struct LegKey: Hashable {
    /// The place of the report among `reports`.
    package var report: Int
    private var labels: UInt32
    /// What tells the test from namesakes in its report.
    package var mark: String

    fileprivate init(report: Int, labels: UInt32, mark: String) {
      self.report = report
      self.labels = labels
      self.mark = mark
    }
  }

  /// What tests of one leg have in common.
  package func legKey(of test: TestIndex) -> LegKey {
    LegKey(
      report: Int(tests[Int(test.value)].report), labels: suiteSpan(of: test.value)?.labels ?? .max,
      mark: namesakeMarks.isEmpty ? "" : namesakeMark(of: test))
  }

  private func matrixLeg(of test: TestIndex) -> String {
    guard hasReportLegs || hasSuiteLegs else { return "" }
    let labels = labels(of: test)
    var values = LegName(labels).shown(besides: commonLabels)
    if values.isEmpty {
      let own = labels.filter { commonLabels[$0.key] != $0.value }.sorted { $0.key < $1.key }
      values = own.map(\.value).joined(separator: " ")
    }
    guard hasReportLegs else { return values }
    let report = report(of: test)
    let path = report.part == 1 ? report.path : "\(report.path) #\(report.part)"
    if values.isEmpty { return path }
    return hasLikeLegs ? (hasSuiteLegs ? path + " " + values : path) : values
  }

  /// `Firefox - checkout.cy.js`, `#2`, or both; empty for a test without namesakes in its report, and the first of alike.
  private func namesakeMark(of test: TestIndex) -> String {
    let place = Self.last(of: namesakeMarks.count) { namesakeMarks[$0].test <= test.value }
    guard let found = place.map({ namesakeMarks[$0] }), found.test == test.value else { return "" }
    let name = text.string(found.text)
    if found.number == 1 { return name }
    return name.isEmpty ? "#\(found.number)" : "\(name) #\(found.number)"
  }

  /// The span of suites that a test lies in.
  func suiteSpan(of test: UInt32) -> SuiteSpan? {
    Self.last(of: suiteSpans.count) { suiteSpans[$0].firstTest <= test }.map { suiteSpans[$0] }
  }

  /// The last of so many places in order for which `isBefore` holds.
  static func last(of count: Int, where isBefore: (Int) -> Bool) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(middle) { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
