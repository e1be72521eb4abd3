internal import SafeText
internal import TriageModel

/// jest and vitest: many snapshots in a `.snap` file a test file; what was received is only in the failure's text.
struct Jest: GoldenConvention {
  let id = "jest"
  let title = "jest and vitest"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let failures = evidence.failures(saying: "Snapshot ").compactMap { failure in
      JestMessage(failure.text).map { (failure: failure, message: $0) }
    }
    guard !failures.isEmpty else { return [] }
    let files = files(evidence)
    return failures.compactMap { pair($0.failure, $0.message, files, evidence) }
  }

  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] {
    Dictionary(try JestSnapFile(file).entries.map { ($0.key, $0.text) }) { first, _ in first }
  }

  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    try JestSnapFile(file ?? JestSnapFile.empty).replacing(key, with: bytes)
  }

  private func files(_ evidence: GoldenEvidence) -> [(path: String, file: JestSnapFile)] {
    evidence.repository.files.filter { $0.hasSuffix(".snap") && PathText.normal($0) == $0 }.compactMap { path in
      evidence.golden(path).flatMap { try? JestSnapFile($0) }.map { (path, $0) }
    }
  }

  private func pair(
    _ failure: GoldenEvidence.FoundFailure, _ message: JestMessage, _ files: [(path: String, file: JestSnapFile)],
    _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    let source = evidence.run.table.definition(of: failure.test)?.file ?? ""
    let own = files.filter { !source.isEmpty && PathText.name($0.path) == PathText.name(source) + ".snap" }
    if message.isNew { return new(failure, message, source, evidence) }
    let having = (own.isEmpty ? files : own).filter { $0.file.text(message.key) != nil }
    let fitting = having.filter { message.received($0.file.text(message.key)) != nil }
    guard let found = fitting.first ?? having.first else { return nil }
    var pair = start(failure, found.path, message.key, evidence)
    pair.expected = .repository
    if let received = message.received(found.file.text(message.key)) {
      pair.actual = .bytes(received)
      pair.recovery = fitting.count == 1 ? .replayed : .partial
      if fitting.count > 1 { pair.remarks.append("The message fits snapshots of \(fitting.count) files.") }
    } else {
      pair.remarks.append("The difference that the failure shows does not fit the snapshot, or is not all of it.")
    }
    return pair
  }

  /// A snapshot that CI did not write.
  private func new(
    _ failure: GoldenEvidence.FoundFailure, _ message: JestMessage, _ source: String, _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    guard let test = evidence.golden(like: source), let received = message.received(nil) else { return nil }
    let path = PathText.join(PathText.folder(test), "__snapshots__/\(PathText.name(test)).snap")
    var pair = start(failure, path, message.key, evidence)
    pair.expected = .none
    pair.actual = .bytes(received)
    pair.recovery = .replayed
    return pair
  }

  private func start(
    _ failure: GoldenEvidence.FoundFailure, _ path: String, _ key: String, _ evidence: GoldenEvidence
  ) -> GoldenPair {
    GoldenPair(
      location: GoldenLocation(path: path, entry: key), convention: id, test: evidence.run.table.id(of: failure.test),
      testIndex: failure.test, expected: .unknown, actual: .unknown, recovery: .nothing)
  }
}

/// A `.snap` file of jest or vitest, read as data: ``exports[`key`] = `text`;`` one after the other, never evaluated.
struct JestSnapFile {
  /// One snapshot.
  struct Entry: Equatable {
    /// The test's full name and a number.
    var key: String
    /// Its bytes in the file, from `exports` to the semicolon.
    var range: Range<Int>
    /// The bytes between the back quotes of its text.
    var written: Range<Int>
    /// The text without escapes.
    var text: [UInt8]
  }

  /// A file without snapshots.
  static let empty = Array("// Jest Snapshot v1, https://jestjs.io/docs/snapshot-testing\n".utf8)

  private static let opening = Array("exports[`".utf8)
  private static let middle = Array("] = `".utf8)

  private let bytes: [UInt8]
  /// The snapshots in their order.
  private(set) var entries: [Entry] = []
  /// The place of each key among the snapshots.
  private var indices: [String: Int] = [:]

  /// Reads a file; anything but comments and snapshots is an error.
  init(_ bytes: [UInt8]) throws(SpliceError) {
    self.bytes = bytes
    var place = 0
    while true {
      place = skipBlanks(from: place)
      if place == bytes.count { break }
      let entry = try entry(at: place)
      indices[entry.key] = entries.count
      entries.append(entry)
      place = entry.range.upperBound
    }
    if indices.count != entries.count { throw .malformed("two snapshots of one name", line: 1) }
  }

  /// The text of a snapshot.
  func text(_ key: String) -> [UInt8]? { indices[key].map { entries[$0].text } }

