/// The tests of one run, in columns: what a million-test run needs to open at once and stay small.
///
/// A test has a chain of attempts; an attempt has a chain of failures. All text lies in one `TextStore`.
/// The table is a value: a loader's copy goes on growing while a screen reads its own (`ChunkedArray`).
/// Strings and `Attempt` values are made when asked for, one test at a time.
package struct TestTable: Sendable {
  /// No row.
  static let none = UInt32.max

  struct TestRow: Sendable {
    var name: TextRef
    var suite: UInt32
    var firstAttempt: UInt32
    var lastAttempt: UInt32
    /// The next test with the same suite and name: another leg of the matrix, or another test of that name.
    var nextNamesake: UInt32
    var line: UInt32
    /// The report the test came from, and the last one that told of it.
    var report: UInt32
    var lastReport: UInt32
    /// The formats that told of it, a bit each, as the builder numbers them.
    var formats: UInt16
    var outcome: Outcome
    /// The place in `kinds`.
    var kind: UInt8
  }

  struct AttemptRow: Sendable {
    var next: UInt32
    var failure: UInt32
    var extra: UInt32
    var duration: Float
    var outcome: Outcome
  }

  struct FailureRow: Sendable {
    var next: UInt32
    var record: FailureRecord
  }

  /// What few attempts have: output, a note, properties.
  struct ExtraRow: Sendable {
    var note: TextRef
    var standardOutput: TextRef
    var standardError: TextRef
    var file: TextRef
    var properties: [Property]
  }

  struct Property: Sendable {
    var name: TextRef
    var value: TextRef
  }

  /// The text of all reports.
  package internal(set) var text = TextStore()
  /// The reports the tests came from.
  package internal(set) var reports: [ReportInfo] = []
  /// How many tests ended how; what failed around them is one of them.
  package internal(set) var counts = OutcomeCounts()
  /// How many of the other items ended how.
  package internal(set) var itemCounts = ItemCounts()
  /// The kinds of row that there are.
  var kinds: [ItemKind] = [.test, .suite]
  /// What review items have besides, in the order of the rows.
  var items = ChunkedArray<ItemRow>()
  var tests = ChunkedArray<TestRow>()
  var attempts = ChunkedArray<AttemptRow>()
  var failures = ChunkedArray<FailureRow>()
  var extras = ChunkedArray<ExtraRow>()
  var suites: [TextRef] = []
  /// Where each suite's tests begin, in the order of the tests.
  var suiteSpans = ChunkedArray<SuiteSpan>()
  /// The sets of labels that suites have.
  var labelSets: [[String: String]] = []
  /// Marks of tests with namesakes in their report, in the order of the tests.
  var namesakeMarks: [NamesakeMark] = []
  /// Whether two tests of one name came from two reports: they ran in different legs of the matrix.
  var hasReportLegs = false
  /// Whether two legs have the same labels, so that only the reports' paths tell them apart.
  package internal(set) var hasLikeLegs = false
  /// Whether two tests of one name in one report differ in their labels.
  var hasSuiteLegs = false

  /// Labels that all reports have alike: they tell no leg from another.
  package internal(set) var commonLabels: [String: String] = [:]

  /// A table without tests.
  package init() {}

  /// The number of rows: tests and other items.
  package var count: Int { tests.count }

  /// Rows that a person must look at: tests and other items.
  package var failing: Int { counts.failing + itemCounts.failing }

  /// The number of attempts at all tests.
  package var attemptCount: Int { attempts.count }

  /// The number of suites.
  package var suiteCount: Int { suites.count }

  /// How a test ended.
  package func outcome(of test: TestIndex) -> Outcome { tests[Int(test.value)].outcome }

  /// What kind of item a test is.
  package func kind(of test: TestIndex) -> ItemKind { kinds[Int(tests[Int(test.value)].kind)] }

  /// The place of a test's kind in `itemKinds`.
  package func kindIndex(of test: TestIndex) -> Int { Int(tests[Int(test.value)].kind) }

  /// The suite of a test.
  package func suite(of test: TestIndex) -> SuiteID { SuiteID(index: tests[Int(test.value)].suite) }

  /// The name of a test within its suite, as bytes in `text`.
  package func nameRef(of test: TestIndex) -> TextRef { tests[Int(test.value)].name }

  /// A suite's name, as bytes in `text`; empty for tests without one.
  package func suiteRef(_ suite: SuiteID) -> TextRef { suites[Int(suite.index)] }

  /// The name of a test within its suite.
  package func name(of test: TestIndex) -> String { text.string(nameRef(of: test)) }

  /// A suite's name.
  package func suiteName(_ suite: SuiteID) -> String { text.string(suiteRef(suite)) }

  /// The identity of a test, stable across runs: suite and name joined by `::`.
  package func id(of test: TestIndex) -> String {
    let suite = suiteName(suite(of: test))
    return suite.isEmpty ? name(of: test) : suite + "::" + name(of: test)
  }

  /// The report a test came from.
  package func report(of test: TestIndex) -> ReportInfo { reports[Int(tests[Int(test.value)].report)] }

  /// The tests whose outcome satisfies `isIncluded`, in the order they were read.
  package func tests(where isIncluded: (Outcome) -> Bool) -> [TestIndex] {
    let included = Outcome.allCases.map(isIncluded)
    var result: [TestIndex] = []
    tests.forEachChunk { first, rows in
      for (offset, row) in rows.enumerated() where included[Int(row.outcome.rawValue)] {
        result.append(TestIndex(first + offset))
      }
    }
    return result
  }

  /// Seconds that all attempts at a test took; nil when no report says.
  package func duration(of test: TestIndex) -> Double? {
    var sum: Double?
    forEachAttempt(of: test) { if !$0.duration.isNaN { sum = (sum ?? 0) + Double($0.duration) } }
    return sum
  }

  /// How the attempts at a test ended, oldest first.
  package func attemptOutcomes(of test: TestIndex) -> [Outcome] {
    var outcomes: [Outcome] = []
    forEachAttempt(of: test) { outcomes.append($0.outcome) }
    return outcomes
  }

  /// The number of attempts at a test.
  package func attemptCount(of test: TestIndex) -> Int {
    var count = 0
    forEachAttempt(of: test) { _ in count += 1 }
    return count
  }

  /// The short text of the failure that decides a test's outcome, or why it was skipped; empty when there is none.
  package func headline(of test: TestIndex) -> TextRef {
    var found = TextRef.empty
    forEachAttempt(of: test) { attempt in
      if attempt.failure != Self.none {
        let failure = failures[Int(attempt.failure)].record
        found = failure.message.isEmpty ? failure.details : failure.message
      } else if attempt.extra != Self.none, found.isEmpty {
        found = extras[Int(attempt.extra)].note
      }
    }
    return found
  }

  func forEachAttempt(of test: TestIndex, _ body: (AttemptRow) -> Void) {
    var index = tests[Int(test.value)].firstAttempt
    while index != Self.none {
      let attempt = attempts[Int(index)]
      body(attempt)
      index = attempt.next
    }
  }
}

