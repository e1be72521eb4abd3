/// Reads output with colour codes (SGR) as lines of styled spans, each already safe to show.
///
/// Colours, bold and the like become styles; backgrounds and every other control sequence are dropped, hyperlinks keep
/// their text. A string sequence (OSC, DCS …) other than a hyperlink leaves the mark `␛…`. A sequence that does not end
/// is shown as text. Of a line that overwrites itself with CR (a progress bar) the last part is kept, after a `␍`.
package struct AnsiText: Sendable {
  /// A piece of a line in one look.
  package struct Span: Hashable, Sendable {
    /// The text, made harmless.
    package var text: String
    /// How the text asked to look.
    package var look: Look
  }

  /// What SGR codes asked for.
  package struct Look: Hashable, Sendable {
    /// An index into xterm's palette; nil is the default colour.
    package var foreground: UInt8?
    /// Whether SGR 1 is on.
    package var bold = false
    /// Whether SGR 2 is on.
    package var dim = false
    /// Whether SGR 3 is on.
    package var italic = false
    /// Whether SGR 4 is on.
    package var underline = false
    /// Whether SGR 7 is on.
    package var reverse = false

    /// The plain look.
    package init() {}
  }

  private var look = Look()

  /// A reader in the plain look.
  package init() {}

  /// The lines of a text.
  package static func lines(_ bytes: [UInt8], limit: Int = Sanitizer.lineLimit) -> [[Span]] {
    var reader = AnsiText()
    var pieces = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if pieces.count > 1, pieces.last?.isEmpty == true { pieces.removeLast() }
    return pieces.map { reader.line($0, limit: limit) }
  }

  /// The next line, without its line end; the look it ends in carries over to the one after.
  ///
  /// Of a line with more bytes than the limit the rest is cut, and ` … (+N bytes)` says so.
  package mutating func line(_ bytes: ArraySlice<UInt8>, limit: Int = Sanitizer.lineLimit) -> [Span] {
    let whole = bytes.last == 0x0D ? bytes.dropLast() : bytes
    var kept = whole.prefix(limit)
    if whole.count > limit {
      while let last = kept.last, last & 0xC0 == 0x80, whole.count - kept.count < 3 { kept.removeLast() }
      if let last = kept.last, last >= 0xC0 { kept.removeLast() }
    }
    var line = AnsiLine()
    var index = kept.startIndex
    while index < kept.endIndex {
      let byte = kept[index]
      if byte == 0x0D {
        line.restart()
        index += 1
      } else if byte == 0x1B, let sequence = EscapeSequence(kept[index...]) {
        apply(sequence, to: &line)
        index = sequence.end
      } else {
        // An ESC that begins no sequence is text, and so is all up to the next one.
        let end = kept[(index + 1)...].firstIndex { $0 == 0x1B || $0 == 0x0D } ?? kept.endIndex
        line.append(kept[index..<end], look)
        index = end
      }
    }
    if kept.count < whole.count { line.append(" … (+\(whole.count - kept.count) bytes)".utf8, look) }
    return line.finish()
  }

  private mutating func apply(_ sequence: EscapeSequence, to line: inout AnsiLine) {
    switch sequence.kind {
    case .graphics(let codes): look.apply(codes)
    case .ignored: break
    case .string: line.append("\u{241B}…".utf8, look)
    }
  }
}
