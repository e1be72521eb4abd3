package import TriageModel

/// A tool that runs tests, and how it is told to run some of them again.
///
/// Names are quoted for the tool's own language of patterns and never for a shell: nothing is handed to one.
package protocol RerunFramework: Sendable {
  /// What names it in a rule (`pytest`).
  static var id: String { get }
  /// What else it needs to be known of its reruns, for the manual.
  static var note: String { get }
  /// What selects a test, where it is the framework's; nil when it is another's.
  static func target(_ test: RerunTest, _ context: RerunContext) -> RerunTarget?
  /// The processes of one attempt at targets of one folder.
  ///
  /// - Parameter command: What a rule has instead of the tool's own beginning; nil for that.
  static func invocations(
    _ targets: [RerunTarget], _ order: RerunOrder, command: [String]?, _ context: RerunContext
  ) -> [RerunInvocation]
  /// Whether tests run in the order in which they are named, so that some can be run before others.
  static var keepsOrder: Bool { get }
  /// The variable that fixes the seed of its language's hash function; nil where there is none.
  static var hashSeedVariable: String? { get }
  /// The tests that a process named and its framework does not know, as it calls them, by what it printed.
  static func unknownTests(output: String) -> [String]
  /// How the test of a process ended that writes no report.
  static func outcome(status: Int32, output: [UInt8]) -> RerunOutcome
}

extension RerunFramework {
  /// A framework that runs tests in its own order.
  package static var keepsOrder: Bool { false }
  /// A language without such a seed.
  package static var hashSeedVariable: String? { nil }
  /// A framework that runs what it knows and says nothing of the rest.
  package static func unknownTests(output: String) -> [String] { [] }

  /// A framework whose report says it is not asked.
  package static func outcome(status: Int32, output: [UInt8]) -> RerunOutcome {
    .unusable("it ended with status \(status) and left no report")
  }
}

/// The registry of frameworks, in the order in which they are asked whose a test is.
package enum RerunFrameworks {
  /// All of them.
  package static let all: [any RerunFramework.Type] = [
    Pytest.self, GoTest.self, CTest.self, SwiftTest.self, Unittest.self,
  ]

  /// The framework of an id.
  package static func named(_ id: String) -> (any RerunFramework.Type)? { all.first { $0.id == id } }
}
