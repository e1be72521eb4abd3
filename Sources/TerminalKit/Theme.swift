internal import SafeText

/// Says how each role looks, at each colour level.
package struct Theme: Sendable, Hashable {
  /// The ground a theme is made for.
  package enum Ground: String, Sendable {
    /// The terminal's own background, light or dark.
    case any
    case dark
    case light
  }

  /// What one role gives to a look: its colours as text, and as the ground under other text.
  package struct RoleLook: Hashable, Sendable {
    /// The colour of the text; nil leaves it as it is.
    package var foreground: Color?
    /// The colour of the ground; nil leaves it as it is.
    package var background: Color?
    /// The colour of all text that lies on this role; nil leaves the text its own.
    package var ink: Color?
    /// Emphasis.
    package var attributes: Style.Attributes = []

    /// Whether it says both what it lies on and how it is written there.
    var isSolid: Bool { background != nil && ink != nil }
  }

  /// The name a person chooses it by.
  package let name: String
  /// Whether it is made for a dark or a light terminal.
  package let ground: Ground
  private let levels: [ColorLevel: [Role: RoleLook]]

  /// A theme from the looks of its roles at each level.
  init(name: String, ground: Ground, levels: [ColorLevel: [Role: RoleLook]]) {
    self.name = name
    self.ground = ground
    self.levels = levels
  }

  /// The theme without any theme file: attributes only where a role cannot do without.
  package static let plain: Theme = {
    var looks: [Role: RoleLook] = [:]
    for (role, attributes) in [
      (Role.selection, Style.Attributes.reverse), (.match, .underline), (.matchCurrent, .reverse), (.title, .bold),
      (.titleFocus, .bold), (.fail, .bold), (.error, .bold), (.minusEmphasis, .reverse), (.plusEmphasis, .reverse),
    ] {
      looks[role, default: RoleLook()].attributes = attributes
    }
    return Theme(
      name: "plain", ground: .any, levels: Dictionary(uniqueKeysWithValues: ColorLevel.allCases.map { ($0, looks) }))
  }()

  /// What a role gives at a level.
  package func role(_ role: Role, at level: ColorLevel) -> RoleLook {
    levels[level]?[role] ?? RoleLook()
  }

  /// How a style looks at a level.
  ///
  /// - The background is the surface's; on the plain ground, the role's own if it has one.
  /// - The text is the surface's ink where it has one, else the colour a report asked for, else the role's.
  /// - A role with ground and ink of its own (`match.current`) keeps both on every surface.
  /// - Attributes add up, except that a surface dims nothing, that a reversed role on a reversed ground stands out by not
  ///   being reversed, and that nothing is dim there.
  package func look(_ style: Style, at level: ColorLevel) -> Look {
    if let picture = Self.picture(style, at: level) { return picture }
    let text = role(style.role, at: level)
    let isPlain = style.surface == .background || text.isSolid
    let surface = isPlain ? RoleLook() : role(style.surface, at: level)
    let background =
      (isPlain ? text.background : surface.background) ?? role(.background, at: level).background ?? .standard
    let own = (isPlain ? text.ink : nil) ?? text.foreground ?? role(.text, at: level).foreground ?? .standard
    let asked = style.paletteColor.flatMap { Color.palette($0).at(level) }
    let foreground = surface.ink ?? asked.flatMap { isReadable($0, on: background) ? $0 : nil } ?? own
    return Look(
      foreground: foreground, background: background,
      attributes: Self.attributes(text.attributes.union(style.attributes), on: surface.attributes))
  }

  /// Pixels look as they are, whatever the theme; nil where the terminal cannot show them.
  private static func picture(_ style: Style, at level: ColorLevel) -> Look? {
    guard let ground = style.paletteGround.flatMap({ Color.palette($0).at(level) }) else { return nil }
    let color = style.paletteColor.flatMap { Color.palette($0).at(level) }
    return Look(foreground: color ?? ground, background: ground)
  }

  private static func attributes(_ text: Style.Attributes, on surface: Style.Attributes) -> Style.Attributes {
    guard surface.contains(.reverse) else { return text.union(surface.subtracting(.dim)) }
    return text.symmetricDifference(.reverse).union(surface.subtracting(.reverse)).subtracting(.dim)
  }

  /// Whether a colour from outside may be used: on a theme's own ground it must not vanish.
  private func isReadable(_ color: Color, on background: Color) -> Bool {
    guard let text = Contrast.luminance(of: color), let ground = Contrast.luminance(of: background) else { return true }
    return Contrast.ratio(text, ground) >= 3
  }
}

/// A colour as a theme file gives it: for true colour, and by hand for fewer colours.
struct ThemeColor: Hashable {
  static let expectation = "a palette name, default, red … bright-white, 0 … 255 or \"#rrggbb\""

  var full: Color
  var palette256: Color?
  var sixteen: Color?

  /// The colour at a level; nil where the file gives none that fits.
  func at(_ level: ColorLevel) -> Color? {
    switch level {
    case .mono: nil
    case .sixteen: sixteen ?? full.at(.sixteen)
    case .palette256: palette256 ?? full.at(.palette256)
    case .truecolor: full
    }
  }
}

extension Color {
  /// The colour of a word in a theme file: `default`, an ANSI name, a number or `#rrggbb`.
  init?(word: String) {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    if word == "default" {
      self = .standard
    } else if word.hasPrefix("#") {
      let digits = word.dropFirst()
      guard digits.utf8.count == 6, let value = UInt32(digits, radix: 16), !digits.hasPrefix("+") else { return nil }
      self = .rgb(red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    } else if let number = UInt8(word) {
      self = .palette(number)
    } else if let index = names.firstIndex(of: word) {
      self = .palette(UInt8(index))
    } else if word.hasPrefix("bright-"), let index = names.firstIndex(of: String(word.dropFirst(7))) {
      self = .palette(UInt8(index + 8))
    } else {
      return nil
    }
  }
}
