internal import RunHistory
internal import TriageMessages
internal import TriageModel

extension HistoryService {
  /// What a test did in one run of the history, with an example of what its failure said.
  func answer(_ request: AttemptRequest) throws(HistoryError) -> AttemptAnswer {
    let results = try store.results(of: request.test, inRun: request.run, in: repository)
    let worst = results.min { $0.outcome.severity < $1.outcome.severity }
    let text: String? =
      if let signature = (worst?.signature ?? results.compactMap(\.signature).first) {
        try store.text(of: signature, in: repository)?.text
      } else {
        nil
      }
    return AttemptAnswer(request: request, results: results, text: text)
  }
}
