internal import SafeText
internal import TriageModel

/// pytest-regtest: recorded output in `_regtest_outputs`; the failure shows a whole difference in which `-` is what was produced.
struct PytestRegtest: GoldenConvention {
  let id = "pytest-regtest"
  let title = "pytest-regtest"

  private static let differs = "regression test output differences for "
  private static let missing = "regression test output not recorded yet for "
  private static let remark = "Blanks at the ends of new lines are not known: pytest-regtest does not compare them."

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let layout = PytestLayout(evidence)
    let changed = evidence.failures(saying: Self.differs).compactMap { pair($0, layout, evidence, isNew: false) }
    return changed + evidence.failures(saying: Self.missing).compactMap { pair($0, layout, evidence, isNew: true) }
  }

  private func pair(
    _ failure: GoldenEvidence.FoundFailure, _ layout: PytestLayout, _ evidence: GoldenEvidence, isNew: Bool
  ) -> GoldenPair? {
    let text = FailureText(failure.text)
    guard let place = place(failure.test, text, layout, evidence), PathText.normal(place) == place else { return nil }
    var pair = GoldenPair(
      location: GoldenLocation(path: place), convention: id, test: evidence.run.table.id(of: failure.test),
      testIndex: failure.test, expected: isNew ? .none : .repository, actual: .unknown, recovery: .nothing)
    let bytes = isNew ? Self.recorded(text) : Self.replayed(text, on: evidence.golden(place))
    if let bytes {
      pair.actual = .bytes(bytes)
      pair.recovery = .replayed
      pair.remarks.append(Self.remark)
    } else {
      pair.remarks.append("The difference that the failure shows does not fit the golden.")
    }
    return pair
  }

  /// `_regtest_outputs/<module>.<test>.out`, with `_` for blanks and slashes; the failure names it without its ending.
  private func place(
    _ test: TestIndex, _ text: FailureText, _ layout: PytestLayout, _ evidence: GoldenEvidence
  ) -> String? {
    let mark = "(recorded output from "
    for line in text.lines where line.contains(mark) {
      guard let name = line.split(separator: "/").last, name.hasSuffix(")") else { continue }
      if let place = evidence.golden(like: "_regtest_outputs/\(name.dropLast()).out") { return place }
    }
    guard let location = layout.location(of: test) else { return nil }
    let name = ([location.stem] + location.classes + [location.name]).joined(separator: ".")
    let clean = String(name.map { " /".contains($0) ? "_" : $0 })
    return PathText.join(location.folder, "_regtest_outputs/\(clean).out")
  }

  private static func replayed(_ text: FailureText, on golden: [UInt8]?) -> [UInt8]? {
    let rows = text.lines.compactMap(row)
    let patch = UnifiedPatch(rows, isReversed: true)
    guard let golden, !patch.isEmpty else { return nil }
    return try? patch.applied(to: golden, ignoresTrailingBlanks: true)
  }

  /// What follows `>` and three blanks; a row that pytest laid out has an `E` in front.
  private static func row(_ line: Substring) -> Substring? {
    let rest = line.drop { $0 == " " || $0 == "E" }
    guard rest.first == ">" else { return nil }
    return rest.hasPrefix(">   ") ? rest.dropFirst(4) : ""
  }

  private static func recorded(_ text: FailureText) -> [UInt8]? {
    guard let start = text.lines.firstIndex(where: { $0.contains(missing) }), start + 2 < text.lines.count else {
      return nil
    }
    return Array(text.lines[(start + 2)...].joined(separator: "\n").utf8) + [0x0A]
  }
}
