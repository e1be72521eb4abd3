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
  private var places: [String: Int] = [:]

  /// Reads a file; anything but comments and snapshots is an error.
  init(_ bytes: [UInt8]) throws(SpliceError) {
    self.bytes = bytes
    var place = 0
    while true {
      place = skipBlanks(from: place)
      if place == bytes.count { break }
      let entry = try entry(at: place)
      places[entry.key] = entries.count
      entries.append(entry)
      place = entry.range.upperBound
    }
    if places.count != entries.count { throw .malformed("two snapshots of one name", line: 1) }
  }

  /// The text of a snapshot.
  func text(_ key: String) -> [UInt8]? { places[key].map { entries[$0].text } }

  /// The file with a snapshot replaced, added where jest would sort it, or removed.
  func replacing(_ key: String, with text: [UInt8]?) throws(SpliceError) -> [UInt8] {
    if text?.contains(0x0D) == true { throw .unwritable("jest reads a carriage return as a line feed") }
    let known = places[key]
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
