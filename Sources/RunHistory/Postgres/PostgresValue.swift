/// A parameter of a statement, in PostgreSQL's binary form: nothing of it is ever read as SQL.
enum PostgresValue {
  case int(Int64?)
  case text(String?)
  case bool(Bool)
  case ints([Int64])
  case texts([String])
  case doubles([Double])

  /// PostgreSQL's number of the type.
  var type: UInt32 {
    switch self {
    case .int: 20
    case .text: 25
    case .bool: 16
    case .ints: 1016
    case .texts: 1009
    case .doubles: 1022
    }
  }

  /// The bytes; nil for NULL.
  var bytes: [UInt8]? {
    var buffer = PostgresBuffer()
    switch self {
    case .int(let value):
      guard let value else { return nil }
      buffer.add(value)
    case .text(let text):
      guard let text else { return nil }
      buffer.add(text: text)
    case .bool(let value): buffer.bytes.append(value ? 1 : 0)
    case .ints(let values):
      buffer.addArray(of: 20, values.count)
      for value in values { buffer.addField(value) }
    case .texts(let texts):
      buffer.addArray(of: 25, texts.count)
      for text in texts { buffer.addField(text: text) }
    case .doubles(let values):
      buffer.addArray(of: 701, values.count)
      for value in values { buffer.addField(Int64(bitPattern: value.bitPattern)) }
    }
    return buffer.bytes
  }
}

/// Bytes in PostgreSQL's binary form: numbers with the highest byte first.
struct PostgresBuffer {
  var bytes: [UInt8] = []

  mutating func add(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
  }

  /// Text that every server takes: PostgreSQL keeps no NUL.
  mutating func add(text: String) {
    var text = text
    text.withUTF8 { utf8 in
      if utf8.contains(0) {
        for byte in utf8 { bytes.append(contentsOf: byte == 0 ? Array("\u{2400}".utf8) : [byte]) }
      } else {
        bytes.append(contentsOf: utf8)
      }
    }
  }

  /// A length and a value, as fields and elements are written; the length of NULL is -1.
  mutating func addField(_ value: (some FixedWidthInteger)?) {
    guard let value else { return add(Int32(-1)) }
    add(Int32(value.bitWidth / 8))
    add(value)
  }

  mutating func addField(text: String) {
    let place = bytes.count
    add(Int32(0))
    add(text: text)
    let count = Int32(clamping: bytes.count - place - 4)
    withUnsafeBytes(of: count.bigEndian) { bytes.replaceSubrange(place..<place + 4, with: $0) }
  }

  /// The head of an array of one dimension without NULLs.
  mutating func addArray(of type: Int32, _ count: Int) {
    add(Int32(count == 0 ? 0 : 1))
    add(Int32(0))
    add(type)
    if count == 0 { return }
    add(Int32(clamping: count))
    add(Int32(1))
  }
}
