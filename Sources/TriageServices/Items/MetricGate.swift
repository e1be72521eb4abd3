internal import ReportFormats
internal import SafeText
internal import TriageModel

/// Judges metrics by the repository's rules on them.
struct MetricGate {
  private let rules: [(rule: MetricRule, pattern: Glob)]

  init(_ rules: [MetricRule]) {
    self.rules = rules.map { ($0, Glob($0.metric)) }
  }

  /// The rules that are about a metric.
  func rules(for name: MetricName) -> [MetricRule] {
    indices(for: name).map { rules[$0].rule }
  }

  private func indices(for name: MetricName) -> [Int] {
    rules.indices.filter { rules[$0].pattern.matches(name.name) && rules[$0].rule.slice == name.slice }
  }

  /// Judges the metrics of a table; a rule that no metric answers to is an item itself, where there are metrics at all.
  func judge(_ builder: inout TestTableBuilder) {
    if rules.isEmpty { return }
    var answered = Set<Int>()
    var hasMetrics = false
    for item in builder.table.reviewItems {
      guard let measure = builder.table.measure(of: item), builder.table.kind(of: item).word == MetricsFile.kind.word
      else {
        continue
      }
      hasMetrics = true
      let name = MetricName(parsing: builder.table.name(of: item))
      for index in indices(for: name) {
        answered.insert(index)
        guard let miss = rules[index].rule.miss(measure.value), builder.table.outcome(of: item) == .passed else {
          continue
        }
        builder.table.judge(item, as: .failed, saying: "\(name.text) \(miss)")
      }
    }
    guard hasMetrics else { return }
    for (index, rule) in rules.enumerated() where !answered.contains(index) {
      let words = "no metric of the run is \(rule.rule.title)"
      builder.add(ReviewItem(MetricsFile.kind, about: "rules", rule.rule.title, .errored, words))
    }
  }
}
