/// Reads JSON token by token from bytes: quick, with limits, and without losing how things were written.
///
/// Numbers keep their digits (`1e999`, `0.10`), duplicate keys both come, every token has its line and place. Beyond
/// RFC 8259 it takes `NaN`, `Infinity` and `-Infinity` as numbers, since Python writes them, and raw control characters
/// in strings. It never traps; after an error it stays where it was and throws the same error again.
package struct JSONTokenizer {
  /// One token.
  package enum Token: Equatable, Sendable {
    case beginObject, endObject, beginArray, endArray
    /// An object's key; the colon behind it is read.
    case key
    case string, number, `true`, `false`, null
  }

  private enum Expectation {
    case value, valueOrEnd, keyOrEnd, key, commaOrEnd, nothing
  }

  private let limits: JSONLimits
  private let more: ((inout [UInt8]) -> Bool)?
  var buffer: [UInt8]
  private var position = 0
  /// Where the bytes of the present string, key or number lie in the buffer, without quotes.
  private(set) var content = 0..<0
  private(set) var hasEscapes = false
  private var tokenStart = 0
  /// Bytes dropped from the front of the buffer, and the line feeds among them.
  private var dropped = (bytes: 0, lines: 0)
  private let firstLine: Int
  private var isObject: [Bool] = []
  private var expectation = Expectation.value
  private var failure: JSONError?

  /// A reader of a whole document in memory; `firstLine` is its line in a larger file.
  package init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits(), firstLine: Int = 1) {
    buffer = bytes
    more = nil
    self.limits = limits
    self.firstLine = firstLine
  }

  /// A reader of a document that comes in blocks: `more` appends the next one and returns false at the end.
  package init(limits: JSONLimits = JSONLimits(), more: @escaping (_ buffer: inout [UInt8]) -> Bool) {
    buffer = []
    self.more = more
    self.limits = limits
    firstLine = 1
  }

  /// The number of objects and arrays around the present place.
  package var depth: Int { isObject.count }

  /// The place of the present token in bytes from the start of the document.
  package var offset: Int { dropped.bytes + tokenStart }

  /// The line of the present token, from 1; it is counted when asked for.
  package var line: Int { firstLine + dropped.lines + Self.lines(buffer[..<min(tokenStart, buffer.count)]) }

  /// The next token; nil behind the document's value.
  package mutating func next() throws(JSONError) -> Token? {
    if let failure { throw failure }
    do throws(JSONError) {
      return try advance()
    } catch {
      failure = error
      throw error
    }
  }

  /// Reads past the value that comes next, however large.
  package mutating func skipValue() throws(JSONError) {
    let start = depth
    repeat {
      guard let token = try next() else { return }
      if token == .key { continue }
    } while depth > start
  }

  /// Reads past the value that began with a token.
  package mutating func skipRest(of token: Token) throws(JSONError) {
    guard token == .beginObject || token == .beginArray else { return }
    let start = depth
    while depth >= start { _ = try next() }
  }

  // MARK: - Grammar

  private mutating func advance() throws(JSONError) -> Token? {
    while true {
      guard let byte = skipSpace() else {
        if expectation == .nothing { return nil }
        throw error(.endsEarly)
      }
      tokenStart = position
      switch (expectation, byte) {
      case (.nothing, _): throw error(.trailingText)
      case (.commaOrEnd, 0x2C):
        position += 1
        expectation = isObject.last == true ? .key : .value
      case (.commaOrEnd, 0x7D), (.keyOrEnd, 0x7D): return try end(isObject: true)
      case (.commaOrEnd, 0x5D), (.valueOrEnd, 0x5D): return try end(isObject: false)
      case (.key, 0x22), (.keyOrEnd, 0x22): return try key()
      case (.commaOrEnd, _):
        throw error(.expected("a comma or the end of the \(isObject.last == true ? "object" : "array")"))
      case (.key, _), (.keyOrEnd, _): throw error(.expected("a key in quotes"))
      case (.value, _), (.valueOrEnd, _): return try value(byte)
      }
    }
  }

  private mutating func value(_ byte: UInt8) throws(JSONError) -> Token {
    switch byte {
    case 0x7B: return try begin(.beginObject)
    case 0x5B: return try begin(.beginArray)
    case 0x22:
      try scanString()
      endValue()
      return .string
    case 0x2D, 0x30...0x39, 0x49, 0x4E:
      try scanNumber()
      endValue()
      return .number
    case 0x74: return try literal("true", .true)
    case 0x66: return try literal("false", .false)
    case 0x6E: return try literal("null", .null)
    default: throw error(.expected("a value"))
    }
  }

  private mutating func begin(_ token: Token) throws(JSONError) -> Token {
    guard isObject.count < limits.depth else { throw error(.limit("values inside one another", limits.depth)) }
    position += 1
    isObject.append(token == .beginObject)
    expectation = token == .beginObject ? .keyOrEnd : .valueOrEnd
    return token
  }

  private mutating func end(isObject isEndOfObject: Bool) throws(JSONError) -> Token {
    guard isObject.last == isEndOfObject else {
      throw error(.expected("the end of the \(isEndOfObject ? "array" : "object")"))
    }
    position += 1
    isObject.removeLast()
    endValue()
    return isEndOfObject ? .endObject : .endArray
  }

  private mutating func endValue() {
    expectation = isObject.isEmpty ? .nothing : .commaOrEnd
  }

  private mutating func key() throws(JSONError) -> Token {
    try scanString()
    let length = content.count
    guard skipSpace(keeping: true) == 0x3A else {
      tokenStart = min(position, buffer.count)
      throw error(position < buffer.count ? .expected("a colon behind the key") : .endsEarly)
    }
    position += 1
    // Reading on may have moved the buffer, but never the token: its start is kept at `tokenStart`.
    content = tokenStart + 1..<tokenStart + 1 + length
    expectation = .value
    return .key
  }

  // MARK: - Scanning

  private mutating func scanString() throws(JSONError) {
    position += 1
    hasEscapes = false
    while true {
      let stop = Self.endOfPlainText(in: buffer, from: position)
      position = stop
      if stop >= buffer.count {
        if position - tokenStart > limits.tokenLength { throw error(.limit("bytes in a string", limits.tokenLength)) }
        if fill(keepingToken: true) { continue }
        throw error(.endsEarly)
      }
      if buffer[stop] == 0x22 { break }
      hasEscapes = true
      if stop + 1 >= buffer.count, !fill(keepingToken: true) { throw error(.endsEarly) }
      position += 2
    }
    content = tokenStart + 1..<position
    position += 1
  }

  private mutating func scanNumber() throws(JSONError) {
    while true {
      while position < buffer.count, Self.isNumberByte(buffer[position]) { position += 1 }
      if position - tokenStart > limits.tokenLength { throw error(.limit("bytes in a number", limits.tokenLength)) }
      guard position >= buffer.count, fill(keepingToken: true) else { break }
    }
    content = tokenStart..<position
    guard JSONNumber.isWellFormed(buffer[content]) else { throw error(.malformedNumber) }
  }

  private mutating func literal(_ text: StaticString, _ token: Token) throws(JSONError) -> Token {
    while buffer.count - position < text.utf8CodeUnitCount, fill(keepingToken: true) {}
    let end = position + text.utf8CodeUnitCount
    guard end <= buffer.count else { throw error(.endsEarly) }
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard buffer[position..<end].elementsEqual(expected) else { throw error(.expected("a value")) }
    position = end
    endValue()
    return token
  }

  /// Skips white space, at the start a byte order mark too, and returns the byte behind it, which stays; nil at the end.
  private mutating func skipSpace(keeping: Bool = false) -> UInt8? {
    while true {
      while position < buffer.count {
        let byte = buffer[position]
        if byte == 0xEF, position + dropped.bytes == 0, buffer.starts(with: [0xEF, 0xBB, 0xBF]) {
          position += 3
          continue
        }
        guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
        position += 1
      }
      if !keeping { tokenStart = position }
      guard fill(keepingToken: keeping) else { return nil }
    }
  }

  /// Gets the next block; what lies before the token, or before the position, is dropped. False at the end.
  private mutating func fill(keepingToken: Bool) -> Bool {
    guard let more else { return false }
    let drop = keepingToken ? tokenStart : position
    if drop > 0 {
      dropped.bytes += drop
      dropped.lines += Self.lines(buffer[..<drop])
      buffer.removeFirst(drop)
      position -= drop
      tokenStart -= drop
    }
    let count = buffer.count
    while more(&buffer) { if buffer.count > count { return true } }
    return buffer.count > count
  }

  private func error(_ cause: JSONError.Cause) -> JSONError {
    JSONError(cause: cause, line: line, offset: offset)
  }

  private static func lines(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var count = 0
      for byte in bytes where byte == 0x0A { count += 1 }
      return count
    }
  }

  private static func endOfPlainText(in bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while index < bytes.count, bytes[index] != 0x22, bytes[index] != 0x5C { index += 1 }
      return index
    }
  }

  private static func isNumberByte(_ byte: UInt8) -> Bool {
    (byte >= 0x30 && byte <= 0x39) || byte == 0x2E || byte == 0x2D || byte == 0x2B
      || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}

