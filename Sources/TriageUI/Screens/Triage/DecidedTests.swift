import TriageModel

/// The tests of a run whose golden changes a person has decided on, for the rows of the list.
struct DecidedTests: Equatable, Sendable {
  private var byTest: [TestIndex: GoldenState] = [:]
  /// Of goldens that name their test by its id alone.
  private var byID: [String: GoldenState] = [:]
  /// Goldens that wait for a person still.
  private(set) var left = 0
  /// Goldens that were approved, and that were rejected.
  private(set) var approved = 0
  private(set) var rejected = 0

  init(_ changes: [GoldenChange] = []) {
    for change in changes {
      if change.state.isOpen { left += 1 }
      if change.state == .approved { approved += 1 }
      if change.state == .rejected { rejected += 1 }
      if let test = change.testIndex {
        byTest[test] = Self.joined(byTest[test], change.state)
      } else if !change.test.isEmpty {
        byID[change.test] = Self.joined(byID[change.test], change.state)
      }
    }
  }

  /// What was decided on all golden changes of a test; nil while one of them waits, or where there is none.
  func state(of test: TestIndex, in run: Run) -> GoldenState? {
    let state = byTest[test] ?? (byID.isEmpty ? nil : byID[run.table.id(of: test)])
    return state == .approved || state == .rejected ? state : nil
  }

  /// A test is approved when all of its goldens are, and rejected when one is; one that waits leaves it open.
  private static func joined(_ known: GoldenState?, _ state: GoldenState) -> GoldenState {
    guard let known, known != state else { return state }
    if known.isOpen || state.isOpen { return known.isOpen ? known : state }
    return known == .rejected || state == .rejected ? .rejected : state
  }
}
