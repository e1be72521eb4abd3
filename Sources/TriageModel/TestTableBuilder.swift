/// Builds the table of one run from its reports, richest format first.
///
/// It decides which records tell of one test:
/// - the same suite and name in one report are other tests, told apart by `TestTableBuilder+Namesakes.swift`, unless the
///   record says that it is an attempt;
/// - in a report of another format in the same folder they are the same attempts again: what the table lacks is
///   filled in field by field (`TestTableBuilder+Merge.swift`);
/// - in another report of one format, or in another folder, they are another leg of a matrix: another test.
package struct TestTableBuilder: Sendable {
  /// The table so far; copying it is cheap.
  package var table = TestTable()
  var current: UInt32 = 0
  var currentFormat: UInt16 = 0
  /// Attempts of the current report at tests that a richer report has told of, by test.
  var echoes: [UInt32: [AttemptRecord]] = [:]
  /// How tests with several attempts had ended before the last one.
  var outcomesBefore: [UInt32: Outcome] = [:]
  /// The attempt that got a failure last, and that failure: where its chain ends.
  var lastFailure: (attempt: Int, failure: UInt32) = (-1, TestTable.none)
  /// The test of the last record.
  private var lastTest: UInt32 = TestTable.none
  /// The first test of the current report among namesakes that it has several of, by the first of all.
  var namesakes: [UInt32: UInt32] = [:]
  /// Whether the report has tests of one name in no order.
  package var hasUnorderedNamesakes = false
  /// The numbers of label sets in the table.
  var labelSets: [[String: String]: UInt32] = [:]
  /// The first span of suites of the current report.
  var firstSpan = 0
  /// The last namesake of a test that has some, by the first: chains grow long (a thousand shards, parameters).
  private var lastNamesakes: [UInt32: UInt32] = [:]
  /// Whether a report of another format in the same folder may have told of the current report's tests.
  private var mayEcho = false
  /// Whether the current report is a second account of tests, wherever the first lies.
  private(set) var isCompanion = false
  /// The tests of the reports before by the words of their names, once a test was not found by its name.
  var twins: Twins?
  private var formats: [String] = []
  /// The formats read of each folder, a bit each.
  private var formatsOfFolder: [String: UInt16] = [:]
  private var testIndex = ByteIndex()
  private var suiteIndex = ByteIndex()
  private var dottedSuites: [String: SuiteID] = [:]

  /// A builder with an empty table.
  package init() {}

  /// Begins a report; what is added from now on comes from it. End it with `endReport`.
  ///
  /// A companion is a second account of tests that other reports tell of, in whatever folder those lie.
  package mutating func beginReport(_ report: ReportInfo, isCompanion: Bool = false) {
    self.isCompanion = isCompanion && !table.reports.isEmpty
    twins = nil
    current = UInt32(table.reports.count)
    var report = report
    if let last = table.reports.last, last.path == report.path { report.part = last.part + 1 }
    table.reports.append(report)
    let number = formats.firstIndex(of: report.format) ?? formats.count
    if number == formats.count { formats.append(report.format) }
    currentFormat = 1 << UInt16(min(number, 15))
    mayEcho = self.isCompanion || formatsOfFolder[report.folder, default: 0] & ~currentFormat != 0
    formatsOfFolder[report.folder, default: 0] |= currentFormat
    echoes = [:]
    outcomesBefore = [:]
    namesakes = [:]
    hasUnorderedNamesakes = false
    lastTest = TestTable.none
    firstSpan = table.suiteSpans.count
    beginSpan()
  }

  /// The report being read, for what a reader learns on the way: time, host, labels.
  package var report: ReportInfo {
    get { table.reports[Int(current)] }
    set { table.reports[Int(current)] = newValue }
  }

  /// Keeps bytes of the report.
  package mutating func text(_ bytes: UnsafeRawBufferPointer) -> TextRef { table.text.append(bytes) }

  /// Keeps a string of the report.
  package mutating func text(_ string: String) -> TextRef { table.text.append(string) }

  /// The id of a suite, new or known.
  package mutating func suite(_ bytes: UnsafeRawBufferPointer) -> SuiteID {
    let hash = ByteIndex.hash(bytes)
    let known = suiteIndex.find(hash) { candidate in
      table.text.withBytes(of: table.suites[Int(candidate)]) { Self.isEqual($0, bytes) }
    }
    if let known { return SuiteID(index: known) }
    let suite = SuiteID(index: UInt32(table.suites.count))
    table.suites.append(table.text.append(bytes))
    suiteIndex.insert(hash, value: suite.index)
    if let dotted = Self.dotted(String(decoding: bytes, as: UTF8.self)) { dottedSuites[dotted] = suite }
    return suite
  }

  /// The id of a suite, new or known.
  package mutating func suite(_ name: String) -> SuiteID {
    var name = name
    return name.withUTF8 { suite(UnsafeRawBufferPointer($0)) }
  }

  /// The pytest suite that JUnit would write with the given dotted class name, if a richer report named it.
  package func pytestSuite(dotted: String) -> SuiteID? { dottedSuites[dotted] }

  /// Adds one attempt at one test.
  package mutating func add(_ record: AttemptRecord) {
    if record.duplicate == .sameTest, lastTest != TestTable.none {
      addAgain(record, to: lastTest)
    } else {
      lastTest = place(record)
    }
  }

  /// Finds or makes the test that a record is for, and returns it.
  private mutating func place(_ record: AttemptRecord) -> UInt32 {
    let hash = table.text.withBytes(of: record.name) { ByteIndex.hash($0, salt: record.suite.index) }
    let known = testIndex.find(hash) { isTest($0, record) }
    guard let known else {
      // An item has one name, whatever tool tells of it.
      if mayEcho, record.kind.isOfTests, let twin = twin(of: record), let echoed = echo(record, of: twin) {
        return echoed
      }
      let test = appendTest(record)
      testIndex.insert(hash, value: test)
      return test
    }
    let last = lastNamesakes[known] ?? known
    if isTriedAgain(last, record) {
      addAgain(record, to: last)
      return last
    }
    // A test that only this report tells of came behind all that could be echoed.
    if mayEcho, table.tests[Int(last)].report != current, let echoed = echo(record, of: known) { return echoed }
    if table.tests[Int(last)].lastReport != current { noteLeg(besides: last) }
    let test = appendTest(record)
    table.tests[Int(last)].nextNamesake = test
    lastNamesakes[known] = test
    noteNamesake(of: last, first: known)
    return test
  }

  /// Whether an attempt can be one at a test: both are of one suite, or a report of another format told of the test.
  private func isTriedAgain(_ test: UInt32, _ record: AttemptRecord) -> Bool {
    let row = table.tests[Int(test)]
    if record.duplicate == .otherTest { return false }
    if record.duplicate == .attemptAfterSilent, !record.outcome.isFailing, row.outcome.isFailing { return false }
    return row.lastReport == current && (test >= firstOfSuite || row.report != current)
  }

  private mutating func noteLeg(besides other: UInt32) {
    table.hasReportLegs = true
    if table.hasLikeLegs { return }
    if table.suiteSpan(of: other)?.labels == currentLabels { table.hasLikeLegs = true }
  }

  /// Adds a record to the test among namesakes that another format has told of; nil when there is none.
  private mutating func echo(_ record: AttemptRecord, of first: UInt32) -> UInt32? {
    var namesake = first
    while namesake != TestTable.none {
      let row = table.tests[Int(namesake)]
      if row.lastReport == current, record.duplicate != .otherTest {
        addAgain(record, to: namesake)
        return namesake
      }
      if row.lastReport != current, isEcho(of: row) {
        table.tests[Int(namesake)].lastReport = current
        table.tests[Int(namesake)].formats |= currentFormat
        echoes[namesake] = [record]
        return namesake
      }
      namesake = row.nextNamesake
    }
    return nil
  }

  /// Gives output that a report keeps once a suite to the failing attempts that have none of their own.
  package mutating func shareOutput(_ output: TextRef, error: TextRef, withFailingAttemptsFrom first: Int) {
    for attempt in first..<max(first, table.attemptCount) where table.attempts[attempt].outcome.isFailing {
      giveOutput(output, error, to: attempt)
    }
  }

  /// Ends the report: what it told of tests that were known already is filled in.
  package mutating func endReport() {
    for (test, records) in echoes { merge(records, into: test) }
    tellNamesakesApart()
    keepCommonLabels()
    let labels = report.labels
    table.commonLabels =
      current == 0 ? labels : table.commonLabels.filter { labels[$0.key] == $0.value }
    echoes = [:]
    outcomesBefore = [:]
  }

  /// Takes a test that passed twice for failed when it failed too: nothing retries what has passed, so it was repeated.
  ///
  /// For dialects that write retries as test cases (gotestsum), and repetitions (`go test -count`) alike; `evenOnce` when
  /// the report is known to have no retries.
  package mutating func failRepetitions(evenOnce: Bool) {
    for test in outcomesBefore.keys {
      let outcomes = table.attemptOutcomes(of: TestIndex(Int(test)))
      guard evenOnce || outcomes.count(where: \.isPass) > 1, let failure = outcomes.last(where: \.isFailing) else {
        continue
      }
      setOutcome(failure, of: test)
    }
  }

  /// Gives an attempt the seconds that it took, known only now.
  package mutating func setDuration(_ seconds: Float, of attempt: Int) {
    table.attempts[attempt].duration = seconds
  }

  /// Turns every pass but the last of a test that this report tells of several times into a failed attempt.
  ///
  /// For dialects that write a rerun as a test case without children (pytest-rerunfailures).
  package mutating func failEarlierPasses() {
    for test in outcomesBefore.keys {
      var index = table.tests[Int(test)].firstAttempt
      while index != TestTable.none, table.attempts[Int(index)].next != TestTable.none {
        if table.attempts[Int(index)].outcome == .passed { table.attempts[Int(index)].outcome = .failed }
        index = table.attempts[Int(index)].next
      }
      settleOutcome(of: test)
    }
    for (test, records) in echoes {
      for place in records.indices.dropLast() where records[place].outcome == .passed {
        echoes[test]?[place].outcome = .failed
      }
    }
  }

  /// Whether the current report tells of a test several times.
  package var hasRepeatedTests: Bool { !outcomesBefore.isEmpty || echoes.values.contains { $0.count > 1 } }

  /// Whether the current report tells of every one of its tests equally often.
  package var isEvenlyRepeated: Bool {
    var counts = Set(echoes.values.map(\.count))
    for test in 0..<table.tests.count where table.tests[test].lastReport == current && echoes[UInt32(test)] == nil {
      counts.insert(table.attemptCount(of: TestIndex(test)))
      if counts.count > 1 { return false }
    }
    return counts.count == 1
  }

  private mutating func addAgain(_ record: AttemptRecord, to test: UInt32) {
    if echoes[test] != nil {
      if record.duplicate == .samePart, var last = echoes[test]?.popLast() {
        last.failures += record.failures
        if record.outcome.severity < last.outcome.severity { last.outcome = record.outcome }
        echoes[test]?.append(last)
      } else {
        echoes[test]?.append(record)
      }
      return
    }
    let last = Int(table.tests[Int(test)].lastAttempt)
    if record.duplicate == .samePart {
      appendFailures(record.failures, to: last)
      if record.outcome.severity < table.attempts[last].outcome.severity {
        table.attempts[last].outcome = record.outcome
      }
    } else {
      outcomesBefore[test] = table.tests[Int(test)].outcome
      let next = appendAttempt(record)
      table.attempts[last].next = next
      table.tests[Int(test)].lastAttempt = next
    }
    let outcome = table.attempts[Int(table.tests[Int(test)].lastAttempt)].outcome
    setOutcome(outcomesBefore[test]?.followed(by: outcome) ?? outcome, of: test)
  }

  /// Whether the current report tells again, in another format, what the reports of a test told.
  private func isEcho(of row: TestTable.TestRow) -> Bool {
    let first = table.reports[Int(row.report)]
    guard row.formats & currentFormat == 0, isCompanion || first.folder == report.folder else { return false }
    let labels = table.labelSets[Int(currentLabels)]
    return first.labels.allSatisfy { labels[$0.key] == nil || labels[$0.key] == $0.value }
  }

  private func isTest(_ candidate: UInt32, _ record: AttemptRecord) -> Bool {
    let row = table.tests[Int(candidate)]
    guard row.suite == record.suite.index, row.name.count == record.name.count else { return false }
    return table.text.withBytes(of: row.name) { left in
      table.text.withBytes(of: record.name) { Self.isEqual(left, $0) }
    }
  }

  private static func isEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  /// `tests/unit/test_a.py::TestX` as JUnit's class name writes it: `tests.unit.test_a.TestX`.
  private static func dotted(_ suite: String) -> String? {
    let parts = suite.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard let file = parts.first, file.hasSuffix(".py") || file.contains("/") else { return nil }
    var dotted = file.dropLast(file.hasSuffix(".py") ? 3 : 0).split(separator: "/").joined(separator: ".")
    if parts.count > 1 { dotted += "." + parts[1].split(separator: "::").joined(separator: ".") }
    return dotted
  }
}
