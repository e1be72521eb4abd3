/// What the reader must know of a producer: its quirks as data.
struct JUnitDialect: Equatable, Sendable {
  /// What test cases of one suite and name in one report are.
  enum Duplicates: Equatable, Sendable {
    /// Attempts at one test.
    case attempts
    /// Different tests: the dialect leaves out their parameters and reports retries in another way, or not at all.
    case otherTests
  }

  /// A name for tests and messages.
  let id: String
  var duplicates = Duplicates.attempts
  /// Whether a suite's declared `tests`, `failures` … are meant to be those of its test cases.
  var declaresTests = true
  /// Class names that say nothing; the suites' names stand in.
  var emptyClassnames: [String] = []
  /// Whether class names are Python's dotted modules and classes, which node ids can be made of.
  var namesModules = false
  /// Whether it is pytest: lines count from 0, reruns have no child, a tear-down error is a test case of its own.
  var isPytest = false
  /// Whether a suite's `hostname` is the browser or project it ran in, so that its tests are others than its namesakes.
  var namesProjects = false

  static let generic = JUnitDialect(id: "generic")
  static let pytest = JUnitDialect(id: "pytest", declaresTests: false, namesModules: true, isPytest: true)
  /// unittest-xml-reporting and others that name a Python file.
  static let python = JUnitDialect(id: "python", namesModules: true)
  static let surefire = JUnitDialect(id: "surefire", duplicates: .otherTests)
  static let googleTest = JUnitDialect(id: "gtest", duplicates: .otherTests)
  static let jest = JUnitDialect(id: "jest", declaresTests: false)
  static let mocha = JUnitDialect(id: "mocha")
  static let go = JUnitDialect(id: "go")
  static let nextest = JUnitDialect(id: "nextest")
  static let swift = JUnitDialect(id: "swift", duplicates: .otherTests, declaresTests: false)
  static let phpunit = JUnitDialect(id: "phpunit", duplicates: .otherTests)
  static let catch2 = JUnitDialect(id: "catch2", duplicates: .otherTests, declaresTests: false)
  static let ctest = JUnitDialect(id: "ctest", duplicates: .otherTests, declaresTests: false)
  static let playwright = JUnitDialect(id: "playwright", duplicates: .otherTests, namesProjects: true)
  static let node = JUnitDialect(id: "node", declaresTests: false, emptyClassnames: ["test"])
}
