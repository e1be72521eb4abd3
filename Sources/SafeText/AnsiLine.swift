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
