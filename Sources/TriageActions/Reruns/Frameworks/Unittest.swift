package import TriageModel

/// unittest of Python: a test is selected by its dotted name, and a process says by its end how the test went.
package enum Unittest: RerunFramework {
  /// What names it in a rule.
  package static let id = "unittest"
  /// What is to be known of its reruns.
  package static let note = "Dotted names, a process a test, by python -m unittest; what it prints says how it went."

  /// What selects a test here, where it is this framework's.
  package static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget? {
    // A report may name the file, and the class behind it: `tests/test_a.py::TestA`.
    let suite = test.suite.replacing(".py::", with: ".").replacing("/", with: ".")
    guard test.name.hasPrefix("test"), isDotted(suite), isDotted(test.name) else { return nil }
    var parts = suite.split(separator: ".").map(String.init)
    guard parts.count > 1 else { return nil }
    // The last part is the class, what stands before it the module.
    parts.removeLast()
    guard context.has(parts.joined(separator: "/") + ".py") else { return nil }
    return RerunTarget(test, selector: suite + "." + test.name)
  }

  /// The seed that the order of sets hangs on.
  package static let hashSeedVariable = Pytest.hashSeedVariable

  private static func isDotted(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte == 0x2E || byte == 0x5F || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
          || byte >= 0x80
      }
  }

  /// The processes of an attempt.
  package static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation] {
    targets.map { target in
      let earlier = order.before.compactMap { Self.target($0, context)?.selector }
      let beginning = command ?? [Pytest.python(context), "-m", "unittest"]
      var invocation = RerunInvocation([target], beginning + ["-v"] + earlier + [target.selector])
      invocation.report = .end(framework: id)
      return invocation
    }
  }

  /// How the test of a process ended, by what it printed and its status.
  package static func outcome(status: Int32, output: [UInt8]) -> RerunOutcome {
    let lines = String(decoding: output.suffix(4096), as: UTF8.self).split(whereSeparator: \.isNewline)
    guard let ran = lines.last(where: { $0.hasPrefix("Ran ") }), !ran.hasPrefix("Ran 0 ") else {
      return .unusable("it ran no test")
    }
    let end = lines.last ?? ""
    let text = String(decoding: output, as: UTF8.self)
    if text.contains("unittest.loader._FailedTest") { return .unusable("the module could not be loaded") }
    if status == 0 { return end.contains("skipped") ? .unusable("it was skipped") : .passed }
    return end.hasPrefix("FAILED") ? .failed(nil) : .unusable("it ended with status \(status)")
  }
}
