internal import SafeText
internal import TriageModel

/// syrupy: many snapshots in a `.ambr` file a module, or a file a snapshot; what was received is only in the failure's text.
struct Syrupy: GoldenConvention {
  let id = "syrupy"
  let title = "syrupy"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let layout = PytestLayout(evidence)
    var files: [String: AmberFile] = [:]
    return evidence.failures(saying: "[+ received]").compactMap { failure in
      guard let message = SyrupyMessage(FailureText(failure.text)), let location = layout.location(of: failure.test)
      else { return nil }
      var snapshots = SyrupySnapshots(evidence: evidence, location: location, files: files)
      defer { files = snapshots.files }
      guard let found = snapshots.found(message, failure.text) else { return nil }
      var pair = GoldenPair(
        location: found.location, convention: id, test: evidence.run.table.id(of: failure.test),
        testIndex: failure.test,
        expected: found.expected, actual: found.actual.map(GoldenPair.Side.bytes) ?? .unknown, recovery: found.recovery)
      pair.remarks = found.remarks
      return pair
    }
  }

  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] {
    Dictionary(try AmberFile(file).entries.map { ($0.name, $0.text) }) { first, _ in first }
  }

  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    try AmberFile(file ?? AmberFile.empty).replacing(key, with: bytes)
  }
}

/// The snapshots that a test may have meant, and the one that it did.
private struct SyrupySnapshots {
  /// A snapshot and what was received instead of it.
  struct Found {
    var location: GoldenLocation
    var expected: GoldenPair.Side
    var actual: [UInt8]?
    var recovery: GoldenRecovery
    var remarks: [String] = []
  }

  /// A snapshot that the test may have meant.
  private struct Candidate {
    var location: GoldenLocation
    var text: [UInt8]
  }

  let evidence: GoldenEvidence
  let location: PytestLayout.Location
  /// Files that were read, by path.
  var files: [String: AmberFile]

  /// How syrupy names the test.
  private var base: String { (location.classes + [location.name]).joined(separator: ".") }

  mutating func found(_ message: SyrupyMessage, _ text: String) -> Found? {
    if let name = message.missing { return new(name, message) }
    let fitting = candidates(message.name).compactMap { candidate in
      replayed(message, candidate).map { (candidate: candidate, result: $0) }
    }
    guard let first = fitting.first else { return nothing(message) }
    // The failing snapshot's own text is among the arguments that pytest prints, when it is short.
    let shown = fitting.filter {
      text.contains("snapshot = " + String(decoding: $0.candidate.text, as: UTF8.self) + "\n")
    }
    let chosen = shown.count == 1 ? shown[0] : first
    var found = chosen.result
    if shown.count != 1, fitting.count > 1 {
      found.recovery = max(found.recovery, .partial)
      found.remarks.append("The message fits \(fitting.count) snapshots of the test, and does not say which it means.")
    }
    return found
  }

  private func replayed(_ message: SyrupyMessage, _ candidate: Candidate) -> Found? {
    var found = Found(location: candidate.location, expected: .repository, recovery: .replayed)
    if let bytes = literal(message, candidate) {
      found.actual = bytes
      return found
    }
    switch SyrupyReplay.outcome(of: message, on: candidate.text) {
    case .proven(let bytes): found.actual = bytes
    case .ambiguous(let bytes):
      found.actual = bytes
      found.recovery = .partial
      found.remarks.append("More than one text would give this message: lines repeat where it is folded.")
    case .disagrees:
      guard message.damage != nil else { return nil }
      found.recovery = .partial
    }
    if let damage = message.damage {
      found.recovery = .partial
      found.remarks.append(damage)
      if found.actual == nil, !resembles(message, candidate) { return nil }
    }
    return found
  }

  /// Whether the rows that are shown of the snapshot are in it: for messages that were cut.
  private func resembles(_ message: SyrupyMessage, _ candidate: Candidate) -> Bool {
    let lines = Set(EndedLines(candidate.text).lines.map(\.text))
    return message.parts.allSatisfy { part in
      guard case .change(let minus, _) = part else { return true }
      return minus.allSatisfy { $0 == "......" || lines.contains(Array($0.utf8)) }
    }
  }

  /// Bytes are shown as Python writes them, on one line.
  private func literal(_ message: SyrupyMessage, _ candidate: Candidate) -> [UInt8]? {
    guard message.damage == nil, message.parts.count == 1, case .change(let minus, let plus) = message.parts[0],
      minus.count == 1, plus.count == 1, candidate.location.entry == nil,
      PythonBytes.decoded(minus[0]) == candidate.text
    else { return nil }
    return PythonBytes.decoded(plus[0])
  }

