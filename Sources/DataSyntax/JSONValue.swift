/// A JSON document as a tree, for documents that are small: `run.json`, one result, one line.
package indirect enum JSONValue: Equatable, Sendable {
  /// One pair of an object.
  package struct Member: Equatable, Sendable {
    /// The key, as it is written between the quotation marks.
    package let key: String
    /// What stands under it.
    package let value: JSONValue

    /// A pair.
    package init(key: String, value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The pairs in their order, duplicate keys included.
  case object([Member])
  case array([JSONValue])
  case string(String)
  /// The number as it is written.
  case number(String)
  case bool(Bool)
  case null

  /// Reads a whole document.
  package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var tokenizer = JSONTokenizer(bytes, limits: limits)
    self = try JSONValue(from: &tokenizer, limits: limits)
    _ = try tokenizer.next()
  }

  /// Reads the value that comes next.
  package init(from tokenizer: inout JSONTokenizer, limits: JSONLimits = JSONLimits()) throws(JSONError) {
    var nodes = 0
    guard let token = try tokenizer.next() else {
      throw JSONError(cause: .endsEarly, line: tokenizer.line, offset: tokenizer.offset)
    }
    self = try Self.value(token, &tokenizer, &nodes, limits)
  }

  private static func value(
    _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ nodes: inout Int, _ limits: JSONLimits
  ) throws(JSONError) -> JSONValue {
    nodes += 1
    if nodes > limits.nodes {
      throw JSONError(cause: .limit("values", limits.nodes), line: tokenizer.line, offset: tokenizer.offset)
    }
    switch token {
    case .beginObject:
      var members: [Member] = []
      while let token = try tokenizer.next(), token == .key {
        let key = tokenizer.text
        guard let next = try tokenizer.next() else { break }
        members.append(Member(key: key, value: try value(next, &tokenizer, &nodes, limits)))
      }
      return .object(members)
    case .beginArray:
      var values: [JSONValue] = []
      while let token = try tokenizer.next(), token != .endArray {
        values.append(try value(token, &tokenizer, &nodes, limits))
      }
      return .array(values)
    case .string, .key: return .string(tokenizer.text)
    case .number: return .number(tokenizer.text)
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .null, .endObject, .endArray: return .null
    }
  }
}

extension JSONValue {
  /// The value of an object's key, of several the last, as other readers take it; nil when there is none.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key == key }?.value
  }

  /// The text of a string; nil for other values.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// A number as a double; nil for other values.
  package var double: Double? {
    guard case .number(let text) = self else { return nil }
    return Double(text)
  }

  /// A whole number; nil for other values and for what does not fit.
  package var int: Int? {
    guard case .number(let text) = self else { return nil }
    return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
  }

  /// True or false; nil for other values.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// An array's values; nil for other values.
  package var array: [JSONValue]? {
    guard case .array(let values) = self else { return nil }
    return values
  }

  /// An object's pairs; nil for other values.
  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

/// The grammar of JSON's numbers.
enum JSONNumber {
  /// Whether bytes are a number as RFC 8259 writes it, or one of Python's three words.
  static func isWellFormed(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    if rest.first == 0x2D { rest = rest.dropFirst() }
    if rest.elementsEqual("Infinity".utf8) { return true }
    if bytes.elementsEqual("NaN".utf8) { return true }
    guard let first = rest.first, isDigit(first) else { return false }
    rest = first == 0x30 ? rest.dropFirst() : rest.drop(while: isDigit)
    if rest.first == 0x2E {
      let fraction = rest.dropFirst().prefix(while: isDigit)
      if fraction.isEmpty { return false }
      rest = rest[fraction.endIndex...]
    }
    if let exponent = rest.first, exponent | 0x20 == 0x65 {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
      if rest.isEmpty || !rest.allSatisfy(isDigit) { return false }
      return true
    }
    return rest.isEmpty
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
