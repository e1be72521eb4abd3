internal import Foundation
internal import RunHistory
internal import TriageModel

extension HistoryService {
  /// What became of tests since the person looked last, and remembers that they look now.
  ///
  /// The run looked at before stays remembered until a newer one is looked at: opening the same run twice in one
  /// night says the same. A look at an older run changes nothing; runs of another branch or matrix are not compared.
  ///
  /// - Parameter isKept: Whether the look is remembered.
  func look(at run: Run, isKept: Bool) throws(HistoryError) -> LookDifference? {
    let runs = try store.runs(of: repository)
    guard let place = runs.firstIndex(where: { $0.identity == run.info.identity }) else { return nil }
    let last = try store.lastLook(of: repository)
    let before: RunIdentity?
    if let last, last.run == run.info.identity {
      before = last.before
    } else {
      // Newest first: a run that stands before the one looked at last is newer.
      if let last, let seen = runs.firstIndex(where: { $0.identity == last.run }), seen < place { return nil }
      before = last?.run
      if isKept {
        let now = WallClock.now(environment: environment)
        try store.setLastLook(LastLook(run: run.info.identity, at: now, before: before), of: repository)
      }
    }
    guard let before, let base = runs.first(where: { $0.identity == before }), base.isComparable(to: runs[place]) else {
      return nil
    }
    let comparison = try store.compare(base.number, runs[place].number)
    // What is only skipped by now was not mended.
    let fixed = comparison.fixed.filter { $0.after?.outcome.isPass ?? false }
    return LookDifference(run: base, newlyFailing: Self.tests(comparison.newlyFailing), fixed: Self.tests(fixed))
  }

  /// The tests' names; one that differs in several legs is one test.
  private static func tests(_ items: [RunComparison.Item]) -> [String] {
    var seen: Set<String> = []
    return items.map(\.test).filter { seen.insert($0).inserted }
  }
}

extension RunRecord {
  /// Whether it is a run of the same job: its branch and its labels are the same.
  fileprivate func isComparable(to other: RunRecord) -> Bool { branch == other.branch && labels == other.labels }
}

extension Outcome {
  /// Whether the test ran and did not fail.
  fileprivate var isPass: Bool {
    switch self {
    case .passed, .passedOnRetry, .unexpectedPass: true
    case .failed, .errored, .timedOut, .skipped, .expectedFailure: false
    }
  }
}
