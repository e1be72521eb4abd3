internal import SafeText
internal import TriageModel

/// Go's `testdata/*.golden`: goldie says the difference; what was produced is rebuilt from it.
struct GoGolden: GoldenConvention {
  let id = "go-golden"
  let title = "Go testdata/*.golden (goldie)"

  private static let mark = "Result did not match the golden fixture. Diff is below:"
  /// Goldens that a difference is tried on.
  private static let most = 2000

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let failures = evidence.failures(saying: Self.mark)
    guard !failures.isEmpty else { return [] }
    let goldens = evidence.repository.files.filter { path in
      (path.hasSuffix(".golden") || path.contains("testdata/")) && PathText.normal(path) == path
    }.prefix(Self.most)
    return failures.compactMap { pair($0, Array(goldens), evidence) }
  }

  private func pair(
    _ failure: GoldenEvidence.FoundFailure, _ goldens: [String], _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    let patch = UnifiedPatch(Self.rows(failure.text))
    guard !patch.isEmpty else { return nil }
    let fitting = goldens.compactMap { path -> (path: String, bytes: [UInt8])? in
      guard let golden = evidence.golden(path), let bytes = try? patch.applied(to: golden) else { return nil }
      return (path, bytes)
    }
    let name = evidence.run.table.name(of: failure.test)
    let named = fitting.filter { Self.belongs($0.path, to: name) }
    guard let found = named.first ?? fitting.first else { return nil }
    var pair = GoldenPair(
      location: GoldenLocation(path: found.path), convention: id, test: evidence.run.table.id(of: failure.test),
      testIndex: failure.test, expected: .repository, actual: .bytes(found.bytes), recovery: .replayed)
    if named.count != 1, fitting.count != 1 {
      pair.recovery = .partial
      pair.remarks.append("The difference fits \(fitting.count) goldens, and the message names none.")
    }
    return pair
  }

  /// Whether a golden has the test's name, with or without `Test`.
  private static func belongs(_ path: String, to test: String) -> Bool {
    let stem = PathText.stem(PathText.name(path)).lowercased()
    let name = (test.split(separator: "/").last.map(String.init) ?? test).lowercased()
    return stem == name || "test" + stem == name || "test_" + stem == name
  }

  /// The rows behind the mark; testing.T indents them.
  private static func rows(_ text: String) -> [Substring] {
    let lines = FailureText(text).lines
    guard let start = lines.firstIndex(where: { $0.contains(mark) }),
      let head = lines[start...].first(where: { $0.contains("--- Expected") })
    else { return [] }
    let margin = head.prefix { $0 == " " || $0 == "\t" }
    return lines[start...].drop { !$0.contains("@@ ") }.map { $0.hasPrefix(margin) ? $0.dropFirst(margin.count) : $0 }
  }
}
