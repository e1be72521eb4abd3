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
