/// Which tests failed in each run, and with what: a run is judged as a whole by comparing these.
package struct RunFailures: Sendable, Equatable {
  /// A test that failed in a run.
  package struct Failure: Hashable, Sendable {
    /// The test, the same in all runs.
    package var test: TestKey
    /// The leg it failed in, as its result names it.
    package var leg: String
    /// The key of what it said.
    package var signature: SignatureKey?

    /// A failure of a test.
    package init(test: TestKey, leg: String = "", signature: SignatureKey?) {
      self.test = test
      self.leg = leg
      self.signature = signature
    }
  }

  private var failures: [RunKey: [Failure]] = [:]
  /// The runs of which only some failures are here.
  private var cut: Set<RunKey> = []

  /// No failure anywhere.
  package init() {}

  /// The failures of a run; none of a run that was not given any.
  package func of(_ run: RunKey) -> [Failure] { failures[run] ?? [] }

  /// Whether more failed in a run than is known here.
  package func isCut(_ run: RunKey) -> Bool { cut.contains(run) }

  /// Gives a run its failures.
  package mutating func set(_ failures: [Failure], of run: RunKey, isCut: Bool = false) {
    self.failures[run] = failures.isEmpty ? nil : failures
    if isCut { cut.insert(run) }
  }
}
