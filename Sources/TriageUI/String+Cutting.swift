import SafeText

extension String {
  /// The text, cut at its beginning when it is too wide: the end of a path says most.
  func keepingEnd(columns: Int) -> String {
    guard DisplayWidth.of(self) > columns else { return self }
    return "…" + String(Self.fitting(reversed(), columns: columns - 1).reversed())
  }

  /// The text, cut at its end when it is too wide: a sentence says most at its beginning.
  func keepingStart(columns: Int) -> String {
    guard DisplayWidth.of(self) > columns else { return self }
    return columns < 1 ? "" : Self.fitting(self, columns: columns - 1) + "…"
  }

  /// The text, cut in its middle when it is too wide: a parameter at the end tells tests apart.
  func keepingMiddle(columns: Int) -> String {
    guard DisplayWidth.of(self) > columns else { return self }
    let start = max(0, (columns - 1) * 2 / 3)
    let end = Self.fitting(reversed(), columns: max(0, columns - 1 - start))
    return Self.fitting(self, columns: start) + "…" + String(end.reversed())
  }

  /// As many characters as fit.
  private static func fitting(_ characters: some Sequence<Character>, columns: Int) -> String {
    var kept = ""
    var width = 0
    for character in characters {
      width += DisplayWidth.of(character)
      if width > columns { break }
      kept.append(character)
    }
    return kept
  }
}