extension TestTable {
  /// Whether a test was tried once, which needs no list of its attempts.
  package func hasSingleAttempt(_ test: TestIndex) -> Bool {
    let row = tests[Int(test.value)]
    return row.firstAttempt == row.lastAttempt
  }

  /// Whether any attempt at a test failed with words or printed something, without making a text of it.
  package func hasWords(_ test: TestIndex) -> Bool {
    var found = false
    forEachAttempt(of: test) { attempt in
      if attempt.failure != Self.none {
        let failure = failures[Int(attempt.failure)].record
        found = found || !failure.message.isEmpty || !failure.details.isEmpty
      }
      if attempt.extra != Self.none {
        let extra = extras[Int(attempt.extra)]
        found = found || !extra.standardOutput.isEmpty || !extra.standardError.isEmpty
      }
    }
    return found
  }
}

/// The failure that a test's history knows it by.
extension TestTable {
  /// The first failure of the first failing attempt that says anything; nil when no attempt failed, or none does.
  ///
  /// What follows is mostly its result: a tear-down after it, or a retry in what it left behind (pytest-mpl's retries
  /// fail in the plug-in itself, whatever the test did).
  package func decidingFailure(of test: TestIndex) -> FailureRecord? {
    var found: FailureRecord?
    forEachAttempt(of: test) { attempt in
      if found == nil, attempt.outcome.isFailing, attempt.failure != Self.none {
        found = failures[Int(attempt.failure)].record
      }
    }
    return found
  }
}

extension TestTable {
  /// The test that the history keeps under a name, in a leg; else the one that ended worst.
  ///
  /// - Parameters:
  ///   - name: The stable name: what changes with every run is masked in it.
  ///   - leg: What tells the test from its namesakes; empty when the run had one leg.
  package func test(named name: String, leg: String) -> TestIndex? {
    let wanted = Array(name.utf8)
    let isMasked = wanted.contains(0x3C)
    let namesakes = tests(among: nil) { test, _, bytes in
      // Nearly all names end otherwise: only of the others a whole id is made.
      guard isMasked || wanted.suffix(bytes.count).elementsEqual(bytes) else { return false }
      return StableName.of(id(of: test)) == name
    }
    return namesakes.first { self.leg(of: $0) == leg }
      ?? namesakes.min { outcome(of: $0).severity < outcome(of: $1).severity }
  }
}
