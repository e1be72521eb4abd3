/// Makes text from outside harmless and honest to show: what could move the cursor, hide or reorder becomes a visible mark.
///
/// - C0 controls and DEL become control pictures (`␛`), a line feed inside one line `⏎`.
/// - C1 controls, bidi marks, zero-width, tag, private and unassigned scalars, variation selectors, joiners, blanks that
///   are not a space, flags, skin tones and keycaps become `<U+202E>`.
/// - A character keeps four combining marks; one without a base gets a dotted circle.
/// - Invalid UTF-8 becomes U+FFFD.
package enum Sanitizer {
  /// The bytes of a line that are shown when nothing else is asked for.
  package static let lineLimit = 4096

  /// One line for display; a line of more bytes than the limit ends with ` … (+N bytes)`.
  package static func line(_ text: some StringProtocol, limit: Int = lineLimit) -> String {
    if isPlain(text, limit: limit) { return String(text) }
    var copy = String(text)
    return copy.withUTF8 { slowLine(UnsafeRawBufferPointer($0), limit: limit, expandsTabs: false) }
  }

  /// One line for display from its bytes.
  package static func line(bytes: UnsafeRawBufferPointer, limit: Int = lineLimit) -> String {
    if bytes.count <= limit, isPlain(bytes) { return String(decoding: bytes, as: UTF8.self) }
    return slowLine(bytes, limit: limit, expandsTabs: false)
  }

  /// The lines of a text for display: as `line(_:limit:)`, with tabs expanded to stops of eight columns.
  ///
  /// A line ends with LF or CR LF; a final line end makes no empty line after it.
  package static func lines(_ text: some StringProtocol, limit: Int = lineLimit) -> [String] {
    var copy = String(text)
    return copy.withUTF8 { lines(bytes: UnsafeRawBufferPointer($0), limit: limit) }
  }

  /// The lines of a text for display from its bytes.
  package static func lines(bytes: UnsafeRawBufferPointer, limit: Int = lineLimit) -> [String] {
    var lines: [String] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      var last = end
      if end < bytes.count, last > start, bytes[last - 1] == 0x0D { last -= 1 }
      let line = UnsafeRawBufferPointer(rebasing: bytes[start..<last])
      if line.count <= limit, isPlain(line) {
        lines.append(String(decoding: line, as: UTF8.self))
      } else {
        lines.append(slowLine(line, limit: limit, expandsTabs: true))
      }
      start = end + 1
    }
    return lines.isEmpty ? [""] : lines
  }

  /// Text for standard output, the clipboard or JSON: the same marks, with tabs and line ends kept (CR LF becomes LF).
  package static func output(_ text: some StringProtocol) -> String {
    if isPlain(text, limit: .max) { return String(text) }
    var writer = SafeWriter(keepsLayout: true)
    var pendingReturn = false
    for scalar in text.unicodeScalars {
      if pendingReturn, scalar != "\n" { writer.append("\r") }
      pendingReturn = scalar == "\r"
      if !pendingReturn { writer.append(scalar) }
    }
    if pendingReturn { writer.append("\r") }
    return writer.finish()
  }

  /// Whether a line is printable ASCII and short enough, so that it is its own safe form.
  private static func isPlain(_ text: some StringProtocol, limit: Int) -> Bool {
    text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.count <= limit && isPlain(UnsafeRawBufferPointer(bytes))
    } ?? false
  }

  private static func isPlain(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.allSatisfy { $0 &- 0x20 < 0x5F }
  }

  private static func slowLine(_ bytes: UnsafeRawBufferPointer, limit: Int, expandsTabs: Bool) -> String {
    let end = cut(bytes, limit: max(0, limit))
    var writer = SafeWriter()
    for scalar in String(decoding: bytes[..<end], as: UTF8.self).unicodeScalars {
      if expandsTabs, scalar == "\t" { writer.appendTab() } else { writer.append(scalar) }
    }
    let text = writer.finish()
    return end == bytes.count ? text : text + " … (+\(bytes.count - end) bytes)"
  }

  /// Where to cut: at the limit, or a little before so that no scalar is cut.
  private static func cut(_ bytes: UnsafeRawBufferPointer, limit: Int) -> Int {
    guard bytes.count > limit else { return bytes.count }
    var end = limit
    while end > 0, limit - end < 3, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return bytes[end] & 0xC0 == 0x80 ? limit : end
  }
}

/// What assay does with a Unicode scalar when it draws it.
package enum ScalarKind: UInt32, Sendable {
  /// Joins the character before it and takes no column.
  case combining = 0
  /// One column.
  case narrow = 1
  /// Two columns.
  case wide = 2
  /// A Hangul vowel or final: no column after a Hangul scalar, nothing of its own elsewhere.
  case jamo = 3
  /// Invisible, unassigned, or able to change what stands around it: drawn only as a visible mark.
  case hidden = 4

  /// The kind of a scalar, by `WidthTable`.
  package init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      self = value < 0x20 ? .hidden : .narrow
    } else if value < 0xA1 {
      self = .hidden
    } else if value < 0x300, value != 0xAD {
      self = .narrow
    } else {
      self = WidthTable.kind(of: value)
    }
  }
}

extension WidthTable {
  /// Finds the run that a scalar from U+0080 on lies in.
  static func kind(of value: UInt32) -> ScalarKind {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle] >> 3 <= value { low = middle } else { high = middle }
    }
    return ScalarKind(rawValue: runs[low] & 7) ?? .hidden
  }
}

/// Blanks as they are shown where two texts differ in them.
package enum VisibleBlanks {
  /// The text with a mark for each blank, tab, blank that does not break and carriage return.
  package static func marked(_ text: some StringProtocol, isASCII: Bool = false) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case " ": result += isASCII ? "_" : "·"
      case "\t": result += isASCII ? "\\t" : "⇥"
      case "\u{A0}": result += isASCII ? "<U+00A0>" : "⍽"
      case "\r": result += isASCII ? "\\r" : "␍"
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
