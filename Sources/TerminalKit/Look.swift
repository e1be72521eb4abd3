/// How a cell looks on one terminal: what a `Style` becomes under a theme.
package struct Look: Hashable, Sendable {
  /// The colour of the text.
  package var foreground: Color
  /// The colour it lies on.
  package var background: Color
  /// Its emphasis.
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
