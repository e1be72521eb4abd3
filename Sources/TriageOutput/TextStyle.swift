internal import SafeText
internal import TriageModel

/// How text output looks: for a person at a terminal, or plain for a pipe.
package struct TextStyle: Sendable, Equatable {
  /// Whether colours and emphasis are written as SGR sequences.
  package var hasColor: Bool
  /// Whether ornaments keep to ASCII.
  package var isASCII: Bool
  /// The terminal's columns; nil leaves lines whole.
  package var width: Int?

  /// A look; plain unless said otherwise.
  package init(hasColor: Bool = false, isASCII: Bool = false, width: Int? = nil) {
    self.hasColor = hasColor
    self.isASCII = isASCII
    self.width = width
  }

  /// What a piece of text means; few of them, so that the output stays calm.
  enum Tone: String {
    case title = "1"
    case bad = "31"
    case good = "32"
    case uneasy = "33"
    case aside = "2"
    case link = "4"
  }

  /// The text in a tone.
  func paint(_ text: String, _ tone: Tone?) -> String {
    guard hasColor, let tone, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue)m\(text)\u{1B}[0m"
  }

  /// The text in a tone and reversed: what differs within a line.
  func emphasise(_ text: String, _ tone: Tone) -> String {
    guard hasColor, !text.isEmpty else { return text }
    return "\u{1B}[\(tone.rawValue);7m\(text)\u{1B}[0m"
  }

  /// Between the parts of a line.
  var separator: String { isASCII ? " - " : " · " }

  /// Where text was cut.
  var ellipsis: String { isASCII ? "..." : "…" }

  /// How often: `×3`.
  func times(_ count: Int) -> String { (isASCII ? "x" : "×") + CountText.of(count) }

  /// The text, cut to the columns that are left on a line of which some are taken.
  func fit(_ text: String, after taken: Int) -> String {
    guard let width, taken + DisplayWidth.of(text) > width else { return text }
    var room = width - taken - DisplayWidth.of(ellipsis)
    if room <= 0 { return "" }
    var kept = ""
    for character in text {
      room -= DisplayWidth.of(character)
      if room < 0 { break }
      kept.append(character)
    }
    return kept + ellipsis
  }

  /// The text in lines that fit behind an indent: broken between words, a word longer than a line within it.
  func wrap(_ text: String, indent: Int) -> [String] {
    guard let width, width > indent + 8 else { return [text] }
    let room = width - indent
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var word = String(word)
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(word) <= room {
        line += " " + word
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      while DisplayWidth.of(word) > room {
        var head = ""
        while let next = word.first, DisplayWidth.of(head) + DisplayWidth.of(next) <= room {
          head.append(next)
          word.removeFirst()
        }
        lines.append(head)
      }
      line = word
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }
}

extension Outcome {
  /// How the outcome is painted.
  var tone: TextStyle.Tone {
    switch self {
    case .failed, .errored, .timedOut: .bad
    case .passedOnRetry, .unexpectedPass: .uneasy
    case .passed: .good
    case .skipped, .expectedFailure: .aside
    }
  }
}
