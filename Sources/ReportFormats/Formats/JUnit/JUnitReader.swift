internal import TriageModel

/// Follows a JUnit document and adds its tests to a builder.
///
/// On the hot path, a passed test case, it makes no `String` and no array: bytes go straight into the builder.
struct JUnitReader {
  var builder: TestTableBuilder
  let repositoryHas: (String) -> Bool
  var dialect = JUnitDialect.generic
  var suites: [JUnitSuite] = []
  var cases: [JUnitCase] = []
  var suiteNames: JUnitSuiteNames
  var ledger = JUnitLedger()
  /// The attempts before the report.
  private let firstAttempt: Int
  /// What was known of the report before it was read.
  private let labels: [String: String]
  /// pytest suites begun in this pass, and in all passes.
  private var pytestSuites = (now: 0, ever: 0)
  /// Records to leave out because an earlier pass over the same document has added them.
  private var skipped = 0
  /// Records added so far, by all passes.
  private(set) var added = 0
  /// The `testcase` elements met so far.
  private(set) var caseCount = 0
  /// Elements around the place, innermost last.
  private var places: [UInt8] = []
  /// The text being collected, of all collecting elements around the place one after the other.
  private var buffer: [UInt8] = []
  private var marks: [Int] = []
  var hasLongText = false
  var durations = JUnitSeconds()
  /// Whether the builder knows the suites around the place.
  var isSuiteKnown = false
  /// The file that mocha's suites are about when they do not say.
  var fileBefore = TextRef.empty
  /// The test case before.
  var lastCase: (suite: SuiteID, name: TextRef, retry: Int)?
  /// The test case before, if it failed.
  var lastFailed: (suite: SuiteID, name: TextRef)?

  /// A reader that adds to `builder`.
  init(builder: consuming TestTableBuilder, repositoryHas: @escaping (String) -> Bool) {
    self.builder = builder
    self.repositoryHas = repositoryHas
    suiteNames = JUnitSuiteNames()
    labels = self.builder.report.labels
    firstAttempt = self.builder.table.attemptCount
    places.reserveCapacity(16)
  }

  /// Starts over at the beginning of the same document: what was added stays and is not added again.
  mutating func restart() {
    skipped = added
    added = 0
    caseCount = 0
    (suites, cases, places, buffer, marks) = ([], [], [], [], [])
    ledger = JUnitLedger()
    suiteNames.forgetJoined()
    (lastFailed, lastCase) = (nil, nil)
    (isSuiteKnown, fileBefore) = (false, .empty)
    durations.forget()
    pytestSuites.now = 0
  }

  /// pytest writes one suite; several in a file are runs merged afterwards: each is another leg of a matrix.
  mutating func beginLeg() {
    pytestSuites.now += 1
    if pytestSuites.now <= pytestSuites.ever { return }
    pytestSuites.ever = pytestSuites.now
    if pytestSuites.now == 1 { return }
    if ledger.hasPytestReruns { builder.failEarlierPasses() }
    ledger.forgetPytest()
    let info = builder.report
    builder.endReport()
    builder.beginReport(ReportInfo(path: info.path, folder: info.folder, format: info.format, labels: labels))
  }

  var isCollectingText: Bool { !marks.isEmpty }

  mutating func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    let parent = owner
    places.append(word)
    guard let word = JUnitWord(rawValue: word) else { return }
    switch word {
    case .testcase:
      caseCount += 1
      startCase(attributes)
    case .testsuite, .testsuites: startSuite(word, attributes)
    case .failure, .error, .skipped, .flakyFailure, .flakyError, .rerunFailure, .rerunError:
      if let parent { startFault(word, in: parent, attributes) }
      collect()
    case .systemOut, .systemErr, .stackTrace: collect()
    case .property: startProperty(attributes)
    default: break
    }
  }

  mutating func text(_ bytes: UnsafeRawBufferPointer) {
    guard let mark = marks.last else { return }
    let room = TextStore.longestText - (buffer.count - mark)
    if bytes.count > room {
      hasLongText = true
      buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<max(room, 0)]))
      return
    }
    buffer.append(contentsOf: bytes)
  }

  mutating func end(_ word: UInt8) {
    if !places.isEmpty { places.removeLast() }
    guard let word = JUnitWord(rawValue: word) else { return }
    let parent = owner
    switch word {
    case .testcase: endCase()
    case .testsuite, .testsuites: endSuite()
    case .failure, .error, .skipped, .flakyFailure, .flakyError, .rerunFailure, .rerunError:
      let text = collected()
      if let parent { endFault(word, in: parent, text) }
    case .systemOut, .systemErr, .stackTrace:
      let text = collected()
      if let parent { endText(word, in: parent, text) }
    default: break
    }
  }

  /// Ends the document where it ends: a test inside which it broke off has no outcome it could be believed for.
  ///
  /// Such a test is errored, saying so, when its name is known; one that had said that it failed stays failed.
  mutating func endDocument() {
    while let place = places.last {
      if place == JUnitWord.testcase.rawValue, let open = cases.last, open.faults.isEmpty, !open.isSkipped {
        var fault = JUnitFault(turn: .final, outcome: .errored)
        fault.record.message = builder.text("the report ends inside this test")
        cases[cases.count - 1].faults.append(fault)
        cases[cases.count - 1].isLost = !open.hasName
      }
      end(place)
    }
  }

  /// Decides what only the whole report can tell.
  mutating func settle() {
    if ledger.hasPytestReruns { builder.failEarlierPasses() }
    if dialect.duplicates != .silentAttempts { builder.failRepetitions(evenOnce: ledger.hasOtherOrder) }
    for (attempt, seconds) in durations.settled { builder.setDuration(seconds, of: attempt) }
  }

  /// Adds a record unless an earlier pass did.
  mutating func add(_ record: AttemptRecord) {
    added += 1
    if added <= skipped {
      durations.forget()
      return
    }
    guard durations.isInDoubt else {
      builder.add(record)
      return
    }
    let count = builder.table.attemptCount
    builder.add(record)
    if builder.table.attemptCount > count { durations.keep(for: count) }
  }

  /// Seconds of the attempt that is added next.
  mutating func seconds(_ bytes: UnsafeRawBufferPointer) -> Float { durations.read(bytes) }

  /// The attempts before the next record; while an earlier pass is gone over again, as many as that had added then.
  var attemptCount: Int { added < skipped ? firstAttempt + added : builder.table.attemptCount }

  /// What an element at the place belongs to: one that is not known is looked through inside of a test case.
  private var owner: JUnitWord? {
    guard let place = places.last else { return nil }
    return JUnitWord(rawValue: place) ?? (cases.isEmpty ? nil : .testcase)
  }

  /// The element so many places out from the innermost.
  func place(above count: Int) -> JUnitWord? {
    places.count < count ? nil : JUnitWord(rawValue: places[places.count - count])
  }

  // MARK: - Text

  /// Keeps an attribute's text, and notes when it is too long to be kept whole.
  mutating func keep(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    if bytes.count > TextStore.longestText { hasLongText = true }
    return builder.text(bytes)
  }

  private mutating func collect() {
    marks.append(buffer.count)
  }

  /// The text of the collecting element that ends.
  private mutating func collected() -> TextRef {
    guard let mark = marks.popLast() else { return .empty }
    let text = buffer.withUnsafeBytes { buffer in
      builder.text(JUnitBytes.withoutBlankEnds(UnsafeRawBufferPointer(rebasing: buffer[mark...])))
    }
    if marks.isEmpty, buffer.count > 1 << 20 {
      buffer = []
    } else {
      buffer.removeLast(buffer.count - mark)
    }
    return text
  }
}
