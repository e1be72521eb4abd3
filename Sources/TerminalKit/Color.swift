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
