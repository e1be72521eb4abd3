/// Writes JSON that is safe to print: valid, keys in the order given, nothing in it that a terminal would act on.
///
/// Control characters, DEL, C1, U+2028, U+2029, bidi controls and other invisible marks are written as `\u` escapes.
package struct JSONWriter {
  /// The document so far, UTF-8.
  package private(set) var bytes: [UInt8] = []
  /// Whether each open object or array has something in it.
  private var hasMembers: [Bool] = []
  private var isBehindKey = false
  private var isOnNewLine = false

  /// A writer of one document.
  package init() {}

  /// Takes what is written so far, to hand it on while the document goes on.
  package mutating func takeBytes() -> [UInt8] {
    let taken = bytes
    bytes.removeAll(keepingCapacity: true)
    return taken
  }

  /// Puts the next key or array's value on a line of its own.
  package mutating func breakLine() { isOnNewLine = true }

  /// Begins an object.
  package mutating func beginObject() { begin(0x7B) }

  /// Ends the innermost object.
  package mutating func endObject() { end(0x7D) }

  /// Begins an array.
  package mutating func beginArray() { begin(0x5B) }

  /// Ends the innermost array.
  package mutating func endArray() { end(0x5D) }

  /// Writes a key; its value comes next.
  package mutating func key(_ key: String) {
    separate()
    append(quoted: key)
    bytes.append(0x3A)
    isBehindKey = true
  }

  /// Writes a string.
  package mutating func string(_ text: String) {
    separate()
    append(quoted: text)
  }

  /// Writes a whole number.
  package mutating func number(_ value: Int) { raw(String(value)) }

  /// Writes a number; null for what JSON cannot write.
  package mutating func number(_ value: Double) {
    raw(value.isFinite ? value.description : "null")
  }

  /// Writes true or false.
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

  /// Writes null.
  package mutating func null() { raw("null") }

  /// Writes a tree; numbers that are no JSON (`NaN`) become null.
  package mutating func value(_ value: JSONValue) {
    switch value {
    case .object(let members):
      beginObject()
      for member in members {
        key(member.key)
        self.value(member.value)
      }
      endObject()
    case .array(let values):
      beginArray()
      for value in values { self.value(value) }
      endArray()
    case .string(let text): string(text)
    case .number(let text): raw(Double(text)?.isFinite == true ? text : "null")
    case .bool(let isTrue): bool(isTrue)
    case .null: null()
    }
  }

  private mutating func raw(_ text: String) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    hasMembers.append(false)
  }

  private mutating func end(_ bracket: UInt8) {
    if hasMembers.popLast() == true { newLine() }
    bytes.append(bracket)
  }

  /// Writes the comma and the line break before a key or an array's value.
  private mutating func separate() {
    if isBehindKey {
      isBehindKey = false
      return
    }
    guard let last = hasMembers.indices.last else { return }
    if hasMembers[last] { bytes.append(0x2C) }
    hasMembers[last] = true
    newLine()
  }

  private mutating func newLine() {
    if isOnNewLine { bytes.append(0x0A) }
    isOnNewLine = false
  }

  private mutating func append(quoted text: String) {
    bytes.append(0x22)
    defer { bytes.append(0x22) }
    let isDone = text.utf8.withContiguousStorageIfAvailable { utf8 in
      let isPlain = Self.isPlain(utf8)
      if isPlain { bytes.append(contentsOf: utf8) }
      return isPlain
    }
    if isDone == true { return }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: bytes.append(contentsOf: [0x5C, 0x22])
      case 0x5C: bytes.append(contentsOf: [0x5C, 0x5C])
      case 0x0A: bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x0D: bytes.append(contentsOf: [0x5C, 0x72])
      case 0x09: bytes.append(contentsOf: [0x5C, 0x74])
      case 0x20..<0x7F: bytes.append(UInt8(truncatingIfNeeded: scalar.value))
      case let value where Self.isHidden(value): append(escaped: value)
      default: UTF8.encode(scalar).map { bytes.append(contentsOf: $0) }
      }
    }
  }

  /// Printable ASCII without quotation marks and backslashes: most of what is ever written.
  private static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
  }

  private mutating func append(escaped value: UInt32) {
    if value > 0xFFFF {
      append(escaped: 0xD800 + (value - 0x10000) >> 10)
      append(escaped: 0xDC00 + (value - 0x10000) & 0x3FF)
      return
    }
    let digits = String(value, radix: 16)
    bytes.append(contentsOf: "\\u".utf8)
    bytes.append(contentsOf: repeatElement(0x30, count: 4 - digits.utf8.count))
    bytes.append(contentsOf: digits.utf8)
  }

  /// Controls, line and paragraph separators, bidi controls, zero-width and tag characters, the byte order mark.
  private static func isHidden(_ value: UInt32) -> Bool {
    switch value {
    case 0..<0x20, 0x7F...0x9F, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xE0000...0xE007F:
      true
    default: false
    }
  }
}
