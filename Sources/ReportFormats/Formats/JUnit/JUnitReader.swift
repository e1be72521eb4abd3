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
  private var elements: [UInt8] = []
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
  /// The names of pytest's tests that failed, by suite.
  var failed: [SuiteID: Set<[UInt8]>] = [:]

  /// A reader that adds to `builder`.
  init(builder: consuming TestTableBuilder, repositoryHas: @escaping (String) -> Bool) {
    self.builder = builder
    self.repositoryHas = repositoryHas
    suiteNames = JUnitSuiteNames()
    labels = self.builder.report.labels
    firstAttempt = self.builder.table.attemptCount
    elements.reserveCapacity(16)
  }

  /// Starts over at the beginning of the same document: what was added stays and is not added again.
  mutating func restart() {
    skipped = added
    added = 0
    caseCount = 0
    (suites, cases, elements, buffer, marks) = ([], [], [], [], [])
    ledger = JUnitLedger()
    suiteNames.forgetJoined()
    failed = [:]
    lastCase = nil
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
    tellPytestReruns()
    ledger.forgetPytest()
    let info = builder.report
    builder.endReport()
    builder.beginReport(ReportInfo(path: info.path, folder: info.folder, format: info.format, labels: labels))
  }

  /// Earlier passes of a test that pytest ran again were failures.
  mutating func tellPytestReruns() {
    if ledger.hasPytestReruns(builder) { builder.failEarlierPasses() }
    failed = [:]
  }

  var isCollectingText: Bool { !marks.isEmpty }

  mutating func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    let parent = owner
    elements.append(word)
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
    if !elements.isEmpty { elements.removeLast() }
    guard let word = JUnitWord(rawValue: word) else { return }
    let parent = owner
    switch word {
    case .testcase: endCase()
    case .testsuite, .testsuites: endSuite()
    case .failure, .error, .skipped, .flakyFailure, .flakyError, .rerunFailure, .rerunError:
      let text = collected(keepsColours: false)
      if let parent { endFault(word, in: parent, text) }
    case .systemOut, .systemErr, .stackTrace:
      let text = collected(keepsColours: word != .stackTrace)
      if let parent { endText(word, in: parent, text) }
    default: break
    }
  }

  /// Ends the document where it ends: a test inside which it broke off has no outcome it could be believed for.
  ///
  /// Such a test is errored, saying so, when its name is known; one that had said that it failed stays failed.
  mutating func endDocument() {
    while let place = elements.last {
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
    tellPytestReruns()
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
    guard let place = elements.last else { return nil }
    return JUnitWord(rawValue: place) ?? (cases.isEmpty ? nil : .testcase)
  }

  /// The element so many places out from the innermost.
  func place(above count: Int) -> JUnitWord? {
    elements.count < count ? nil : JUnitWord(rawValue: elements[elements.count - count])
  }

  // MARK: - Text

  /// Keeps an attribute's text, and notes when it is too long to be kept whole.
  mutating func keep(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    if bytes.count > TextStore.longestText { hasLongText = true }
    return builder.text(bytes)
  }

  /// Keeps an attribute's text without its colour codes.
  mutating func keepPlain(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    if bytes.count > TextStore.longestText { hasLongText = true }
    return builder.plainText(bytes)
  }

  private mutating func collect() {
    marks.append(buffer.count)
  }

  /// The text of the collecting element that ends.
  private mutating func collected(keepsColours: Bool) -> TextRef {
    guard let mark = marks.popLast() else { return .empty }
    let text = buffer.withUnsafeBytes { buffer in
      let bytes = JUnitBytes.withoutBlankEnds(UnsafeRawBufferPointer(rebasing: buffer[mark...]))
      return keepsColours ? builder.outputText(bytes) : builder.plainText(bytes)
    }
    if marks.isEmpty, buffer.count > 1 << 20 {
      buffer = []
    } else {
      buffer.removeLast(buffer.count - mark)
    }
    return text
  }
}

extension JUnitReader {
  /// The suite and the test's own title, of a test case that has the title as class name or name and the full title,
  /// with those of the suites before it, as the other (mocha, Cypress); nil for all others.
  func titles(
    classname: UnsafeRawBufferPointer?, name: UnsafeRawBufferPointer
  ) -> (suite: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer)? {
    guard let classname, !classname.isEmpty, !name.isEmpty, !dialect.isPytest else { return nil }
    let isSwapped = name.count > classname.count
    guard let suite = isSwapped ? Self.lead(of: name, before: classname) : Self.lead(of: classname, before: name)
    else { return nil }
    guard dialect == .mocha || isNamedBySuites(suite) else { return nil }
    return (suite, isSwapped ? classname : name)
  }

  /// What a full title has before a title and the space between them.
  private static func lead(
    of full: UnsafeRawBufferPointer, before title: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    let length = full.count - title.count - 1
    guard length > 0, full[length] == 0x20 else { return nil }
    guard XMLBytes.equal(UnsafeRawBufferPointer(rebasing: full[(length + 1)...]), title) else { return nil }
    return UnsafeRawBufferPointer(rebasing: full[..<length])
  }

  /// Whether a text ends with the name of the suite around.
  private func isNamedBySuites(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let suite = suites.last, !suite.isRoot, !suite.name.isEmpty else { return false }
    let start = text.count - suite.name.count
    if start < 0 { return false }
    return text[start...].elementsEqual(suite.name) && (start == 0 || text[start - 1] == 0x20)
  }

  /// The suite of the given name, remembered.
  mutating func knownSuite(_ name: UnsafeRawBufferPointer) -> SuiteID {
    if let known = suiteNames.known(name) { return known }
    let id = builder.suite(name)
    suiteNames.remember(name, id)
    return id
  }

  /// Tells the builder of the suites around the next test, unless it knows them.
  mutating func enterSuite(with labels: [String: String] = [:]) {
    if isSuiteKnown, labels.isEmpty { return }
    isSuiteKnown = labels.isEmpty
    guard let last = suites.indices.last else {
      builder.beginSuite(name: .empty, labels: labels)
      return
    }
    var labels = labels
    for suite in suites.reversed() where !suite.labels.isEmpty { labels.merge(suite.labels) { inner, _ in inner } }
    let file = suites.last(where: { !$0.file.isEmpty })?.file ?? fileBefore
    let place = suites[last].origin ?? suitePlace()
    suites[last].origin = place
    builder.beginSuite(name: place.names, host: place.host, file: file, labels: labels)
  }

  private mutating func suitePlace() -> (names: TextRef, host: TextRef) {
    let names = suiteNames.joined(suites)
    let host = suites.last(where: { !$0.host.isEmpty })?.host ?? []
    return (names.withUnsafeBytes { builder.text($0) }, host.withUnsafeBytes { builder.text($0) })
  }
}

/// Hands a document's events on to a `JUnitReader`, each under one access to it.
final class JUnitEvents: XMLEvents {
  var reader: JUnitReader

  /// The events of one report.
  init(_ reader: consuming JUnitReader) {
    self.reader = reader
  }

  var isCollectingText: Bool { reader.isCollectingText }

  func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) { reader.start(word, attributes) }

  func text(_ bytes: UnsafeRawBufferPointer) { reader.text(bytes) }

  func end(_ word: UInt8) { reader.end(word) }
}
