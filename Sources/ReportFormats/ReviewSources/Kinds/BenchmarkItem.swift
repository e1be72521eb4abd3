internal import TriageModel

/// Makes the items of reports of benchmarks: read as well, with a measure that the history judges.
struct BenchmarkItem {
  static let kind = ItemKind("benchmark", judging: .againstNoise)
  private static let mostQuantiles = 60
  private static let mostFacts = 30

  /// What a benchmark measures: seconds as a rule.
  var unit = "s"
  var better = ReviewItem.Measure.Better.lower
  /// What was measured, round by round, where the report keeps that.
  var rounds: [Double] = []
  /// Figures that the report states; those that it does not are found from the rounds.
  var median: Double?
  var min: Double?
  var max: Double?
  var p95: Double?
  var quartiles: (first: Double, third: Double)?
  /// How many rounds there were, as the report says.
  var count: Int?
  var facts: [(name: String, value: String)] = []
  /// What its tool says went wrong.
  var error = ""

  /// The item; a benchmark that measured nothing is an error.
  func item(about subject: String, _ name: String) -> ReviewItem {
    let sorted = rounds.filter(\.isFinite).sorted()
    var item = ReviewItem(Self.kind, about: subject, name, .passed)
    let median = (self.median ?? Self.quantile(0.5, of: sorted)).flatMap { $0.isFinite ? $0 : nil }
    if !error.isEmpty {
      item.outcome = .errored
      item.message = error
    } else if median == nil {
      item.outcome = .errored
      item.message = rounds.isEmpty ? "it has no rounds: nothing was measured" : "no round has a number"
    } else if rounds.count != sorted.count {
      item.outcome = .errored
      item.message = "\(rounds.count - sorted.count) of \(CountText.of(rounds.count, "round")) have no number"
    }
    if let median {
      item.measure = ReviewItem.Measure(median, unit: unit, better: better)
      if item.message.isEmpty { item.message = "median " + text(median) }
    }
    item.facts = figures(sorted) + facts.prefix(Self.mostFacts)
    return item
  }

  private func figures(_ sorted: [Double]) -> [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    let least = min ?? sorted.first
    let most = max ?? sorted.last
    for (name, value) in [
      ("min", least), ("median", median ?? Self.quantile(0.5, of: sorted)),
      ("p95", p95 ?? Self.quantile(0.95, of: sorted)),
      ("max", most),
    ] {
      if let value, value.isFinite { facts.append((name, text(value))) }
    }
    if let count = count ?? (sorted.isEmpty ? nil : rounds.count) { facts.append(("rounds", String(count))) }
    let strip = sorted.count > 1 ? Self.quantiles(of: sorted) : stated(least, most)
    if !strip.isEmpty {
      facts.append(("distribution", strip.map { FigureText.of($0, digits: 4) }.joined(separator: " ")))
    }
    return facts
  }

  private func text(_ value: Double) -> String {
    MeasureText.of(value, unit)
  }

  /// The five quantiles that a report without rounds may state.
  private func stated(_ least: Double?, _ most: Double?) -> [Double] {
    guard let least, let most, let median, let quartiles else { return [] }
    let all = [least, quartiles.first, median, quartiles.third, most]
    return all.allSatisfy(\.isFinite) ? all : []
  }

  /// Quantiles at even steps from the least to the most: all rounds where they are few.
  private static func quantiles(of sorted: [Double]) -> [Double] {
    if sorted.count <= mostQuantiles { return sorted }
    return (0..<mostQuantiles).compactMap { quantile(Double($0) / Double(mostQuantiles - 1), of: sorted) }
  }

  /// A quantile, between two rounds where it falls between them.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double? {
    guard let last = sorted.last else { return nil }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return last }
    let weight = place - Double(below)
    return sorted[below] * (1 - weight) + sorted[below + 1] * weight
  }
}

/// Units of time, in seconds.
enum TimeUnit {
  private static let units: [String: Double] = [
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "min": 60, "h": 3600, "hr": 3600,
    "day": 86_400,
  ]

  /// How many seconds one is; nil for what is no unit of time.
  static func seconds(_ unit: String) -> Double? { units[unit] }
}
