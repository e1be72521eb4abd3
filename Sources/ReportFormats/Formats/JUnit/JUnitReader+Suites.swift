internal import TriageModel

extension JUnitReader {
  /// A `<testsuite>` or `<testsuites>` begins.
  mutating func startSuite(_ word: JUnitWord, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    if dialect == .generic { recognise(word, attributes) }
    if dialect.isPytest, word == .testsuite { beginLeg() }
    var suite = JUnitSuite()
    suite.isRoot = word == .testsuites
    suite.firstAttempt = attemptCount
    suite.firstTest = builder.table.count
    var package = UnsafeRawBufferPointer(start: nil, count: 0)
    for attribute in attributes {
      let value = attribute.value
      switch JUnitWord(rawValue: attribute.word) {
      case .name: suite.name = Array(JUnitBytes.trimmed(value))
      case .package: package = value
      case .tests: suite.declared.tests = JUnitBytes.number(value)
      case .failures: suite.declared.failures = JUnitBytes.number(value)
      case .errors: suite.declared.errors = JUnitBytes.number(value)
      case .skipped: suite.declared.skipped = JUnitBytes.number(value)
      case .file: suite.file = keep(value)
      case .timestamp: startedAt(value)
      case .hostname:
        suite.host = Array(value)
        if !dialect.namesProjects { host(value) }
      case nil: Self.addLabel(attribute.name, value, to: &suite)
      default: break
      }
    }
    if !package.isEmpty, !suite.name.starts(with: package) { suite.name = Array(package) + [0x2E] + suite.name }
    // Cypress names the file on a suite of its own, before those it is about.
    if dialect == .mocha, !suite.isRoot, !suite.file.isEmpty || suite.name.elementsEqual("Root Suite".utf8) {
      fileBefore = suite.file
    }
    suites.append(suite)
    isSuiteKnown = false
    builder.hasUnorderedNamesakes = dialect.isUnordered
    suiteNames.forgetJoined()
  }

  private static func addLabel(
    _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, to suite: inout JUnitSuite
  ) {
    guard let label = ReportLabels.label(for: name), suite.labels[label] == nil, !value.isEmpty else { return }
    suite.labels[label] = String(decoding: value.prefix(200), as: UTF8.self)
  }

  private mutating func startedAt(_ value: UnsafeRawBufferPointer) {
    if builder.report.startedAt != nil { return }
    let time = Timestamp(iso8601: String(decoding: value.prefix(64), as: UTF8.self))
    // A suite that was not run has a zero for a time: 1970 (jest), the year 1 (Go). No such report is older than this.
    if let time, time.milliseconds >= 946_684_800_000 { builder.report.startedAt = time }
  }

  private mutating func host(_ value: UnsafeRawBufferPointer) {
    if builder.report.host.isEmpty { builder.report.host = String(decoding: value.prefix(256), as: UTF8.self) }
  }

  /// A suite ends: its own errors become rows, its output goes to its failing tests, its counts are checked.
  ///
  /// Output that a dialect writes once a suite (Gradle, jest, Bazel, Ant) is kept with every failing test of the
  /// suite that has none of its own; a suite without a failing test needs none.
  mutating func endSuite() {
    if suites.last?.faults.isEmpty == false { enterSuite() }
    guard var ended = suites.popLast() else { return }
    isSuiteKnown = false
    if !ended.faults.isEmpty { addRow(for: ended) }
    if ended.hasLateLabels { builder.addLabels(ended.labels, toTestsFrom: ended.firstTest) }
    if !ended.standardOutput.isEmpty || !ended.standardError.isEmpty, added > 0 {
      builder.shareOutput(
        ended.standardOutput, error: ended.standardError, withFailingAttemptsFrom: ended.firstAttempt)
    }
    ended.counted.suiteFaults += ended.faults.count
    ledger.check(&ended, dialect)
    suiteNames.forgetJoined()
    guard let parent = suites.indices.last else { return }
    suites[parent].counted.add(ended.counted)
  }

  private mutating func addRow(for suite: JUnitSuite) {
    var name = suiteNames.joined(suites)
    if !name.isEmpty, !suite.name.isEmpty { name += Array(" > ".utf8) }
    name += suite.name
    if name.isEmpty { name = Array("(no name)".utf8) }
    let worst = suite.faults.map(\.outcome).min { $0.severity < $1.severity } ?? .errored
    var record = AttemptRecord(
      suite: builder.suite(""), name: name.withUnsafeBytes { builder.text($0) }, outcome: worst)
    record.kind = .suite
    record.failures = suite.faults.map(\.record)
    record.standardOutput = suite.standardOutput
    record.standardError = suite.standardError
    record.file = suite.file
    record.duplicate = .otherTest
    add(record)
  }

