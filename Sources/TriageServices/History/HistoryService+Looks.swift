internal import Foundation
package import RunHistory
package import TriageModel

extension HistoryService {
  /// What became of tests since the person looked last, and remembers that they look now.
  ///
  /// The run looked at before stays remembered until a newer one is looked at: opening the same run twice in one
  /// night says the same. A look at an older run changes nothing, and each branch and leg of a matrix has looks of its own.
  ///
  /// - Parameter isKept: Whether the look is remembered.
  package func look(at run: Run, isKept: Bool) throws(HistoryError) -> LookDifference? {
    guard let looks else { return nil }
    let runs = try store.runs(of: repository)
    guard let place = runs.firstIndex(where: { $0.identity == run.info.identity }) else { return nil }
    let job = runs[place].job
    let last = try looks.lastLook(of: repository, job: job)
    let before: RunIdentity?
    if let last, last.run == run.info.identity {
      before = last.before
    } else {
      // Newest first: a run that stands before the one looked at last is newer.
      if let last, let seen = runs.firstIndex(where: { $0.identity == last.run }), seen < place { return nil }
      before = last?.run
      if isKept {
        let now = WallClock.now(environment: environment)
        try looks.setLastLook(LastLook(run: run.info.identity, at: now, before: before), of: repository, job: job)
      }
    }
    guard let before, let base = runs.first(where: { $0.identity == before }) else { return nil }
    let comparison = try store.compare(base.key, runs[place].key)
    return LookDifference(
      run: base, newlyFailing: Self.tests(comparison.newlyFailing), fixed: Self.tests(comparison.fixed))
  }

  /// The tests' names; one that differs in several legs is one test.
  private static func tests(_ items: [RunComparison.Item]) -> [String] {
    var seen: Set<String> = []
    return items.map(\.test).filter { seen.insert($0).inserted }
  }
}

extension RunRecord {
  /// What tells the job it is a run of: its branch and its labels.
  fileprivate var job: String {
    let labels = self.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([branch ?? ""] + labels).joined(separator: "\u{1F}")
  }
}
