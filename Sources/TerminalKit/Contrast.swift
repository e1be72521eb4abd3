internal import Foundation
internal import SafeText

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
