internal import TerminalKit

/// Styled lines as text: wrapped to the terminal, in its colours.
struct LineText {
  let style: TextStyle

  /// Writes lines.
  func write(_ lines: [Line], to sink: OutputSink) {
    for line in lines {
      for row in style.width.map({ line.wrapped(width: $0) }) ?? [line] { sink.appendLine(text(row)) }
    }
  }

  private func text(_ line: Line) -> String {
    var spans = line.spans
    // Blanks at the end are of no use in a text.
    while let last = spans.last, last.text.allSatisfy({ $0 == " " }) { spans.removeLast() }
    return spans.map { style.paint(style.isASCII ? Self.ascii($0.text) : $0.text, tone(of: $0.style)) }.joined()
  }

  private func tone(of style: Style) -> TextStyle.Tone? {
    switch style.role {
    case .fail, .error, .danger: .bad
    case .warning, .flaky: .uneasy
    case .pass: .good
    case .heading, .title: .title
    case .dim, .border, .truncated: .aside
    case .link: .link
    default: style.attributes.contains(.bold) ? .title : nil
    }
  }

  /// Ornaments in ASCII; letters stay.
  private static func ascii(_ text: String) -> String {
    String(
      text.map { character in
        let plain = AsciiFallback.character(for: character)
        return plain == "?" ? character : plain
      })
  }
}
