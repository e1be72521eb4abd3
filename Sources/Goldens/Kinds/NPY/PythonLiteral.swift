/// A Python literal as NumPy writes into its headers: read as data, never run.
indirect enum PythonLiteral: Equatable {
  case dictionary([(String, PythonLiteral)])
  case list([PythonLiteral])
  case tuple([PythonLiteral])
  case string(String)
  case integer(Int)
  case bool(Bool)
  case none

  static func == (left: PythonLiteral, right: PythonLiteral) -> Bool {
    switch (left, right) {
    case (.dictionary(let left), .dictionary(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    case (.list(let left), .list(let right)), (.tuple(let left), .tuple(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.bool(let left), .bool(let right)): left == right
    case (.none, .none): true
    default: false
    }
  }

  /// The value of a dictionary's key; nil when there is none.
  subscript(key: String) -> PythonLiteral? {
    guard case .dictionary(let pairs) = self else { return nil }
    return pairs.first { $0.0 == key }?.1
  }
}

/// Reads one literal; at most eight levels, which is more than a header has.
struct PythonLiteralReader {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The literal; an error names the byte that was not understood.
  mutating func read() throws(GoldenError) -> PythonLiteral {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.endIndex || bytes[position] == 0 else { throw malformed() }
    return value
  }

  private mutating func value(depth: Int) throws(GoldenError) -> PythonLiteral {
    skipSpace()
    guard depth < 8, let byte = peek else { throw malformed() }
    switch byte {
    case 0x7B: return try dictionary(depth)
    case 0x5B: return .list(try items(until: 0x5D, depth))
    case 0x28: return .tuple(try items(until: 0x29, depth))
    case 0x22, 0x27: return .string(try string(byte))
    case 0x2D, 0x30...0x39: return .integer(try integer())
    default: return try word()
    }
  }

  private mutating func dictionary(_ depth: Int) throws(GoldenError) -> PythonLiteral {
    position += 1
    var pairs: [(String, PythonLiteral)] = []
    while true {
      skipSpace()
      if take(0x7D) { return .dictionary(pairs) }
      guard let quote = peek, quote == 0x22 || quote == 0x27 else { throw malformed() }
      let key = try string(quote)
      skipSpace()
      guard take(0x3A) else { throw malformed() }
      pairs.append((key, try value(depth: depth + 1)))
      skipSpace()
      if !take(0x2C), peek != 0x7D { throw malformed() }
    }
  }

  private mutating func items(until end: UInt8, _ depth: Int) throws(GoldenError) -> [PythonLiteral] {
    position += 1
    var items: [PythonLiteral] = []
    while true {
      skipSpace()
      if take(end) { return items }
      items.append(try value(depth: depth + 1))
      skipSpace()
      if !take(0x2C), peek != end { throw malformed() }
    }
  }

  private mutating func string(_ quote: UInt8) throws(GoldenError) -> String {
    position += 1
    let start = position
    while let byte = peek, byte != quote {
      if byte == 0x5C { throw malformed() }
      position += 1
    }
    guard peek == quote else { throw malformed() }
    defer { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func integer() throws(GoldenError) -> Int {
    let start = position
    if peek == 0x2D { position += 1 }
    while let byte = peek, byte >= 0x30, byte <= 0x39 { position += 1 }
    guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else { throw malformed() }
    // Python 2 wrote long integers with an L.
    _ = take(0x4C)
    return value
  }

  private mutating func word() throws(GoldenError) -> PythonLiteral {
    for (word, value) in [("True", PythonLiteral.bool(true)), ("False", .bool(false)), ("None", .none)] {
      guard bytes[position...].starts(with: word.utf8) else { continue }
      position += word.utf8.count
      return value
    }
    throw malformed()
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x09 { position += 1 }
  }

  private func malformed() -> GoldenError { .malformed("its header is no Python literal at byte \(position)") }
}
