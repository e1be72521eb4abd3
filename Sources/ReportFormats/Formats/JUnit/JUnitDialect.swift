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

/// One sign of a dialect: an attribute of an element, and what it says.
struct JUnitSign: Sendable {
  enum Says: Sendable {
    case anything
    case exactly(String)
    case prefix(String)
    case suffix(String)
    case contains(String)
  }

  let element: JUnitWord
  /// The attribute's name as written.
  let attribute: String
  let says: Says
  let dialect: JUnitDialect

  init(_ element: JUnitWord, _ attribute: String, _ says: Says, _ dialect: JUnitDialect) {
    self.element = element
    self.attribute = attribute
    self.says = says
    self.dialect = dialect
  }

  /// The signs, surest first (the producers' sources; reference: formats of the ecosystem, 2026).
  static let all: [JUnitSign] = [
    JUnitSign(.testsuites, "name", .exactly("pytest tests"), .pytest),
    JUnitSign(.testsuites, "name", .exactly("jest tests"), .jest),
    JUnitSign(.testsuites, "name", .exactly("Mocha Tests"), .mocha),
    JUnitSign(.testsuites, "name", .exactly("AllTests"), .googleTest),
    JUnitSign(.testsuites, "name", .exactly("nextest-run"), .nextest),
    JUnitSign(.testsuites, "uuid", .anything, .nextest),
    JUnitSign(.testsuites, "id", .exactly(""), .playwright),
    JUnitSign(.testsuite, "name", .exactly("pytest"), .pytest),
    JUnitSign(.testsuite, "name", .exactly("TestResults"), .swift),
    JUnitSign(.testsuite, "name", .exactly("Root Suite"), .mocha),
    JUnitSign(.testsuite, "noNamespaceSchemaLocation", .contains("surefire"), .surefire),
    JUnitSign(.testsuite, "hostname", .exactly("tbd"), .catch2),
    JUnitSign(.property, "name", .exactly("go.version"), .go),
    JUnitSign(.property, "name", .prefix("surefire."), .surefire),
    JUnitSign(.property, "name", .exactly("random-seed"), .catch2),
    JUnitSign(.testcase, "value_param", .anything, .googleTest),
    JUnitSign(.testcase, "type_param", .anything, .googleTest),
    JUnitSign(.testcase, "file", .suffix(".py"), .python),
    JUnitSign(.testcase, "class", .anything, .phpunit),
    JUnitSign(.testcase, "name", .contains(" \u{203A} "), .playwright),
    JUnitSign(.testcase, "classname", .suffix(".spec.ts"), .playwright),
    JUnitSign(.testcase, "classname", .suffix(".spec.js"), .playwright),
    JUnitSign(.testcase, "classname", .exactly("test"), .node),
    JUnitSign(.testcase, "status", .exactly("disabled"), .ctest),
    JUnitSign(.testcase, "status", .exactly("fail"), .ctest),
  ]
}

/// Test cases that stand for something else that failed: a build, a file that could not be loaded, a set-up.
enum JUnitOutsiders {
  private static let classnames: [StaticString] = ["Test suite failed to run", "NonTestSuiteFailure"]
  private static let names: [StaticString] = ["[build failed]", "[setup failed]", "initializationError"]

  /// Whether a test case is no test.
  static func contain(
    classname: UnsafeRawBufferPointer?, name: UnsafeRawBufferPointer, suite: [UInt8]
  ) -> Bool {
    if let classname, classnames.contains(where: { JUnitBytes.equal(classname, $0) }) { return true }
    if name.isEmpty, suite.withUnsafeBytes({ suite in classnames.contains { JUnitBytes.equal(suite, $0) } }) {
      return true
    }
    return names.contains { JUnitBytes.equal(name, $0) }
  }
}
