/// go test: a package and a pattern for each level of subtests.
package enum GoTest: RerunFramework {
  /// What names it in a rule.
  package static let id = "go"
  /// What is to be known of its reruns.
  package static let note = "go test -json -count=1 -run, a process a package; subtests have one of their own."

  /// What selects a test here, where it is this framework's.
  package static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget? {
    guard let module = context.folders("go.mod").first,
      ["Test", "Fuzz", "Example"].contains(where: test.name.hasPrefix), !test.suite.isEmpty,
      !test.suite.contains("::"), !test.suite.hasPrefix("-"), !test.suite.contains(" ")
    else { return nil }
    let pattern = test.name.split(separator: "/", omittingEmptySubsequences: false)
      .map { "^" + PatternText.quoted(String($0), for: .go) + "$" }.joined(separator: "/")
    return RerunTarget(test, selector: pattern, folder: module)
  }

  /// The processes of an attempt.
  package static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation] {
    // One pattern says which tests of a package run; of subtests it would also select the others' namesakes.
    var groups: [(package: String, targets: [RerunTarget])] = []
    for target in targets {
      let isWhole = !target.test.name.contains("/")
      if isWhole,
        let index = groups.firstIndex(where: {
          $0.package == target.test.suite && !$0.targets[0].test.name.contains("/")
        })
      {
        groups[index].targets.append(target)
      } else {
        groups.append((target.test.suite, [target]))
      }
    }
    return groups.map { package, targets in
      let names = targets.map(\.selector)
      let pattern =
        names.count == 1 ? names[0] : "^(" + names.map { $0.dropFirst().dropLast() }.joined(separator: "|") + ")$"
      let beginning = command ?? ["go", "test"]
      var invocation = RerunInvocation(
        targets, beginning + ["-json", "-count=1", "-run", pattern, package])
      invocation.report = .output("go-test.json")
      return invocation
    }
  }
}
