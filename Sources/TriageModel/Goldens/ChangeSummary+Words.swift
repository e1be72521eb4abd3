extension ChangeSummary {
  /// What differs, counted, a part each: `31 of 40 cells differ`, `2 rows added`, `3 became NaN`.
  package var counts: [String] {
    let counted = [(removed, "\(rows) removed"), (added, "\(rows) added"), (moved, "\(rows) moved")].filter { $0.0 > 0 }
    var parts: [String] = []
    if changed > 0 || counted.isEmpty {
      parts.append("\(CountText.of(changed)) of \(CountText.of(total)) \(unit) differ")
    }
    if tolerated > 0 { parts.append("\(CountText.of(tolerated)) within the tolerance") }
    parts += counted.map { "\(CountText.of($0)) \($1)" }
    parts += lost.clauses
    if regained > 0 { parts.append("\(CountText.of(regained)) were NaN, infinite or missing") }
    if setAsideCount > 0 { parts.append("\(CountText.of(setAsideCount)) set aside") }
    return parts
  }

  /// How far numbers lie apart at the most, and where, a part each: `max abs 0.32`, `max rel 0.64 at row 12, score`; one
  /// place of both is said once.
  package var distances: [String] {
    var parts: [String] = []
    if let maxAbsolute {
      let place = maxAbsolute.place == maxRelative?.place ? "" : " at \(maxAbsolute.place)"
      parts.append("max abs \(FigureText.of(maxAbsolute.value))\(place)")
    }
    if let maxRelative { parts.append("max rel \(FigureText.of(maxRelative.value)) at \(maxRelative.place)") }
    // Far apart, the count of numbers between says nothing any more.
    if let maxULP, maxULP.value < 100_000 { parts.append("\(FigureText.of(maxULP.value)) ULP") }
    return parts
  }

  /// What is added, removed and moved.
  private var rows: String { ["cells", "pixels"].contains(unit) ? "rows" : unit }
}
