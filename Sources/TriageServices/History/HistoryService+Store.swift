package import RunHistory
package import TriageModel

/// What the store knows of this repository.
extension HistoryService {
  /// The runs of a filter as they are kept, newest first; `runs` also says which of them lack tests.
  package func records(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [RunRecord] {
    try store.runs(of: repository, filter)
  }

  /// What one test did in the runs of a filter, oldest first; empty for a test that is not known.
  package func series(of test: String, _ filter: HistoryFilter) throws(HistoryError) -> TestSeries {
    try store.series(of: test, in: repository, filter)
  }

  /// The names of tests that end in a text, else those that have it anywhere; at most a hundred.
  package func tests(fitting text: String) throws(HistoryError) -> [String] {
    try store.tests(fitting: text, in: repository)
  }

  /// Compares a run with an earlier one; at most `limit` tests of a fate are named.
  package func compare(
    _ before: RunKey, _ after: RunKey, limit: Int = RunComparison.most, where isWanted: ((String) -> Bool)? = nil
  ) throws(HistoryError) -> RunComparison {
    try store.compare(before, after, limit: limit, where: isWanted)
  }

  /// When failures were seen, by signature.
  package func spans(of signatures: [SignatureKey]) throws(HistoryError) -> [SignatureKey: SignatureSpan] {
    try store.spans(of: signatures, in: repository)
  }

  /// What a failure of a signature said; nil when none was kept.
  func text(of signature: SignatureKey) throws(HistoryError) -> RunContent.SignatureText? {
    try store.text(of: signature, in: repository)
  }

  /// Removes the runs that began more than so many days before the newest, and what only they told of.
  package func prune(keepDays days: Int, isDryRun: Bool = false) throws(HistoryError) -> Pruned {
    try store.prune(repository, keepDays: days, isDryRun: isDryRun)
  }

  /// Gives the space of what was pruned back, where that is worth it.
  package func compact() { store.compact() }

  /// Writes the runs of a filter as JSON lines, oldest first; `write` gets whole lines, and false ends it.
  package func export(_ filter: HistoryFilter, write: ([UInt8]) -> Bool) throws(HistoryError) {
    try store.export(repository, filter, write: write)
  }
}
