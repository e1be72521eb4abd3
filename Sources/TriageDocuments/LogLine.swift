internal import TerminalKit

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