  /// A `<property>` of a test case or a suite.
  mutating func startProperty(_ attributes: UnsafeBufferPointer<XMLAttribute>) {
    if dialect == .generic, cases.isEmpty { recognise(.property, attributes) }
    var name = UnsafeRawBufferPointer(start: nil, count: 0)
    var value = name
    for attribute in attributes {
      if attribute.word == JUnitWord.name.rawValue { name = attribute.value }
      if attribute.word == JUnitWord.value.rawValue { value = attribute.value }
    }
    if !cases.isEmpty {
      var open = cases.removeLast()
      addProperty(name, value, to: &open)
      cases.append(open)
    } else if let last = suites.indices.last {
      Self.addLabel(name, value, to: &suites[last])
      if suites[last].counted.tests > 0 { suites[last].hasLateLabels = true }
      isSuiteKnown = false
    }
  }

  /// Looks for signs of a dialect.
  mutating func recognise(_ element: JUnitWord, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    for sign in JUnitSign.all where sign.element == element {
      for attribute in attributes where sign.isMet(by: attribute) {
        dialect = sign.dialect
        if dialect == .go, suites.last?.host.isEmpty == false { dialect = .goReport }
        return
      }
    }
    if element == .testcase, isCTest(attributes) { dialect = .ctest }
    if element == .testsuite, isPytest(attributes) { dialect = .pytest }
  }

  /// pytest's suite may have any name (`junit_suite_name`), but nobody else writes these attributes in this order.
  private func isPytest(_ attributes: UnsafeBufferPointer<XMLAttribute>) -> Bool {
    let order: [JUnitWord] = [.name, .errors, .failures, .skipped, .tests, .time, .timestamp, .hostname]
    return attributes.count == order.count && zip(attributes, order).allSatisfy { $0.word == $1.rawValue }
  }

  /// CTest repeats the name as class name and has a status of its own.
  private func isCTest(_ attributes: UnsafeBufferPointer<XMLAttribute>) -> Bool {
    func value(_ word: JUnitWord) -> UnsafeRawBufferPointer? {
      attributes.first { $0.word == word.rawValue }?.value
    }
    guard let status = value(.status), JUnitBytes.equal(status, "run"), let name = value(.name),
      let classname = value(.classname)
    else { return false }
    return name.elementsEqual(classname)
  }

  /// The suite of a test case.
  mutating func suite(
    classname: UnsafeRawBufferPointer?, name: UnsafeRawBufferPointer, file: UnsafeRawBufferPointer
  ) -> SuiteID {
    if let classname, !classname.isEmpty, !isEmpty(classname: classname, name: name) {
      if dialect.namesProjects { return projectSuite(classname) }
      if !dialect.namesModules { return knownSuite(classname) }
      if let known = suiteNames.known(classname) { return known }
      let id = pytestSuite(classname, file: file)
      suiteNames.remember(classname, id)
      return id
    }
    if let known = suiteNames.joinedID { return known }
    let names = suiteNames.joined(suites)
    // Bazel names the suite as its only test.
    if names.withUnsafeBytes({ XMLBytes.equal($0, name) }) { return builder.suite("") }
    let id = names.withUnsafeBytes { builder.suite($0) }
    suiteNames.joinedID = id
    return id
  }

  /// A file of one project: `login.spec.ts [firefox]`.
  private mutating func projectSuite(_ classname: UnsafeRawBufferPointer) -> SuiteID {
    guard let host = suites.last?.host, !host.isEmpty else { return builder.suite(classname) }
    let bytes = Array(classname) + Array(" [".utf8) + host + [0x5D]
    return bytes.withUnsafeBytes { builder.suite($0) }
  }

  /// A class name that only repeats the test's name, or that the dialect always writes.
  private func isEmpty(classname: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer) -> Bool {
    // pytest names the doctest of a module as the module.
    if XMLBytes.equal(classname, name), !dialect.isPytest { return true }
    return dialect.emptyClassnames.contains { $0.utf8.elementsEqual(classname) }
  }

  private mutating func pytestSuite(_ classname: UnsafeRawBufferPointer, file: UnsafeRawBufferPointer) -> SuiteID {
    let dotted = String(decoding: classname, as: UTF8.self)
    for name in PytestNodeID.withoutPrefixes(dotted) {
      if let known = builder.pytestSuite(dotted: name) { return known }
    }
    return builder.suite(
      PytestNodeID.suite(dotted: dotted, file: String(decoding: file, as: UTF8.self), has: repositoryHas))
  }
}
