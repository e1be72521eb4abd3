/// ctest: a pattern over the names of tests, in the folder that they were built in.
package enum CTest: RerunFramework {
  /// What names it in a rule.
  package static let id = "ctest"
  /// What is to be known of its reruns.
  package static let note = """
    ctest -R with one pattern for all tests, in the folder with CTestTestfile.cmake; nothing is built before.
    """

  /// What selects a test here, where it is this framework's.
  package static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget? {
    guard let folder = context.folders("CTestTestfile.cmake").first, test.suite == test.name || test.suite.isEmpty
    else {
      return nil
    }
    return RerunTarget(test, selector: PatternText.quoted(test.name, for: .cmake), folder: folder)
  }

  /// The processes of an attempt.
  package static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation] {
    let names = targets.map(\.selector)
    let pattern = names.count == 1 ? "^\(names[0])$" : "^(\(names.joined(separator: "|")))$"
    let beginning = command ?? ["ctest"]
    return [
      RerunInvocation(
        targets,
        beginning + [
          "-R", pattern, "--no-tests=error", "--output-on-failure", "--output-junit", RerunInvocation.reportMark,
        ])
    ]
  }
}
