internal import CNcurses
internal import SafeText
internal import TerminalKit

/// What ncurses needs to draw a style: attributes and a colour pair.
struct StylePainter {
  /// The two values of one style.
  struct Paint {
    var attributes: attr_t
    var pair: Int32
  }

  let level: ColorLevel
  /// Whether colours are written as red, green and blue.
  private let isDirect: Bool
  private let colors: Int
  private let hasDefaultColors: Bool
  private let theme: Theme
  private var paints: [Style: Paint] = [:]

  /// A painter for the terminal that ncurses has opened.
  init(theme: Theme, level: ColorLevel, isDirect: Bool) {
    self.theme = theme
    self.isDirect = isDirect
    if level > .mono, start_color() == OK {
      self.level = level
      hasDefaultColors = use_default_colors() == OK
    } else {
      self.level = .mono
      hasDefaultColors = false
    }
    colors = Int(nc_colors())
  }

  /// What draws a style.
  mutating func paint(_ style: Style) -> Paint {
    if let known = paints[style] { return known }
    let look = theme.look(style, at: level)
    var attributes = Self.attributes(look.attributes)
    var pair: Int32 = 0
    if level > .mono {
      let foreground = number(of: look.foreground)
      if isBrightBeyond(look.foreground) { attributes |= nc_bold() }
      let background = number(of: look.background)
      pair = max(0, alloc_pair(foreground ?? (hasDefaultColors ? -1 : 7), background ?? (hasDefaultColors ? -1 : 0)))
    }
    let paint = Paint(attributes: attributes, pair: pair)
    // Pictures have more pairs than ncurses may keep: it hands out the oldest again, so none is remembered here.
    if style.paletteGround == nil { paints[style] = paint }
    return paint
  }

  private static func attributes(_ attributes: Style.Attributes) -> attr_t {
    var result: attr_t = 0
    if attributes.contains(.bold) { result |= nc_bold() }
    if attributes.contains(.dim) { result |= nc_dim() }
    if attributes.contains(.underline) { result |= nc_underline() }
    if attributes.contains(.reverse) { result |= nc_reverse() }
    if attributes.contains(.italic) { result |= nc_italic() }
    return result
  }

  /// ncurses' number of a colour; nil for the terminal's own.
  private func number(of color: Color) -> Int32? {
    switch color {
    case .standard: nil
    case .palette(let index) where isDirect && index >= 8: direct(XtermPalette.rgb(index))
    case .palette(let index) where Int(index) >= colors: Int32(index) % 8
    case .palette(let index): Int32(index)
    case .rgb(let red, let green, let blue): direct((red, green, blue))
    }
  }

  private func direct(_ color: XtermPalette.RGB) -> Int32 {
    let value = Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
    // The first eight numbers of a direct terminal are the ANSI colours; this is black's nearest neighbour.
    return value < 8 ? 0x000008 : value
  }

  /// Whether a bright colour is drawn as bold on a terminal of eight colours.
  private func isBrightBeyond(_ color: Color) -> Bool {
    if case .palette(let index) = color { return index >= 8 && index < 16 && colors <= 8 }
    return false
  }
}
