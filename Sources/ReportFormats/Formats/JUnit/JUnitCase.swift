internal import TriageModel

/// A test case whose element is open.
struct JUnitCase {
  /// What `status` or `result` says where no child element does.
  enum Status {
    case none, skipped, failed, errored
  }

  var name = TextRef.empty
  var hasName = false
  /// The document broke off before it could be known which test it is.
  var isLost = false
  var suite = SuiteID(index: 0)
  var kind = ItemKind.test
  var duration = Float.nan
  var status = Status.none
  var faults: [JUnitFault] = []
  var isSkipped = false
  /// Which retry the report says it is, from 1.
  var retry = 0
  /// It was expected to fail, and did.
  var isExpected = false
  var note = TextRef.empty
  /// What it printed, in the pieces the report has it in.
  var output: [TextRef] = []
  var errorOutput: [TextRef] = []
  var file = TextRef.empty
  var line: UInt32 = 0
  var properties: [(name: TextRef, value: TextRef)] = []
  /// What its properties tell of the leg of a matrix it ran in.
  var labels: [String: String] = [:]
}

/// A `<failure>`, `<error>`, or one of the elements for retries.
struct JUnitFault {
  /// When it happened.
  enum Turn {
    /// The result that counts.
    case final
    /// Before the attempt that passed.
    case earlier
    /// After the first failure, which failed too.
    case again
  }

  let turn: Turn
  var outcome: Outcome
  var record = FailureRecord()
  var duration = Float.nan
  var standardOutput = TextRef.empty
  var standardError = TextRef.empty
  /// pytest's tear-down failed, and not the test.
  var isTearDown = false
}

/// A suite whose element is open.
struct JUnitSuite {
  /// What a suite declares of itself.
  struct Declared {
    var tests: Int?
    var failures: Int?
    var errors: Int?
    var skipped: Int?
  }

  /// What a suite and the suites in it hold.
  struct Counted {
    var tests = 0
    var attempts = 0
    var failing = 0
    /// Failure and error elements; some tools count these.
    var faults = 0
    var skipped = 0
    /// The skipped, and those whose status alone says so.
    var notRun = 0
    /// What failed of the suites themselves, which some tools count too.
    var suiteFaults = 0
    /// Failing tests that suites declare and do not hold.
    var missing = 0

    /// Adds another suite's numbers.
    mutating func add(_ other: Counted) {
      tests += other.tests
      attempts += other.attempts
      failing += other.failing
      faults += other.faults
      skipped += other.skipped
      notRun += other.notRun
      suiteFaults += other.suiteFaults
      missing += other.missing
    }
  }

  var name: [UInt8] = []
  var host: [UInt8] = []
  var file = TextRef.empty
  /// What its properties tell of the leg of a matrix it ran in.
  var labels: [String: String] = [:]
  /// Whether labels came behind tests that they are of.
  var hasLateLabels = false
  /// The names of the suites around its tests and where they ran, once there is one.
  var origin: (names: TextRef, host: TextRef)?
  var isRoot = false
  var declared = Declared()
  var counted = Counted()
  var standardOutput = TextRef.empty
  var standardError = TextRef.empty
  var faults: [JUnitFault] = []
  /// The attempts and tests before the suite began.
  var firstAttempt = 0
  var firstTest = 0
}

/// Attributes and properties by which a test case says which attempt at its test it is.
///
/// One number alone may be how often a test would be retried. So a case is a retry only right behind a case of its name
/// that has a lower one, or none.
enum JUnitRetryMark {
  /// Names that count retries, from 1 on.
  private static let retries: [StaticString] = ["retry", "rerun", "retry-attempt", "retry_attempt", "retryattempt"]
  /// Names that count attempts: the first retry is the second.
  private static let attempts: [StaticString] = ["attempt", "attempt-number", "attempt_number"]

  /// Which retry an attribute or property says it is, from 1; nil for anything else.
  static func number(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Int? {
    if retries.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) {
      return JUnitBytes.equalInAnyCase(value, "true") ? 1 : JUnitBytes.number(value)
    }
    guard attempts.contains(where: { JUnitBytes.equalInAnyCase(name, $0) }) else { return nil }
    return JUnitBytes.number(value).map { $0 - 1 }
  }
}

/// Tells a time limit that was met from a test that failed on its own.
enum JUnitTimeouts {
  private static let types: [StaticString] = ["Timeout", "timeout", "test timeout", "TestTimedOut"]
  private static let typeEnds: [StaticString] = ["TestTimedOutException", "PreemptiveTimeoutException"]
  /// CTest; pytest-timeout; Playwright; mocha; Go; nextest.
  private static let messages: [StaticString] = [
    "Failed: Timeout >", "Timeout >", "Failed: Timeout (>", "Timeout (>", "Test timeout of ", "Timeout of ",
    "panic: test timed out after", "test timed out",
  ]

  /// Whether a failure's type and message say that the test took too long.
  static func isTimeout(type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) -> Bool {
    if types.contains(where: { JUnitBytes.equal(type, $0) }) { return true }
    if typeEnds.contains(where: { JUnitBytes.ends(type, with: $0) }) { return true }
    if JUnitBytes.equal(message, "Timeout") { return true }
    if messages.contains(where: { XMLBytes.starts(message, with: $0) }) { return true }
    return JUnitBytes.ends(type, with: "TimeoutException")
      && XMLBytes.range(of: "() timed out after ", in: message) != nil
  }

  /// Whether one of the first lines of a failure's text says that the test took too long (Playwright, jest, Go).
  static func isTimeout(details: UnsafeRawBufferPointer) -> Bool {
    var rest = UnsafeRawBufferPointer(rebasing: details.prefix(512))
    for _ in 0..<8 where !rest.isEmpty {
      let end = XMLBytes.first(0x0A, in: rest) ?? rest.count
      let line = JUnitBytes.trimmed(UnsafeRawBufferPointer(rebasing: rest[..<end]))
      if lines.contains(where: { XMLBytes.starts(line, with: $0) }) { return true }
      rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
    }
    return false
  }

  private static let lines: [StaticString] = [
    "Test timeout of ", "thrown: \"Exceeded timeout of ", "panic: test timed out after",
  ]
}

/// The element and attribute names of JUnit XML that mean something here; raw values are their vocabulary numbers.
enum JUnitWord: UInt8, CaseIterable {
  case testcase, name, classname, time
  case testsuite, testsuites
  case failure, error, skipped, flakyFailure, flakyError, rerunFailure, rerunError
  case message, type, stackTrace
  case systemOut, systemErr
  case properties, property, value
  case status, result, file, line, lineno
  case tests, failures, errors, disabled, ignored, suppressed
  case timestamp, hostname, package, uuid, id
  case assertions, `class`
  case warning, passed, duration
  case valueParam, typeParam

  /// The name as XML writes it.
  var name: String {
    switch self {
    case .systemOut: "system-out"
    case .systemErr: "system-err"
    case .valueParam: "value_param"
    case .typeParam: "type_param"
    default: String(describing: self)
    }
  }

  /// All the names.
  static let vocabulary = XMLVocabulary(allCases.map(\.name))
}
