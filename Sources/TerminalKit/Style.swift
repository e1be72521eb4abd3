/// How a cell looks, in words of meaning: a role for the text, a role for the ground it lies on, and emphasis.
package struct Style: Hashable, Sendable {
  /// Emphasis that any role can carry.
  package struct Attributes: OptionSet, Hashable, Sendable {
    /// The bits.
    package let rawValue: UInt8

    /// Attributes from their bits.
    package init(rawValue: UInt8) {
      self.rawValue = rawValue
    }

    /// Heavy type.
    package static let bold = Attributes(rawValue: 1)
    /// Faint type.
    package static let dim = Attributes(rawValue: 2)
    /// A line below.
    package static let underline = Attributes(rawValue: 4)
    /// Text and ground change places.
    package static let reverse = Attributes(rawValue: 8)
    /// Slanted type.
    package static let italic = Attributes(rawValue: 16)
  }

  /// Decides the foreground.
  package var role: Role
  /// Decides the background: `background`, `selection`, `dialog`, `minus` …
  package var surface: Role
  /// Emphasis, which needs no colour.
  package var attributes: Attributes
  /// A colour that a report's own output asked for (SGR), 0 … 255 of the xterm palette; it replaces the role's.
  package var paletteColor: UInt8?
  /// A colour of the ground that a picture asks for, 0 … 255 of the xterm palette; it replaces the surface's, and then
  /// `paletteColor` is drawn on it as it is.
  package var paletteGround: UInt8?

  /// A style of the given meaning.
  package init(_ role: Role = .text, on surface: Role = .background, _ attributes: Attributes = []) {
    self.role = role
    self.surface = surface
    self.attributes = attributes
  }

  /// Two pixels of a picture, one above the other, for the half block `▀`.
  package static func pixels(upper: UInt8, lower: UInt8) -> Style {
    var style = Style()
    style.paletteColor = upper
    style.paletteGround = lower
    return style
  }

  /// The same on another ground.
  package func on(_ surface: Role) -> Style {
    var style = self
    style.surface = surface
    return style
  }

  /// The same with more emphasis.
  package func with(_ attributes: Attributes) -> Style {
    var style = self
    style.attributes.formUnion(attributes)
    return style
  }
}

/// How a cell looks on one terminal: what a `Style` becomes under a theme.
package struct Look: Hashable, Sendable {
  /// The colour of the text.
  package var foreground: Color
  /// The colour of the ground.
  package var background: Color
  /// Emphasis.
  package var attributes: Style.Attributes

  /// A look; the plain one unless told otherwise.
  package init(
    foreground: Color = .standard, background: Color = .standard, attributes: Style.Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
