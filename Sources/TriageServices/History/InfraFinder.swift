internal import FailureAnalysis
internal import RunHistory
internal import TriageModel

/// Finds the failures of a test's history that a rule calls the infrastructure's.
struct InfraFinder {
  private let service: HistoryService
  private let labels: [RunKey: [String: String]]
  /// The rules whose message fits a failure, once a signature.
  private var fitting: [SignatureKey: InfraRules] = [:]

  /// A finder among some runs.
  init(_ service: HistoryService, _ runs: [RunRecord]) {
    self.service = service
    labels =
      service.infraRules.isEmpty ? [:] : Dictionary(runs.map { ($0.key, $0.labels) }) { first, _ in first }
  }

  /// What is given for judging a test: the rule that covers each of its failures.
  mutating func given(_ series: TestSeries) -> VerdictJudge.Given {
    var given = VerdictJudge.Given()
    guard !service.infraRules.isEmpty else { return given }
    for result in series.results where result.outcome.isFailing {
      guard let signature = result.signature else { continue }
      let rule = rules(for: signature).name(for: series.test, labels: labels[result.run] ?? [:])
      if let rule { given.infraRules[.init(run: result.run, leg: result.leg)] = rule }
    }
    return given
  }

  private mutating func rules(for signature: SignatureKey) -> InfraRules {
    if let known = fitting[signature] { return known }
    let kept = try? service.text(of: signature)
    let rules = kept.map { service.infraRules.fitting(Array("\($0.title)\n\($0.text)".utf8)) } ?? InfraRules()
    fitting[signature] = rules
    return rules
  }
}
