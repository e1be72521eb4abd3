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
  private var places: [String: Int] = [:]

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
    if places.count != entries.count { throw .malformed("two entries of one name", line: 1) }
  }

  /// The text of an entry.
  func text(_ name: String) -> [UInt8]? { places[name].map { entries[$0].text } }

  /// The file with an entry replaced, added where syrupy would sort it, or removed.
  func replacing(_ name: String, with text: [UInt8]?) throws(SpliceError) -> [UInt8] {
    let known = places[name].map { entries[$0] }
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
    places[entry.name] = entries.count
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