  /// The file with a snapshot replaced, added where jest would sort it, or removed.
  func replacing(_ key: String, with text: [UInt8]?) throws(SpliceError) -> [UInt8] {
    if text?.contains(0x0D) == true { throw .unwritable("jest reads a carriage return as a line feed") }
    let known = indices[key]
    let result: [UInt8]
    switch (known, text) {
    case (let index?, let text?):
      let written = entries[index].written
      result = bytes[..<written.lowerBound] + Self.escaped(text) + bytes[written.upperBound...]
    case (let index?, nil): result = removing(index)
    case (nil, let text?): result = adding(key, text)
    case (nil, nil): result = bytes
    }
    try prove(result, key, text)
    return result
  }

  private func removing(_ index: Int) -> [UInt8] {
    if index + 1 < entries.count {
      return Array(bytes[..<entries[index].range.lowerBound] + bytes[entries[index + 1].range.lowerBound...])
    }
    var start = entries[index].range.lowerBound
    // The empty line before the last one goes with it.
    if start >= 2, bytes[start - 1] == 0x0A, bytes[start - 2] == 0x0A { start -= 1 }
    var end = entries[index].range.upperBound
    if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    return Array(bytes[..<start] + bytes[end...])
  }

  private func adding(_ key: String, _ text: [UInt8]) -> [UInt8] {
    let piece = Self.opening + Self.escaped(Array(key.utf8)) + [0x60] + Self.middle + Self.escaped(text) + [0x60, 0x3B]
    if let next = entries.first(where: { PathText.naturallyPrecedes(key, $0.key) }) {
      return bytes[..<next.range.lowerBound] + piece + [0x0A, 0x0A] + bytes[next.range.lowerBound...]
    }
    return bytes + (bytes.last == 0x0A ? [0x0A] : [0x0A, 0x0A]) + piece + [0x0A]
  }

  /// Reads the result again: the snapshot is what it should be, and all others are what they were, byte for byte.
  private func prove(_ result: [UInt8], _ key: String, _ text: [UInt8]?) throws(SpliceError) {
    let after = try JestSnapFile(result)
    guard after.text(key) == text else { throw .unwritable("the snapshot would be read otherwise than it was written") }
    func others(_ file: JestSnapFile) -> [ArraySlice<UInt8>] {
      file.entries.filter { $0.key != key }.map { file.bytes[$0.range] }
    }
    guard others(self).elementsEqual(others(after), by: { $0.elementsEqual($1) }) else { throw .notLocal }
  }

  private func entry(at start: Int) throws(SpliceError) -> Entry {
    guard bytes[start...].starts(with: Self.opening) else { throw malformed("expected exports[`…`]", start) }
    let key = try template(from: start + Self.opening.count)
    guard bytes[(key.range.upperBound + 1)...].starts(with: Self.middle) else {
      throw malformed("expected a text in back quotes", key.range.upperBound)
    }
    let text = try template(from: key.range.upperBound + 1 + Self.middle.count)
    let end = text.range.upperBound + 1
    guard end < bytes.count, bytes[end] == 0x3B else { throw malformed("expected a semicolon", end) }
    return Entry(
      key: String(decoding: key.text, as: UTF8.self), range: start..<end + 1, written: text.range, text: text.text)
  }

  /// A text up to its back quote; a placeholder would be code.
  private func template(from start: Int) throws(SpliceError) -> (range: Range<Int>, text: [UInt8]) {
    var text: [UInt8] = []
    var place = start
    while place < bytes.count {
      switch bytes[place] {
      case 0x60: return (start..<place, text)
      case 0x5C where place + 1 < bytes.count:
        guard [0x60, 0x5C, 0x24, 0x7B].contains(bytes[place + 1]) else {
          throw malformed("an escape that jest does not write", place)
        }
        text.append(bytes[place + 1])
        place += 2
      case 0x24 where place + 1 < bytes.count && bytes[place + 1] == 0x7B: throw malformed("a placeholder", place)
      default:
        text.append(bytes[place])
        place += 1
      }
    }
    throw malformed("a text without an end", start)
  }

  private func skipBlanks(from start: Int) -> Int {
    var place = start
    while place < bytes.count {
      if [0x20, 0x09, 0x0A, 0x0D].contains(bytes[place]) {
        place += 1
      } else if bytes[place...].starts(with: [0x2F, 0x2F]) {
        place = bytes[place...].firstIndex(of: 0x0A) ?? bytes.count
      } else {
        break
      }
    }
    return place
  }

  private func malformed(_ what: String, _ place: Int) -> SpliceError {
    .malformed(what, line: 1 + bytes.prefix(max(0, place)).count { $0 == 0x0A })
  }

  private static func escaped(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    for (place, byte) in text.enumerated() {
      let isPlaceholder = byte == 0x24 && place + 1 < text.count && text[place + 1] == 0x7B
      if byte == 0x60 || byte == 0x5C || isPlaceholder { result.append(0x5C) }
      result.append(byte)
    }
    return result
  }
}

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
