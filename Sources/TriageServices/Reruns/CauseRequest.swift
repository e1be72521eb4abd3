internal import FailureAnalysis
package import TriageActions
package import TriageModel

/// A search for what a flaky test hangs on, as a person asks for it.
package struct CauseRequest: Sendable, Equatable {
  /// Runs that it makes at most where nothing else is said.
  package static let usualBudget = 100
  /// Bytes of the names of the tests before it that a command can hold.
  private static let longestOrder = 500_000

  /// The test.
  package var test: RerunTest
  /// The tests that ran before it in the run, in their order.
  package private(set) var before: [RerunTest] = []
  /// The tests that ran after it.
  package private(set) var after: [RerunTest] = []
  /// Tests that ran before those, and are too many to be named in a command.
  package private(set) var cut = 0
  /// Tests that ran before or after it and are not here.
  package private(set) var gone = 0
  /// Whether a run says which tests ran before it.
  package private(set) var knowsOrder = false
  /// Runs at most.
  package var budget = usualBudget
  /// Processes at a time, where, and how long one may take.
  package var order = RerunOrder()

  /// A search about a test of which no run is known: which tests ran before it is not known then.
  package init(_ test: RerunTest) { self.test = test }

  /// A search about a test of a run: the tests before it are those of its report, in the report's order.
  package init(_ test: RerunTest, in dossier: RunDossier) {
    self.init(test)
    let table = dossier.run.table
    guard let own = (0..<table.count).first(where: { table.id(of: TestIndex($0)) == test.id }) else { return }
    let report = table.report(of: TestIndex(own))
    knowsOrder = true
    func isNeighbour(_ index: Int) -> Bool {
      table.outcome(of: TestIndex(index)) != .skipped && table.report(of: TestIndex(index)) == report
    }
    // The nearest are named first, should they be too many.
    var bytes = 0
    for index in (0..<own).reversed() where isNeighbour(index) {
      if bytes > Self.longestOrder { cut += 1 } else { before.append(Self.neighbour(index, in: table, &bytes)) }
    }
    bytes = 0
    for index in own + 1..<max(own + 1, table.count) where bytes <= Self.longestOrder && isNeighbour(index) {
      after.append(Self.neighbour(index, in: table, &bytes))
    }
    // Another test of the same name is run with it, and is none before it.
    before.removeAll { $0.id == test.id }
    after.removeAll { $0.id == test.id }
    before.reverse()
  }

  private static func neighbour(_ index: Int, in table: TestTable, _ bytes: inout Int) -> RerunTest {
    let test = TestIndex(index)
    var result = RerunTest(
      id: table.id(of: test), suite: table.suiteName(table.suite(of: test)), name: table.name(of: test),
      format: table.report(of: test).format)
    result.duration = table.duration(of: test)
    bytes += result.id.utf8.count + 1
    return result
  }

  /// Leaves out the neighbours that are not here.
  mutating func leaveOut(where isGone: (RerunTest) -> Bool) {
    let count = before.count + after.count
    before.removeAll(where: isGone)
    after.removeAll(where: isGone)
    gone = count - before.count - after.count
  }

  /// What the search is to find out.
  func question(_ conditions: [RerunCondition], keepsOrder: Bool, error: Double) -> FlakeCauseSearch.Question {
    let before = keepsOrder ? before.map(\.id) : []
    var question = FlakeCauseSearch.Question(
      before: before, others: keepsOrder ? before + after.map(\.id) : [], conditions: conditions, budget: budget,
      error: error)
    question.signature = test.signature
    return question
  }
}

/// What a search for the cause of a flake would do.
package struct CausePlan: Sendable, Equatable {
  /// What is asked.
  package let request: CauseRequest
  /// The conditions that it tries, and what they cost.
  package let cost: CauseCost
  /// The conditions that cannot be had here.
  package let missing: [MissingCondition]
  /// The test alone, run once: its commands, and what a person should know before.
  package let alone: RerunPlan
  /// How each condition is brought about.
  let means: [RerunCondition: ConditionMeans]
  /// How likely a cause may be named that is none, 0 … 1.
  package let error: Double
}

/// How far a search for the cause of a flake has come.
package struct CauseSnapshot: Sendable, Equatable {
  /// A condition with what came of it.
  package struct Row: Sendable, Equatable {
    /// The condition; several sets of tests that were run before are rows each.
    package var condition: RerunCondition
    /// Tests that ran before it.
    package var before: Int
    /// How often it failed.
    package var count: TrialCount
  }

  /// How it stands.
  package var state = RerunSnapshot.State.running
  /// What is known by now.
  package var cause: FlakeCause
  /// The conditions, in the order in which they were first tried.
  package var rows: [Row] = []
  /// Seconds since it began.
  package var elapsed = 0.0
  /// The folder that holds what its runs left.
  package var folder: String?
  /// Why runs told nothing: conditions with why, a sentence each.
  package var warnings: [String] = []
}
