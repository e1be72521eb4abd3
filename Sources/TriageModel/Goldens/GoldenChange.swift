/// A golden, what a run produced in its place, and where the decision on it stands.
///
/// A value without the bytes: those are read again, and checked against the hashes, when they are shown or written.
package struct GoldenChange: Sendable, Equatable {
  /// The golden.
  package var location: GoldenLocation
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
  package init(location: GoldenLocation, convention: String, test: String, recovery: GoldenRecovery, state: GoldenState)
  {
    self.location = location
    self.convention = convention
    self.test = test
    self.recovery = recovery
    self.state = state
  }

  /// What names it on the command line and in JSON.
  package var id: String { location.description }
}

/// Where an accepted output lies: a file of the repository, or one entry of a file that holds several.
package struct GoldenLocation: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The file, relative to the repository's root, as the artifacts name it: a claim until a writer has resolved it.
  package var path: String
  /// The entry's key in a file of several (`.ambr`, `.snap`, inline); nil when the whole file is the golden.
  package var entry: String?

  /// A file, or an entry of one.
  package init(path: String, entry: String? = nil) {
    self.path = path
    self.entry = entry
  }

  /// What people type and read: the path, with the entry behind `::`.
  package var description: String { entry.map { path + "::" + $0 } ?? path }

  /// The last part of the path.
  package var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  package static func < (left: GoldenLocation, right: GoldenLocation) -> Bool {
    (left.path, left.entry ?? "") < (right.path, right.entry ?? "")
  }
}

/// How the two sides of a golden change were recovered from what the run left; worst last.
package enum GoldenRecovery: Int, MachineWord, Comparable {
  /// The very bytes lie in the artifacts.
  case exact
  /// Rebuilt from the failure's text, and the text made again from the result was the same.
  case replayed
  /// Rebuilt with gaps, or not proven.
  case partial
  /// Only counts and sizes of the difference are known.
  case statistics
  /// Only that it differs.
  case nothing

  /// The case's own name.
  package var word: String { "\(self)" }

  /// How people name it.
  package var name: String {
    switch self {
    case .exact: "exact bytes"
    case .replayed: "replayed and checked"
    case .partial: "partial"
    case .statistics: "statistics only"
    case .nothing: "nothing"
    }
  }

  /// Whether what was recovered may be written as the new golden.
  package var isApprovable: Bool { self <= .replayed }

  package static func < (left: GoldenRecovery, right: GoldenRecovery) -> Bool { left.rawValue < right.rawValue }
}

/// Where a golden change stands.
package enum GoldenState: String, MachineWord {
  /// It waits for a decision.
  case pending
  /// The bytes differ, and the test accepts that.
  case withinTolerance = "within tolerance"
  /// The bytes differ only in what the repository's rules set aside.
  case setAside = "set aside"
  /// There was no golden when the run compared.
  case new
  /// The run says that the golden is not used any more.
  case deleted
  /// The golden has the actual's bytes by now.
  case approved
  /// A person has refused this very actual.
  case rejected
  /// The golden is no longer the one the run compared with.
  case stale
  /// Runs or attempts of one commit with the same labels disagree.
  case nonDeterministic = "non-deterministic"

  /// Whether a person has still to decide.
  package var isOpen: Bool {
    switch self {
    case .pending, .new, .deleted, .stale, .nonDeterministic: true
    case .withinTolerance, .setAside, .approved, .rejected: false
    }
  }

  /// Whether a person or the repository has settled it.
  package var isDecided: Bool {
    switch self {
    case .approved, .rejected: true
    case .pending, .new, .deleted, .stale, .nonDeterministic, .withinTolerance, .setAside: false
    }
  }
}