  private func nothing(_ message: SyrupyMessage) -> Found? {
    let entry = message.name == "snapshot" ? base : "\(base)[\(message.name)]"
    guard amberPath.map(evidence.hasGolden) == true, let path = amberPath else { return nil }
    return Found(
      location: GoldenLocation(path: path, entry: entry), expected: .unknown, recovery: .nothing,
      remarks: ["The difference that the failure shows fits none of the test's snapshots at the run's commit."])
  }

  /// The module's `.ambr` file: where it usually lies, else the only one of its name.
  private var amberPath: String? {
    let usual = PathText.join(location.folder, "__snapshots__/\(location.stem).ambr")
    if evidence.hasGolden(usual) { return usual }
    let named = evidence.repository.byName["\(location.stem).ambr"] ?? []
    return named.count == 1 ? named[0] : usual
  }

  private mutating func candidates(_ name: String) -> [Candidate] {
    var result: [Candidate] = []
    if let path = amberPath, let file = file(path) {
      for entry in file.entries where isMeant(entry.name, name, base) {
        result.append(Candidate(location: GoldenLocation(path: path, entry: entry.name), text: entry.text))
      }
    }
    let folder = PathText.join(location.folder, "__snapshots__/\(location.stem)")
    let cleaned = Self.cleaned(base)
    for path in evidence.repository.byFolder[folder] ?? [] {
      let stem = PathText.stem(PathText.name(path))
      guard isMeant(stem, Self.cleaned(name), cleaned) else { continue }
      if path.hasSuffix(".ambr"), let entry = file(path)?.entries.first {
        result.append(Candidate(location: GoldenLocation(path: path, entry: entry.name), text: entry.text))
      } else if let text = evidence.golden(path) {
        result.append(Candidate(location: GoldenLocation(path: path), text: text))
      }
    }
    return result
  }

  /// `base`, `base.1` …, `base[name]`. The message says `snapshot` for all of them: syrupy has forgotten the name by then.
  private func isMeant(_ entry: String, _ name: String, _ base: String) -> Bool {
    if entry == "\(base)[\(name)]" { return true }
    guard name == "snapshot", entry.hasPrefix(base) else { return false }
    let rest = entry.utf8.dropFirst(base.utf8.count)
    if rest.first == 0x5B { return rest.last == 0x5D }
    return rest.isEmpty || (rest.first == 0x2E && rest.count > 1 && rest.dropFirst().allSatisfy { 0x30...0x39 ~= $0 })
  }

  /// As syrupy names files: without what some system does not take in a name.
  private static func cleaned(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.filter { !"\\/?*:|\"<>".unicodeScalars.contains($0) && $0.value >= 0x20 }))
  }

  private mutating func file(_ path: String) -> AmberFile? {
    if let known = files[path] { return known }
    guard let bytes = evidence.golden(path), let file = try? AmberFile(bytes) else { return nil }
    files[path] = file
    return file
  }

  private mutating func new(_ name: String, _ message: SyrupyMessage) -> Found? {
    guard let received = SyrupyReplay.received(message), let path = amberPath else { return nil }
    var found = Found(
      location: GoldenLocation(path: path, entry: name), expected: .none, actual: received, recovery: .replayed)
    if let damage = message.damage {
      found.recovery = .partial
      found.remarks.append(damage)
    }
    if Self.isForeign(received) {
      found.recovery = .partial
      found.remarks.append("It is no text of syrupy's own kind: it belongs into a file that the message does not name.")
    }
    return found
  }

  /// Whether a text begins as syrupy's own serializer writes nothing: JSON, XML, bytes.
  private static func isForeign(_ text: [UInt8]) -> Bool {
    text.starts(with: "b'".utf8) || text.starts(with: "b\"".utf8)
      || text.first.map { "{[\"<".utf8.contains($0) } == true
  }
}

/// A `.ambr` file: entries of syrupy, each between a line with its name and a divider, indented by two blanks.
struct AmberFile {
  /// One entry.
  struct Entry: Equatable {
    /// The snapshot's name.
    var name: String
    /// Its bytes in the file, from the line with the name to the end of the divider's line.
    var range: Range<Int>
    /// Its text as syrupy reads it: line ends are `\n`, without the last.
    var text: [UInt8]
  }

  private static let nameMark = Array("# name:".utf8)
  private static let divider = Array("# ---".utf8)
  private static let head = Array("# serializer version: 1".utf8)

