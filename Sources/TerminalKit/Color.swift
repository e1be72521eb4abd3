internal import Foundation
internal import SafeText

/// A colour a cell can have.
package enum Color: Hashable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// An index into xterm's 256 colours; a person's terminal defines the first 16.
  case palette(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// The colour as a terminal of a level can show it; nil where it cannot come close.
  func at(_ level: ColorLevel) -> Color? {
    switch (self, level) {
    case (_, .mono): nil
    case (.standard, _), (_, .truecolor), (.palette(0..<16), _): self
    case (.palette, .palette256): self
    case (.rgb(let red, let green, let blue), .palette256): .palette(XtermPalette.nearest(to: (red, green, blue)))
    case (.palette, .sixteen), (.rgb, .sixteen): nil
    }
  }
}

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

/// The contrast of colours, by WCAG 2.2.
package enum Contrast {
  /// The relative luminance of a colour, 0 … 1; nil for the terminal's own.
  package static func luminance(of color: Color) -> Double? {
    switch color {
    case .standard: nil
    case .palette(let index): luminance(of: XtermPalette.rgb(index))
    case .rgb(let red, let green, let blue): luminance(of: (red, green, blue))
    }
  }

  /// The contrast ratio of two luminances, 1 … 21.
  package static func ratio(_ one: Double, _ other: Double) -> Double {
    (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  private static func luminance(of color: XtermPalette.RGB) -> Double {
    0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }

  private static func linear(_ channel: UInt8) -> Double {
    let value = Double(channel) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
}