extension JSONTokenizer {
  /// The present string or key decoded, or the present number as it is written.
  package var text: String {
    if !hasEscapes { return String(decoding: buffer[content], as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.count)
    appendText(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The present number as a double; nil for what is none, infinite for what is too large.
  package var number: Double? {
    Double(String(decoding: buffer[content], as: UTF8.self))
  }

  /// Appends the decoded bytes of the present string or key; a lone surrogate becomes U+FFFD.
  package func appendText(to output: inout [UInt8]) {
    if !hasEscapes {
      output.append(contentsOf: buffer[content])
      return
    }
    buffer.withUnsafeBufferPointer { bytes in
      JSONEscapes.append(UnsafeBufferPointer(rebasing: bytes[content]), to: &output)
    }
  }
}

/// Decodes the escapes of JSON strings.
enum JSONEscapes {
  /// Appends what the inside of a string literal stands for; unknown escapes stay as they are written.
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      var plain = index
      while plain < bytes.count, bytes[plain] != 0x5C { plain += 1 }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[index..<plain]))
      guard plain + 1 < bytes.count else { return }
      index = plain + 2
      switch bytes[plain + 1] {
      case 0x6E: output.append(0x0A)
      case 0x74: output.append(0x09)
      case 0x72: output.append(0x0D)
      case 0x62: output.append(0x08)
      case 0x66: output.append(0x0C)
      case 0x75: index = appendUnicode(bytes, index, &output)
      case let byte where byte == 0x22 || byte == 0x5C || byte == 0x2F: output.append(byte)
      case let byte: output.append(contentsOf: [0x5C, byte])
      }
    }
  }

  /// Appends the character whose digits begin at `index`, with its second half if it has one; returns the place behind.
  private static func appendUnicode(
    _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int, _ output: inout [UInt8]
  ) -> Int {
    guard let first = unit(bytes, index) else {
      output.append(contentsOf: [0x5C, 0x75])
      return index
    }
    var next = index + 4
    var value = UInt32(first)
    if first & 0xFC00 == 0xD800, next + 1 < bytes.count, bytes[next] == 0x5C, bytes[next + 1] == 0x75,
      let second = unit(bytes, next + 2), second & 0xFC00 == 0xDC00
    {
      value = 0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF))
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    output.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
    return next
  }

  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> UInt16? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt16 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt16(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt16(byte - 0x57)
      default: return nil
      }
    }
    return value
  }
}
