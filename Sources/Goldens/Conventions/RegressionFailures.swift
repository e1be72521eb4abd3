internal import TriageModel

/// What pytest-regressions' failures tell of goldens whose obtained files were not kept.
struct RegressionFailures {
  private let evidence: GoldenEvidence
  private let convention: String
  private let layout: PytestLayout

  init(_ evidence: GoldenEvidence, convention: String) {
    self.evidence = evidence
    self.convention = convention
    layout = PytestLayout(evidence)
  }

  func pairs() -> [GoldenPair] {
    different() + tooDifferent() + created() + numbers()
  }

  /// Two paths and a whole unified difference.
  private func different() -> [GoldenPair] {
    evidence.failures(saying: "FILES DIFFER:").compactMap { failure in
      guard let block = FailureText(failure.text).block(after: "FILES DIFFER:"), let first = block.first,
        var pair = pair(failure.test, name: PathText.name(String(first)))
      else { return nil }
      replay(UnifiedPatch(block.dropFirst(2)), in: &pair)
      return pair
    }
  }

  private func replay(_ patch: UnifiedPatch, in pair: inout GoldenPair) {
    guard let golden = evidence.golden(pair.place.path) else {
      pair.remarks.append("The golden as the run compared with it is not there.")
      return
    }
    do throws(UnifiedPatch.Failure) {
      pair.actual = .bytes(try patch.applied(to: golden))
      pair.recovery = patch.isEmpty ? .nothing : .replayed
      pair.remarks.append(
        "Line ends are the golden's: the failure does not tell them, and the test does not compare them.")
    } catch {
      pair.remarks.append("The difference that the failure shows does not fit the golden.")
    }
  }

  private func tooDifferent() -> [GoldenPair] {
    evidence.failures(saying: "Files are different, but diff is too big").compactMap { failure in
      let lines = FailureText(failure.text).lines
      guard let line = lines.first(where: { $0.contains("- expected: ") }),
        var pair = pair(failure.test, name: PathText.name(String(line)))
      else { return nil }
      pair.remarks.append("More than 500 lines differ: the failure does not show them.")
      return pair
    }
  }

  /// A golden that was not there: pytest-regressions writes it at once, and fails.
  private func created() -> [GoldenPair] {
    let mark = "File not found in data directory, created:"
    return evidence.failures(saying: mark).compactMap { failure in
      guard let line = FailureText(failure.text).block(after: mark)?.first,
        var pair = pair(failure.test, name: PathText.name(String(line)))
      else { return nil }
      pair.expected = .none
      if evidence.isLocal, evidence.hasGolden(pair.place.path) {
        pair.actual = evidence.side(left: pair.place.path)
        pair.recovery = .exact
        pair.remarks.append("pytest-regressions has written it already.")
      }
      return pair
    }
  }

  /// Tables of the cells that differ: enough to see how much, not to write a golden.
  private func numbers() -> [GoldenPair] {
    let mark = "Values are not sufficiently close."
    return evidence.failures(saying: mark).compactMap { failure in
      guard let name = layout.location(of: failure.test)?.name else { return nil }
      let base = PytestNames.mangled(name)
      let isArray = failure.text.contains("Number of differences:")
      for ending in isArray ? [".npz"] : [".csv", ".parquet"] {
        guard var pair = pair(failure.test, name: base + ending), evidence.hasGolden(pair.place.path) else { continue }
        pair.recovery = .statistics
        pair.remarks.append("The failure shows the numbers that differ, not the file that was obtained.")
        return pair
      }
      return nil
    }
  }

  private func pair(_ test: TestIndex, name: String) -> GoldenPair? {
    var place: String?
    if let location = layout.location(of: test) { place = PathText.join(location.dataFolder, name) }
    if place.map(evidence.hasGolden) != true, let named = evidence.repository.byName[name], named.count == 1 {
      place = named[0]
    }
    guard let place, PathText.normal(place) == place else { return nil }
    return GoldenPair(
      place: GoldenPlace(path: place), convention: convention, test: evidence.run.table.id(of: test), testIndex: test,
      expected: evidence.hasGolden(place) ? .repository : .unknown, actual: .unknown, recovery: .nothing)
  }
}
