/// What jest and vitest say when a snapshot does not match.
struct JestMessage {
  /// The key of the snapshot in its file.
  let key: String
  /// Whether there was no such snapshot.
  let isNew: Bool
  private let lines: [Substring]

  init?(_ text: String) {
    lines = FailureText(Self.plain(text)).lines
    guard let key = Self.key(lines) else { return nil }
    self.key = key
    isNew = lines.contains { $0.contains("New snapshot was not written") }
  }

  /// What was received, given the snapshot's text; nil when the message does not fit it or does not show all.
  func received(_ snapshot: [UInt8]?) -> [UInt8]? {
    if isNew { return snapshot == nil ? labelled("Received: ").map(Self.wrapped) : nil }
    guard let snapshot else { return nil }
    let body = Self.unwrapped(snapshot)
    if let old = labelled("Snapshot: "), let new = labelled("Received: ") {
      return Array(old.utf8) == body ? Self.wrapped(new) : nil
    }
    let rows = rows
    guard !rows.isEmpty else { return nil }
    let patch = UnifiedPatch(rows.contains { $0.hasPrefix("@@ ") } ? rows : Self.whole(rows))
    guard !patch.isEmpty, let new = try? patch.applied(to: body) else { return nil }
    return Self.wrapped(String(decoding: new, as: UTF8.self))
  }

  /// ``Snapshot name: `x 1` `` of jest, ``Snapshot `x 1` mismatched`` of vitest.
  private static func key(_ lines: [Substring]) -> String? {
    for line in lines {
      guard let start = line.firstIndex(of: "`"), let end = line.lastIndex(of: "`"), start < end else { continue }
      let before = line[..<start]
      let isNamed = before.hasSuffix("Snapshot name: ")
      let isMismatch = before.hasSuffix("Snapshot ") && line[end...].hasPrefix("` mismatched")
      if isNamed || isMismatch { return String(line[line.index(after: start)..<end]) }
    }
    return nil
  }

  /// A value on one line behind its label.
  private func labelled(_ label: String) -> String? {
    lines.first { $0.hasPrefix(label) }.map { String($0.dropFirst(label.count)) }
  }

  /// The difference behind `+ Received`, each row with one column for its sign.
  private var rows: [Substring] {
    guard let start = lines.firstIndex(where: { $0.hasPrefix("+ Received") }) else { return [] }
    var rows: [Substring] = []
    for line in lines[(start + 1)...] {
      if rows.isEmpty, line.isEmpty { continue }
      guard
        line.isEmpty || line.hasPrefix("  ") || line.hasPrefix("- ") || line.hasPrefix("+ ") || line.hasPrefix("@@ ")
      else { break }
      if line.drop(while: { $0 == " " }).hasPrefix("at ") { break }
      rows.append(line.hasPrefix("@@ ") ? line : line.prefix(1) + line.dropFirst(2))
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows
  }

  /// Rows without a head are about the whole text.
  private static func whole(_ rows: [Substring]) -> [Substring] {
    let old = rows.count { !$0.hasPrefix("+") }
    let new = rows.count { !$0.hasPrefix("-") }
    return ["@@ -1,\(old) +1,\(new) @@"[...]] + rows
  }

  /// A text of several lines stands between two line ends in its file.
  private static func wrapped(_ text: String) -> [UInt8] {
    Array((text.utf8.contains(0x0A) ? "\n" + text + "\n" : text).utf8)
  }

  private static func unwrapped(_ text: [UInt8]) -> [UInt8] {
    guard text.count >= 2, text.first == 0x0A, text.last == 0x0A else { return text }
    return Array(text[1..<text.count - 1])
  }

  /// The text without colours.
  private static func plain(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var result: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == 0x1B, rest.first == 0x5B else {
        result.append(byte)
        continue
      }
      let sequence = rest.dropFirst().prefix { (0x30...0x3F).contains($0) }
      rest = rest[min(sequence.endIndex + 1, rest.endIndex)...]
    }
    return String(decoding: result, as: UTF8.self)
  }
}
