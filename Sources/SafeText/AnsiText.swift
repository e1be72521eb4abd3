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

extension AnsiText.Look {
  /// Follows the numbers of one SGR sequence; unknown ones change nothing.
  mutating func apply(_ codes: [Int]) {
    var index = 0
    while index < codes.count {
      index += 1
      switch codes[index - 1] {
      case 0: self = AnsiText.Look()
      case 1: bold = true
      case 2: dim = true
      case 3: italic = true
      case 4: underline = true
      case 7: reverse = true
      case 22: (bold, dim) = (false, false)
      case 23: italic = false
      case 24: underline = false
      case 27: reverse = false
      case let code where (30...37).contains(code): foreground = UInt8(code - 30)
      case let code where (90...97).contains(code): foreground = UInt8(code - 82)
      case 39: foreground = nil
      case 38: foreground = Self.extendedColor(codes, &index) ?? foreground
      case 48, 58: _ = Self.extendedColor(codes, &index)
      default: break
      }
    }
  }

  /// The colour of `38;5;N` or `38;2;R;G;B`, and the numbers it takes.
  private static func extendedColor(_ codes: [Int], _ index: inout Int) -> UInt8? {
    guard index < codes.count else { return nil }
    let rest = codes[(index + 1)...].map { UInt8(clamping: $0) }
    switch codes[index] {
    case 5:
      index += 2
      return rest.first
    case 2:
      index += 4
      guard rest.count >= 3 else { return nil }
      return XtermPalette.nearest(to: (rest[0], rest[1], rest[2]))
    default:
      return nil
    }
  }
}

/// Collects one line of `AnsiText`: raw bytes by look, then safe spans.
struct AnsiLine {
  private var pieces: [(bytes: [UInt8], look: AnsiText.Look)] = []
  private var wasOverwritten = false

  /// Adds bytes in a look.
  mutating func append(_ bytes: some Collection<UInt8>, _ look: AnsiText.Look) {
    if let last = pieces.last, last.look == look {
      pieces[pieces.count - 1].bytes += bytes
    } else {
      pieces.append((Array(bytes), look))
    }
  }

  /// Begins again at the left edge: what was written is overwritten.
  mutating func restart() {
    wasOverwritten = wasOverwritten || !pieces.isEmpty
    pieces = []
  }

  /// The spans, tabs expanded over the whole line.
  func finish() -> [AnsiText.Span] {
    var column = 0
    var spans: [AnsiText.Span] = []
    if wasOverwritten {
      spans.append(AnsiText.Span(text: "\u{240D}", look: AnsiText.Look()))
      column = 1
    }
    for piece in pieces {
      var writer = SafeWriter(column: column)
      for scalar in String(decoding: piece.bytes, as: UTF8.self).unicodeScalars {
        if scalar == "\t" { writer.appendTab() } else { writer.append(scalar) }
      }
      let text = writer.finish()
      column = writer.column
      spans.append(AnsiText.Span(text: text, look: piece.look))
    }
    return spans
  }
}
