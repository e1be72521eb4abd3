/// A golden, what a run produced in its place, and where the decision on it stands.
///
/// A value without the bytes: those are read again, and checked against the hashes, when they are shown or written.
package struct GoldenChange: Sendable, Equatable {
  /// The golden.
  package var place: GoldenPlace
  /// The id of the convention that paired it (`pytest-regressions`).
  package var convention: String
  /// The id of the test that read it; empty when no report tells.
  package var test: String
  /// The test's row in the run's table.
  package var testIndex: TestIndex?
  /// The id of the kind it was compared as (`csv`); empty until it was.
  package var kind = ""
  /// How the sides were recovered.
  package var recovery: GoldenRecovery
  /// Where it stands.
  package var state: GoldenState
  /// The golden as the run compared with it; nil when there was none or it is unknown.
  package var expectedHash: ContentHash?
  /// What the run produced; nil when it produced nothing or that is unknown.
  package var actualHash: ContentHash?
  /// The golden as it lies in the repository now; nil when there is none.
  package var currentHash: ContentHash?
  /// Where the actual's bytes lie, as people know it; nil when they were rebuilt.
  package var actualPath: String?
  /// What kind of change it is; nil until it was compared.
  package var drift: Drift?
  /// How much changed; nil until it was compared.
  package var summary: ChangeSummary?
  /// Whether the comparison was tried and a side of it could not be had; a warning says why.
  package var isComparisonRefused = false
  /// What looks like a secret in the lines that the actual adds, each with its line; never the secret itself.
  package var secrets: [String] = []
  /// What a person should know before deciding, a sentence each.
  package var warnings: [String] = []

  /// A change that was found and not yet compared.
  package init(place: GoldenPlace, convention: String, test: String, recovery: GoldenRecovery, state: GoldenState) {
    self.place = place
    self.convention = convention
    self.test = test
    self.recovery = recovery
    self.state = state
  }

  /// What names it on the command line and in JSON.
  package var id: String { place.description }
}
