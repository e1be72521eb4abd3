/// swift test: patterns over `Module.Suite/function()`.
package enum SwiftTest: RerunFramework {
  /// What names it in a rule.
  package static let id = "swift"
  /// What is to be known of its reruns.
  package static let note = "swift test --filter with one pattern for all tests, one process."

  /// What selects a test here, where it is this framework's.
  package static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget? {
    // `Module.Suite` with `function(label:)` of Swift Testing, or `testMethod` of XCTest.
    guard let folder = context.folders("Package.swift").first, isTypeName(test.suite),
      test.name.contains("(") || test.name.hasPrefix("test")
    else { return nil }
    // A test without a suite is reported with its module alone.
    let separator = test.suite.contains(".") ? "/" : "."
    let name = test.name.firstIndex(of: "[").map { String(test.name[..<$0]) } ?? test.name
    let pattern = "^" + PatternText.quoted(test.suite + separator + name, for: .swift) + "(/|$)"
    return RerunTarget(test, selector: pattern, folder: folder)
  }

  private static func isTypeName(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isLetter || $0.isNumber || "._`".contains($0) }
  }

  /// The processes of an attempt.
  package static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation] {
    let beginning = command ?? ["swift", "test"]
    let filters = targets.flatMap { ["--filter", $0.selector] }
    // XCTest writes its report only where tests may run in parallel.
    return [
      RerunInvocation(
        targets,
        beginning + ["--parallel", "--num-workers", "1", "--xunit-output", RerunInvocation.reportMark] + filters)
    ]
  }
}
