/// What the reader must know of a producer: its quirks as data.
struct JUnitDialect: Equatable, Sendable {
  /// What test cases of one suite and name in one report are.
  enum Duplicates: Equatable, Sendable {
    /// Different tests, unless a case is marked as an attempt: the dialect leaves out what tells them apart, and reports
    /// retries in another way or not at all. So it is wherever nobody knows better: a failure is not hidden by a guess.
    case otherTests
    /// Attempts at one test, failed ones first (gotestsum).
    case attempts
    /// Attempts at one test of which all but the last have no child, however they ended (pytest-rerunfailures).
    case silentAttempts
  }

  /// A name for tests and messages.
  let id: String
  var duplicates = Duplicates.otherTests
  /// Whether a suite's declared `tests`, `failures` … are meant to be those of its test cases.
  var declaresTests = true
  /// Whether test cases of one name come in no order: data rows out of a hash set.
  var isUnordered = false
  /// Class names that say nothing; the suites' names stand in.
  var emptyClassnames: [String] = []
  /// Whether class names are Python's dotted modules and classes, which node ids can be made of.
  var namesModules = false
  /// Whether it is pytest: lines count from 0, reruns have no child, a tear-down error is a test case of its own.
  var isPytest = false
  /// Whether a suite's `hostname` is the browser or project it ran in, so that its tests are others than its namesakes.
  var namesProjects = false

  static let generic = JUnitDialect(id: "generic")
  static let pytest = JUnitDialect(
    id: "pytest", duplicates: .silentAttempts, declaresTests: false, namesModules: true, isPytest: true)
  /// unittest-xml-reporting and others that name a Python file.
  static let python = JUnitDialect(id: "python", namesModules: true)
  static let surefire = JUnitDialect(id: "surefire")
  static let testNG = JUnitDialect(id: "testng", isUnordered: true)
  static let googleTest = JUnitDialect(id: "gtest")
  static let jest = JUnitDialect(id: "jest", declaresTests: false)
  static let mocha = JUnitDialect(id: "mocha")
  /// gotestsum; go-junit-report has no retries.
  static let go = JUnitDialect(id: "go", duplicates: .attempts)
  static let goReport = JUnitDialect(id: "go-junit-report")
  static let nextest = JUnitDialect(id: "nextest")
  static let swift = JUnitDialect(id: "swift", declaresTests: false)
  static let phpunit = JUnitDialect(id: "phpunit")
  static let catch2 = JUnitDialect(id: "catch2", declaresTests: false)
  static let ctest = JUnitDialect(id: "ctest", declaresTests: false)
  static let playwright = JUnitDialect(id: "playwright", namesProjects: true)
  static let node = JUnitDialect(id: "node", declaresTests: false, emptyClassnames: ["test"])
}
