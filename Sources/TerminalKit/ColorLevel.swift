/// How many colours a terminal shows, or a person wants.
package enum ColorLevel: Int, Sendable, CaseIterable, Comparable {
  /// No colours: bold, underline and reverse only.
  case mono
  case sixteen
  case palette256
  case truecolor

  /// The level of a word as `--color` and `ASSAY_COLOR` take it; nil for `auto` and for words that mean nothing.
  package init?(word: String) {
    switch word {
    case "mono": self = .mono
    case "16": self = .sixteen
    case "256": self = .palette256
    case "truecolor": self = .truecolor
    default: return nil
    }
  }

  /// Fewer colours come first.
  package static func < (left: ColorLevel, right: ColorLevel) -> Bool { left.rawValue < right.rawValue }

  /// The level's word, as `--color` takes it.
  package var word: String {
    switch self {
    case .mono: "mono"
    case .sixteen: "16"
    case .palette256: "256"
    case .truecolor: "truecolor"
    }
  }

  /// What a person asked for: the flag, else their settings, else `ASSAY_COLOR`, else mono for a `NO_COLOR` that is not
  /// empty; nil leaves it to the terminal.
  package static func asked(flag: String?, setting: String? = nil, environment: [String: String]) -> ColorLevel? {
    if let flag { return ColorLevel(word: flag) }
    if let level = [setting, environment["ASSAY_COLOR"]].lazy.compactMap({ $0.flatMap(ColorLevel.init(word:)) }).first {
      return level
    }
    return environment["NO_COLOR", default: ""].isEmpty ? nil : .mono
  }

  /// The level to draw with: what was asked for, else what the terminal can do.
  ///
  /// More colours than the terminal has are never chosen.
  ///
  /// - Parameters:
  ///   - asked: what a person asked for (`asked(flag:setting:environment:)`).
  ///   - terminfoColors: terminfo's `colors`; at most 0 for none.
  ///   - hasDirectColor: whether terminfo takes colours as red, green and blue (`RGB`, the `-direct` entries).
  package static func choose(
    asked: ColorLevel?, terminfoColors: Int, hasDirectColor: Bool = false
  ) -> ColorLevel {
    let most = available(terminfoColors: terminfoColors, hasDirectColor: hasDirectColor)
    return min(asked ?? most, most)
  }

  private static func available(terminfoColors: Int, hasDirectColor: Bool) -> ColorLevel {
    if hasDirectColor { return .truecolor }
    if terminfoColors >= 256 { return .palette256 }
    return terminfoColors >= 8 ? .sixteen : .mono
  }
}
