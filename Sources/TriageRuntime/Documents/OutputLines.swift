internal import SafeText
internal import TerminalKit

/// What a test or a job printed, as styled lines: its colours are kept, everything else it could do is not.
enum OutputLines {
  static func lines(of text: String) -> [Line] {
    AnsiText.lines(Array(text.utf8)).map { spans in Line(spans.map { Span($0.text, style(of: $0.look)) }) }
  }

  private static func style(of look: AnsiText.Look) -> Style {
    var style = Style()
    style.paletteColor = look.foreground
    if look.bold { style.attributes.insert(.bold) }
    if look.dim { style.attributes.insert(.dim) }
    if look.italic { style.attributes.insert(.italic) }
    if look.underline { style.attributes.insert(.underline) }
    if look.reverse { style.attributes.insert(.reverse) }
    return style
  }
}
