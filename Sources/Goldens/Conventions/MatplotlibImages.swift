internal import TriageModel

/// matplotlib's own decorator: `result_images/<module>/x.png` beside `x-expected.png`, the golden in `baseline_images/`.
struct MatplotlibImages: GoldenConvention {
  let id = "matplotlib"
  let title = "matplotlib image_comparison"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.runFiles { $0.contains("-expected.") }.filter { $0.path.contains("result_images/") }.compactMap {
      expected in
      guard let result = expected.path.replacingLast("-expected.", with: ".").flatMap({ evidence.runFile(at: $0) }),
        let golden = evidence.golden(like: "baseline_images/" + Self.lastTwo(result.path)),
        golden.contains("baseline_images/")
      else { return nil }
      return GoldenPair(
        place: GoldenPlace(path: golden), convention: id, test: "", expected: evidence.side(expected),
        actual: evidence.side(result), recovery: .exact)
    }
  }

  private static func lastTwo(_ path: String) -> String { PathText.parts(path).suffix(2).joined(separator: "/") }
}