  private let bytes: [UInt8]
  /// The entries in their order.
  private(set) var entries: [Entry] = []
  /// The place of each name among the entries.
  private var indices: [String: Int] = [:]

  /// Reads a file; a version that is not known, an entry without an end and a name given twice are errors.
  init(_ bytes: [UInt8]) throws(SpliceError) {
    self.bytes = bytes
    var place = 0
    var open: (name: String, start: Int, text: [UInt8])?
    for (number, line) in EndedLines(bytes).lines.enumerated() {
      let start = place
      place += line.text.count + line.end.count
      if number == 0, !line.text.starts(with: Self.head) {
        throw .malformed("expected \"# serializer version: 1\"", line: 1)
      }
      if Self.isConflict(line.text) { throw .malformed("a conflict of a merge", line: number + 1) }
      if line.text.starts(with: Self.nameMark) {
        if open != nil { throw .malformed("an entry without an end", line: number + 1) }
        open = (Self.trimmed(line.text[Self.nameMark.count...]), start, [])
      } else if line.text.starts(with: Self.divider) {
        if let entry = open { close(entry, at: place) }
        open = nil
      } else if open != nil, line.text.starts(with: [0x20, 0x20]) {
        open?.text += line.text[2...] + (line.end.isEmpty ? [] : [0x0A])
      }
    }
    if open != nil { throw .malformed("an entry without an end", line: EndedLines(bytes).lines.count) }
    if indices.count != entries.count { throw .malformed("two entries of one name", line: 1) }
  }

  /// The text of an entry.
  func text(_ name: String) -> [UInt8]? { indices[name].map { entries[$0].text } }

  /// The file with an entry replaced, added where syrupy would sort it, or removed.
  func replacing(_ name: String, with text: [UInt8]?) throws(SpliceError) -> [UInt8] {
    let known = indices[name].map { entries[$0] }
    var range = known?.range ?? bytes.count..<bytes.count
    if known == nil, let next = entries.first(where: { Self.precedes(name, $0.name) }) {
      range = next.range.lowerBound..<next.range.lowerBound
    }
    let piece = try text.map { text throws(SpliceError) in try written(name, text) } ?? []
    let lacksEnd = range.lowerBound > 0 && bytes[range.lowerBound - 1] != 0x0A && !piece.isEmpty
    let result = bytes[..<range.lowerBound] + (lacksEnd ? lineEnd : []) + piece + bytes[range.upperBound...]
    try prove(Array(result), name, text)
    return Array(result)
  }

  /// A file without entries.
  static let empty: [UInt8] = head + [0x0A]

  /// Reads the result again: the entry is what it should be, and all others are what they were, byte for byte.
  private func prove(_ result: [UInt8], _ name: String, _ text: [UInt8]?) throws(SpliceError) {
    let after = try AmberFile(result)
    guard after.text(name) == text else { throw .unwritable("the entry would be read otherwise than it was written") }
    func others(_ file: AmberFile) -> [ArraySlice<UInt8>] {
      file.entries.filter { $0.name != name }.map { file.bytes[$0.range] }
    }
    guard others(self).elementsEqual(others(after), by: { $0.elementsEqual($1) }) else { throw .notLocal }
  }

  private mutating func close(_ entry: (name: String, start: Int, text: [UInt8]), at end: Int) {
    var text = entry.text
    if text.last == 0x0A { text.removeLast() }
    indices[entry.name] = entries.count
    entries.append(Entry(name: entry.name, range: entry.start..<end, text: text))
  }

  private func written(_ name: String, _ text: [UInt8]) throws(SpliceError) -> [UInt8] {
    if text.isEmpty { throw .unwritable("syrupy takes an empty entry for none") }
    if text.contains(0x0D) { throw .unwritable("syrupy reads a carriage return as the end of a line") }
    if name.isEmpty || name.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) {
      throw .unwritable("a name is one line")
    }
    var result = Array("# name: \(name)".utf8) + lineEnd
    for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
      result += [0x20, 0x20] + line + lineEnd
    }
    return result + Self.divider + lineEnd
  }

  private var lineEnd: [UInt8] { EndedLines(Array(bytes.prefix(1 << 12))).usualEnd }

  /// Python compares strings by code point, which is the order of their UTF-8.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var text = bytes.drop { $0 == 0x20 || $0 == 0x09 }
    while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
    return String(decoding: text, as: UTF8.self)
  }

  private static func isConflict(_ line: [UInt8]) -> Bool {
    line.starts(with: "<<<<<<< ".utf8) || line.starts(with: ">>>>>>> ".utf8) || line == Array("=======".utf8)
  }
}
