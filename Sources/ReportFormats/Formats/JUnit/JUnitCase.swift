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
  var place: (names: TextRef, host: TextRef)?
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
