/// How many columns text takes on a terminal.
package enum DisplayWidth {
  /// The columns of one character as assay draws it: 0, 1 or 2.
  package static func of(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    return scalar.value >= 0x1100 && scalar.value <= 0xFFDC && scalar.properties.isIdeographic ? 2 : 1
  }

  /// The columns of a text.
  package static func of(_ text: some StringProtocol) -> Int {
    text.reduce(0) { $0 + of($1) }
  }
}
