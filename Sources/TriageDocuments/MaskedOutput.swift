internal import FailureAnalysis
internal import SafeText
internal import TerminalKit
internal import TriageModel

/// What the deciding attempt at a test said, line by line, with what differs from run to run masked.
struct MaskedOutput {
  /// Lines that are compared; the rest is counted.
  static let mostLines = 20_000
  /// What begins a line that names a part: no sanitised text holds it.
  static let headingMark = "\u{1}"

  /// Masked and safe to show.
  private(set) var lines: [String] = []
  /// Lines beyond `mostLines`.
  private(set) var cut = 0

  /// The first failing attempt's words, as for signatures; of a test that passed, the last attempt's.
  init(of test: TestIndex, in table: TestTable) {
    let attempts = table.attempts(of: test)
    guard let attempt = attempts.first(where: { !$0.failures.isEmpty }) ?? attempts.last else { return }
    var masker = Masker()
    for failure in attempt.failures {
      let isWhole = failure.details.isEmpty || failure.details.contains(failure.message)
      let details = isWhole ? "" : failure.message + "\n"
      add(details + (failure.details.isEmpty ? failure.message : failure.details), title: "failure", &masker)
    }
    add(table.text.string(attempt.standardOutput), title: "standard output", &masker)
    add(table.text.string(attempt.standardError), title: "standard error", &masker)
  }

  private mutating func add(_ text: String, title: String, _ masker: inout Masker) {
    if text.isEmpty { return }
    lines.append(Self.headingMark + title)
    let (all, rest) = OutputLines.lines(of: text, limit: max(0, Self.mostLines - lines.count))
    var texts = all.map(\.text)
    while texts.last?.isEmpty == true { texts.removeLast() }
    for line in texts {
      // Line by line, so that one more literal far above does not give all that follow another number.
      let bytes = Array(line.utf8)
      bytes.withUnsafeBytes { masker.mask($0) }
      lines.append(String(decoding: masker.masked, as: UTF8.self))
    }
    cut += rest
  }
}

extension Line {
  /// A masked text in a style, its placeholders in their own; the text is safe to show already.
  init(masked text: String, _ style: Style) {
    let bytes = Array(text.utf8)
    var spans: [Span] = []
    var start = 0
    func add(_ range: Range<Int>, _ style: Style) {
      if !range.isEmpty { spans.append(Span(String(decoding: bytes[range], as: UTF8.self), style)) }
    }
    for placeholder in MaskedText.placeholders(in: bytes) {
      add(start..<placeholder.lowerBound, style)
      add(placeholder, Style(.code))
      start = placeholder.upperBound
    }
    add(start..<bytes.count, style)
    self.init(spans)
  }
}

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

/// One line of a CI system's log: its time stands back, its marks become headings, errors and warnings.
///
/// GitHub and Azure write `2026-11-20T10:00:00.0000000Z ##[group]Run tests`; workflow commands that were not carried
/// out look like `::error file=a.py,line=3::message`. GitLab's sections end in a carriage return and are gone by here.
enum LogLine {
  /// The marks of GitHub and Azure, and what their text means.
  private static let marks: [(mark: String, role: Role)] = [
    ("##[group]", .heading), ("##[section]", .heading), ("##[error]", .fail), ("##[warning]", .warning),
    ("##[command]", .code), ("##[debug]", .dim), ("##[notice]", .info),
  ]

  /// A line of a log as a person reads it.
  static func styled(_ line: Line) -> Line {
    let text = line.text
    guard let stamp = stampLength(text) else { return content(line, text[...]) }
    let rest = text.dropFirst(stamp)
    let time = Span(text.dropFirst(11).prefix(8) + " ", .dim)
    return Line([time] + content(line.dropping(columns: stamp), rest).spans)
  }

  private static func content(_ line: Line, _ text: Substring) -> Line {
    if text.hasPrefix("##[endgroup]") { return Line() }
    for (mark, role) in marks where text.hasPrefix(mark) {
      let words = String(text.dropFirst(mark.count))
      return Line(role == .heading ? "▾ " + words : words, role, role == .heading ? .bold : [])
    }
    for (command, role) in [("::error", Role.fail), ("::warning", .warning), ("::group", .heading)]
    where text.hasPrefix(command) {
      return Line(String(text), role)
    }
    return line
  }

  /// The length of `2026-11-20T10:00:00.0000000Z ` at the start of a line.
  private static func stampLength(_ text: String) -> Int? {
    let bytes = Array(text.utf8.prefix(40))
    let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
    guard bytes.count > shape.count else { return nil }
    for (byte, wanted) in zip(bytes, shape) {
      guard wanted == 0x64 ? (0x30...0x39).contains(byte) : byte == wanted else { return nil }
    }
    let end = bytes[shape.count...].firstIndex { $0 != 0x2E && !(0x30...0x39).contains($0) }
    guard let end, bytes[end] == 0x5A, end + 1 < bytes.count, bytes[end + 1] == 0x20 else { return nil }
    return end + 2
  }
}
