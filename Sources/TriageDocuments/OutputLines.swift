internal import SafeText
internal import TerminalKit

/// What a test or a job printed, as styled lines: its colours are kept, everything else it could do is not.
enum OutputLines {
  /// The first lines of a text, and how many more there are: those are counted, and not made.
  static func lines(of text: String, limit: Int) -> (lines: [Line], rest: Int) {
    var count = 0
    var end = text.utf8.count
    for (place, byte) in text.utf8.enumerated() where byte == 0x0A {
      count += 1
      if count == limit { end = place + 1 }
    }
    if text.utf8.last != 0x0A { count += 1 }
    return (lines(of: String(decoding: text.utf8.prefix(end), as: UTF8.self)), max(0, count - limit))
  }

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
