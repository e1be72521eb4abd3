internal import SafeText

/// A piece of text in one style; the text is already safe to show (`SafeText.Sanitizer`).
package struct Span: Hashable, Sendable {
  /// The characters.
  package var text: String
  /// How they look.
  package var style: Style

  /// Text in a style.
  package init(_ text: String, _ style: Style = Style()) {
    self.text = text
    self.style = style
  }

  /// Text in a role's style.
  package init(_ text: String, _ role: Role, _ attributes: Style.Attributes = []) {
    self.init(text, Style(role, attributes))
  }
}

/// One line of styled text.
package struct Line: Hashable, Sendable, ExpressibleByArrayLiteral {
  /// The pieces, left to right.
  package var spans: [Span]
  /// Columns that rows after the first begin at, where the line goes on in them; its own leading blanks at least.
  package var indent = 0
  /// Whether its columns stand under those of its neighbours: it scrolls sideways and goes on in no other row.
  package var isTable = false

  /// A line of spans, left to right.
  package init(_ spans: [Span] = []) {
    self.spans = spans
  }

  /// A line of one style.
  package init(_ text: String, _ role: Role = .text, _ attributes: Style.Attributes = []) {
    spans = [Span(text, role, attributes)]
  }

  /// A line of the spans written in brackets.
  package init(arrayLiteral elements: Span...) {
    spans = elements
  }

  /// A text behind the name of what it is; what does not fit goes on under its beginning.
  package init(_ name: String, label columns: Int, _ text: Span...) {
    let label = "  " + name
    spans = [Span(label + String(repeating: " ", count: max(1, columns - label.count)), .dim)] + text
    indent = columns
  }

  /// The columns it takes.
  package var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The characters without their styles.
  package var text: String { spans.map(\.text).joined() }

  /// Adds text at the end.
  package mutating func append(_ text: String, _ role: Role = .text, _ attributes: Style.Attributes = []) {
    spans.append(Span(text, role, attributes))
  }

  /// The line with all of it on another ground.
  package func on(_ surface: Role) -> Line {
    var line = self
    line.spans = spans.map { Span($0.text, $0.style.on(surface)) }
    return line
  }

  /// The part of the line right of a column, for scrolling sideways.
  package func dropping(columns: Int) -> Line {
    var left = columns
    var kept: [Span] = []
    for span in spans {
      if left <= 0 {
        kept.append(span)
        continue
      }
      var text = Substring(span.text)
      while left > 0, let first = text.popFirst() { left -= DisplayWidth.of(first) }
      if !text.isEmpty { kept.append(Span(String(text), span.style)) }
    }
    return Line(kept)
  }
}
