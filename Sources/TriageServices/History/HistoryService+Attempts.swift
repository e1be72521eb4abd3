package import RunHistory
package import TriageModel

extension HistoryService {
  /// What a test did in one run of the history; what it said there is told by the run itself, where it is open.
  ///
  /// The history keeps one text of all failures that are alike: it may be another run's, and is no answer here.
  package func attempt(of test: String, in run: RunKey, openRuns: [Run]) throws(HistoryError) -> PastAttempt {
    let results = try store.results(of: test, inRun: run, in: repository)
    let worst = results.min { $0.outcome.severity < $1.outcome.severity }
    var answer = PastAttempt(results: results)
    guard let signature = worst?.signature ?? results.compactMap(\.signature).first else { return answer }
    answer.title = try store.text(of: signature, in: repository)?.title
    let identity = try store.runs(of: repository).first { $0.key == run }?.identity
    answer.text = openRuns.first { $0.info.identity == identity }.flatMap { Self.text(of: test, in: $0) }
    return answer
  }

  /// What a test's first failing attempt said in a run: its message, then its details.
  private static func text(of name: String, in run: Run) -> String? {
    let namesakes = run.testsOfNote.filter { StableName.of(run.table.id(of: $0)) == name }
    let attempts = namesakes.lazy.flatMap { run.table.attempts(of: $0) }
    guard let failed = attempts.first(where: { $0.outcome.isFailing && !$0.failures.isEmpty }) else { return nil }
    return failed.failures.map { failure in
      failure.details.contains(failure.message) ? failure.details : failure.message + "\n" + failure.details
    }.joined(separator: "\n")
  }
}
