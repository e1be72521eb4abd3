internal import SafeText
internal import TriageModel

/// Playwright: `x-expected.png` and `x-actual.png` among the results, the golden in `<spec>-snapshots/`.
struct Playwright: GoldenConvention {
  let id = "playwright"
  let title = "Playwright"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.runFiles { Self.base($0) != nil }.compactMap { actual in
      guard let base = Self.base(PathText.name(actual.path)) else { return nil }
      let ending = PathText.name(actual.path).dropFirst(base.utf8.count + "-actual".utf8.count)
      let folder = PathText.folder(actual.path)
      let expected = evidence.runFile(at: PathText.join(folder, base + "-expected" + ending))
      let near = evidence.repository.byName.filter { $0.key.hasPrefix(base) && $0.key.hasSuffix(ending) }.flatMap(
        \.value
      )
      .filter { $0.contains("-snapshots/") || $0.contains("__screenshots__/") }.sorted()
      guard let place = place(among: near, expected, evidence) else { return nil }
      var pair = GoldenPair(
        location: GoldenLocation(path: place.path), convention: id, test: "",
        expected: expected.map(evidence.side) ?? .repository, actual: evidence.side(actual),
        recovery: place.isSure ? .exact : .partial)
      if !place.isSure {
        pair.remarks.append("Several goldens may be meant, and none has the bytes that were expected.")
      }
      return pair
    }
  }

  /// `home-1` of `home-1-actual.png`.
  private static func base(_ name: String) -> String? {
    guard let dot = name.utf8.lastIndex(of: 0x2E), name[..<dot].hasSuffix("-actual") else { return nil }
    let base = String(name[..<dot].dropLast("-actual".count))
    return base.isEmpty || base.utf8.count > 255 ? nil : base
  }

  private func place(
    among goldens: [String], _ expected: RunFile?, _ evidence: GoldenEvidence
  ) -> (path: String, isSure: Bool)? {
    if let bytes = expected.flatMap(evidence.bytes) {
      let same = goldens.filter { evidence.readRepositoryFile($0, GoldenEvidence.sizeLimit) == bytes }
      if same.count == 1 { return (same[0], true) }
    }
    return goldens.first.map { ($0, goldens.count == 1) }
  }
}
