internal import SafeText
internal import TriageModel

extension Comparison {
  /// Says what rules set aside: in the verdict, and in a sentence with the counts.
  mutating func noteSetAside() {
    let found = summary.setAside
    if found.isEmpty { return }
    let list = found.map { "\($0.rule) (\(CountText.of($0.count)))" }.joined(separator: ", ")
    let count = found.reduce(0) { $0 + $1.count }
    remarks.append("\(CountText.of(count, "difference")) set aside by rule: \(list).")
    if !differs, summary.tolerated == 0, drift.kind == .format {
      drift = Drift(.setAside, "only what rules set aside differs: \(list)")
    } else {
      drift = Drift(
        drift.kind, drift.proof + "; \(CountText.of(count)) set aside by rule", with: drift.others + [.setAside])
    }
  }
}

extension ChangeSummary {
  /// Takes counts by the places of rules.
  mutating func take(_ counts: [Int: Int], of rules: [IgnoreRule]) {
    setAside = counts.sorted { $0.key < $1.key }.compactMap { place, count in
      rules.indices.contains(place) ? SetAside(rule: rules[place].source, count: count) : nil
    }
  }
}
