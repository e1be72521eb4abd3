/// What syrupy says when a snapshot does not match: rows of a difference that covers the whole snapshot, folded.
struct SyrupyMessage {
  /// A run of rows.
  enum Part: Equatable {
    /// Lines that both sides have; `isFolded` when lines between the two were left out.
    case context([Substring], isFolded: Bool)
    /// Lines of the snapshot, and what was received in their place.
    case change(minus: [Substring], plus: [Substring])
  }

  /// The name in brackets: `snapshot`, or the one the test gave.
  let name: String
  /// The snapshot that does not exist, as the message names it.
  let missing: String?
  /// The rows.
  let parts: [Part]
  /// Why the rows are not all there; nil when they are.
  let damage: String?

  /// The marks of what syrupy left out, and of a control character as pytest's XML writes it.
  private static let hidden: Substring = "......"

  /// The last message of its kind in a failure's text.
  init?(_ text: FailureText) {
    var found: (line: Int, name: String)?
    for (number, line) in text.lines.enumerated() {
      if let name = Self.name(in: line) { found = (number, name) }
    }
    guard let found else { return nil }
    name = found.name
    let margin = FailureText.margin(of: text.lines[found.line])
    var rows: [Substring] = []
    for line in text.lines[(found.line + 1)...] {
      guard FailureText.belongs(line, margin) else { break }
      let row = FailureText.without(line, margin)
      guard row.isEmpty || row.hasPrefix("  ") else { break }
      rows.append(row.dropFirst(2))
    }
    missing = rows.first.flatMap(Self.missing)
    if missing != nil { rows.removeFirst() }
    damage = Self.damage(rows)
    parts = Self.parts(rows)
  }

  /// `assert [+ received] == [- NAME]`, in either order.
  private static func name(in line: Substring) -> String? {
    let received = "[+ received]"
    guard line.utf8.count < 4096, line.contains(received), line.contains("assert ") else { return nil }
    if let range = Self.after("assert [+ received] == [- ", in: line), range.last == "]" {
      return String(range.dropLast())
    }
    guard let rest = Self.after("assert [- ", in: line), rest.hasSuffix("] == [+ received]") else { return nil }
    return String(rest.dropLast("] == [+ received]".count))
  }

  private static func after(_ mark: String, in line: Substring) -> Substring? {
    var rest = line
    while !rest.isEmpty {
      if rest.hasPrefix(mark) { return rest.dropFirst(mark.count) }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func missing(_ row: Substring) -> String? {
    let start = "Snapshot '"
    let end = "' does not exist!"
    guard row.hasPrefix(start), row.hasSuffix(end), row.count >= start.count + end.count else { return nil }
    return String(row.dropFirst(start.count).dropLast(end.count))
  }

  private static func damage(_ rows: [Substring]) -> String? {
    for row in rows {
      let content = row.drop { $0 == " " }
      if content.hasPrefix("...Full output truncated") {
        return "pytest cut the message to a few lines; it shows all with -vv or where CI is set."
      }
      if row.dropFirst(2) == hidden || content == hidden {
        return "syrupy compared and showed only 100 lines after the first difference."
      }
      if row.utf8.count >= 1000 { return "syrupy cuts lines at 1,000 characters." }
      if row.hasPrefix("+"), hasControlMark(row) {
        return "The report writes control characters as #x.., which cannot be told from text."
      }
    }
    return nil
  }

  private static func hasControlMark(_ row: Substring) -> Bool {
    let bytes = Array(row.utf8)
    guard bytes.count >= 4 else { return false }
    func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte || 0x41...0x46 ~= byte }
    return (0...(bytes.count - 4)).contains {
      bytes[$0] == 0x23 && bytes[$0 + 1] == 0x78 && isDigit(bytes[$0 + 2]) && isDigit(bytes[$0 + 3])
    }
  }

  private static func parts(_ rows: [Substring]) -> [Part] {
    var parts: [Part] = []
    var place = 0
    while place < rows.count {
      let start = place
      while place < rows.count, !isChange(rows[place]) { place += 1 }
      if place > start { parts.append(context(Array(rows[start..<place]))) }
      var (minus, plus): ([Substring], [Substring]) = ([], [])
      while place < rows.count, isChange(rows[place]) {
        if rows[place].first == "-" {
          minus.append(rows[place].dropFirst(2))
        } else {
          plus.append(rows[place].dropFirst(2))
        }
        place += 1
      }
      if !minus.isEmpty || !plus.isEmpty { parts.append(.change(minus: minus, plus: plus)) }
    }
    return parts
  }

  private static func isChange(_ row: Substring) -> Bool {
    row.hasPrefix("- ") || row.hasPrefix("+ ") || row == "-" || row == "+"
  }

  /// A block of more than two lines shows its first, a mark and its last: three rows always have the mark in the middle.
  private static func context(_ rows: [Substring]) -> Part {
    if rows.count == 3, rows[1].drop(while: { $0 == " " }) == "..." {
      return .context([rows[0].dropFirst(2), rows[2].dropFirst(2)], isFolded: true)
    }
    return .context(rows.map { $0.dropFirst(2) }, isFolded: false)
  }
}
