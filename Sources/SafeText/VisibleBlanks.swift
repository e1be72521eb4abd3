/// Blanks as they are shown where two texts differ in them.
package enum VisibleBlanks {
  /// The text with a mark for each blank, tab, blank that does not break and carriage return.
  package static func marked(_ text: some StringProtocol, isASCII: Bool = false) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case " ": result += isASCII ? "_" : "·"
      case "\t": result += isASCII ? "\\t" : "⇥"
      case "\u{A0}": result += isASCII ? "<U+00A0>" : "⍽"
      case "\r": result += isASCII ? "\\r" : "␍"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
