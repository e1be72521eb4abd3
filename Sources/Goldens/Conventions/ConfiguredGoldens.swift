internal import SafeText
internal import TriageModel

/// Pairs of globs in the repository's configuration: `goldens:` in `.assay/config.yaml`.
struct ConfiguredGoldens: GoldenConvention {
  let id = "assay-config"
  let title = "goldens of .assay/config.yaml"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.rules.flatMap { rule in pairs(of: rule, in: evidence) }
  }

  private func pairs(of rule: GoldenRule, in evidence: GoldenEvidence) -> [GoldenPair] {
    let expected = GlobCapture(rule.expected)
    let actual = GlobCapture(rule.actual)
    guard expected.captures == actual.captures else { return [] }
    var pairs: [GoldenPair] = []
    for path in evidence.repository.files where PathText.normal(path) == path {
      guard let texts = expected.match(path), let name = actual.filled(with: texts),
        let side = side(name, in: evidence)
      else { continue }
      pairs.append(pair(path, .repository, side, rule))
    }
    return pairs + new(rule, expected, actual, in: evidence)
  }

  /// Files that a golden could be made of, and that have none.
  private func new(
    _ rule: GoldenRule, _ expected: GlobCapture, _ actual: GlobCapture, in evidence: GoldenEvidence
  ) -> [GoldenPair] {
    func place(_ path: String) -> String? {
      guard let texts = actual.match(path), let place = expected.filled(with: texts), !evidence.hasGolden(place),
        PathText.normal(place) == place
      else { return nil }
      return place
    }
    var pairs = evidence.run.info.files.compactMap { file in
      place(file.path).map { pair($0, .none, evidence.side(file), rule) }
    }
    if evidence.isLocal {
      pairs += evidence.repository.files.compactMap { path in
        place(path).map { pair($0, .none, evidence.side(left: path), rule) }
      }
    }
    return pairs
  }

  private func side(_ path: String, in evidence: GoldenEvidence) -> GoldenPair.Side? {
    if let file = evidence.runFile(at: path) { return evidence.side(file) }
    return evidence.isLocal && evidence.hasGolden(path) ? evidence.side(left: path) : nil
  }

  private func pair(
    _ place: String, _ expected: GoldenPair.Side, _ actual: GoldenPair.Side, _ rule: GoldenRule
  ) -> GoldenPair {
    var pair = GoldenPair(
      location: GoldenLocation(path: place), convention: id, test: "", expected: expected, actual: actual,
      recovery: .exact
    )
    pair.tolerance = rule.tolerance
    return pair
  }
}
