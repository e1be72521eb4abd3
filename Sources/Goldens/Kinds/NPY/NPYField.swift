internal import Foundation

/// One number or word of each element: the element itself, a half of a complex number, or a field of a structure.
struct NPYField: Sendable, Equatable {
  /// What its bytes mean.
  enum Kind: Sendable, Equatable {
    case bool
    case signed
    case unsigned
    case float16
    case float32
    case float64
    /// UTF-32, padded with zeros.
    case unicode
    /// Bytes, padded with zeros.
    case bytes
  }

  /// The name; empty for the element itself.
  var name: String
  var kind: Kind
  /// Where it lies in the element, in bytes.
  var offset = 0
  var size: Int
  var isBigEndian = false

  /// The type for tolerances; nil for words.
  var numberType: NumberType? {
    switch kind {
    case .bool, .signed, .unsigned: .integer
    case .float16: .float16
    case .float32: .float32
    case .float64: .float64
    case .unicode, .bytes: nil
    }
  }

  /// Whether it is a whole number that may be larger than a double holds.
  var isWide: Bool { size == 8 && (kind == .signed || kind == .unsigned) }

  /// The pattern of bits of a number of at most eight bytes, in this machine's order.
  func bits(_ bytes: UnsafeRawBufferPointer, at element: Int) -> UInt64 {
    let start = element + offset
    var value: UInt64 = 0
    if isBigEndian {
      for index in start..<start + size { value = value << 8 | UInt64(bytes[index]) }
      return value
    }
    switch size {
    case 8: return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    case 4: return UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)))
    case 2: return UInt64(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt16.self)))
    default: return UInt64(bytes[start])
    }
  }

  /// The number; words have none and give 0.
  func number(_ bytes: UnsafeRawBufferPointer, at element: Int) -> Double {
    switch kind {
    case .bool, .unsigned: Double(bits(bytes, at: element))
    case .signed: Double(signed(bytes, at: element))
    case .float64: Double(bitPattern: bits(bytes, at: element))
    case .float32: Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits(bytes, at: element))))
    case .float16: Self.half(UInt16(truncatingIfNeeded: bits(bytes, at: element)))
    case .unicode, .bytes: 0
    }
  }

  /// The value as people read it: the shortest form that gives the same number in its type.
  func text(_ bytes: UnsafeRawBufferPointer, at element: Int) -> String {
    switch kind {
    case .bool: bits(bytes, at: element) == 0 ? "False" : "True"
    case .unsigned: "\(bits(bytes, at: element))"
    case .signed: "\(signed(bytes, at: element))"
    case .float64: "\(Double(bitPattern: bits(bytes, at: element)))"
    case .float32: "\(Float(bitPattern: UInt32(truncatingIfNeeded: bits(bytes, at: element))))"
    case .float16: "\(Float(number(bytes, at: element)))"
    case .unicode, .bytes: word(bytes, at: element)
    }
  }

  /// The word without its padding; at most 4,000 characters of it.
  func word(_ bytes: UnsafeRawBufferPointer, at element: Int) -> String {
    let start = element + offset
    if kind == .bytes {
      var end = start + size
      while end > start, bytes[end - 1] == 0 { end -= 1 }
      return String(decoding: bytes[start..<min(end, start + 4_000)], as: UTF8.self)
    }
    var scalars = String.UnicodeScalarView()
    for index in 0..<min(size / 4, 4_000) {
      var value: UInt32 = 0
      for byte in 0..<4 {
        let shift = UInt32(isBigEndian ? 24 - 8 * byte : 8 * byte)
        value |= UInt32(bytes[start + 4 * index + byte]) << shift
      }
      scalars.append(Unicode.Scalar(value) ?? "\u{FFFD}")
    }
    while scalars.last?.value == 0 { scalars.removeLast() }
    return String(scalars)
  }

  /// A whole number with its sign.
  func signed(_ bytes: UnsafeRawBufferPointer, at element: Int) -> Int64 {
    let shift = UInt64(64 - 8 * size)
    return Int64(bitPattern: bits(bytes, at: element) << shift) >> Int64(shift)
  }

  /// A half-precision pattern; Swift's Float16 is not on every platform.
  private static func half(_ bits: UInt16) -> Double {
    let sign = bits & 0x8000 == 0 ? 1.0 : -1.0
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return sign * Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction / 1024)
    }
  }
}

/// A dtype as a header writes it, as fields.
enum NPYDescription {
  /// Fields of a structure that are read at most.
  private static let fieldLimit = 1_000

  /// The fields, an element's size in bytes, and the name for titles.
  static func read(_ literal: PythonLiteral) throws(GoldenError) -> (fields: [NPYField], size: Int, name: String) {
    switch literal {
    case .string(let text):
      let fields = try scalar(text, name: "")
      return (fields, fields.reduce(0) { $0 + $1.size }, text)
    case .list(let items): return try structure(items)
    case .dictionary, .tuple, .integer, .bool, .none: throw .malformed("its dtype is no string and no list")
    }
  }

  private static func structure(
    _ items: [PythonLiteral]
  ) throws(GoldenError) -> (fields: [NPYField], size: Int, name: String) {
    guard items.count <= fieldLimit else { throw .limit("more than \(fieldLimit) fields (limit)") }
    var fields: [NPYField] = []
    var size = 0
    for item in items {
      guard case .tuple(let parts) = item, parts.count >= 2, case .string(let name) = parts[0] else {
        throw .malformed("a field of its dtype is no (name, type)")
      }
      guard parts.count == 2, case .string(let text) = parts[1] else {
        throw .unsupported("field \(name) of its dtype is a structure or an array, which is not read")
      }
      for var field in try scalar(text, name: name) {
        field.offset += size
        fields.append(field)
      }
      size += try scalar(text, name: name).reduce(0) { $0 + $1.size }
    }
    guard !fields.isEmpty else { throw .unsupported("a dtype without fields") }
    return (fields, size, "\(items.count) fields")
  }

  /// One or, for complex numbers, two fields. Empty names are padding between fields and are compared as bytes.
  private static func scalar(_ text: String, name: String) throws(GoldenError) -> [NPYField] {
    var rest = Substring(text)
    var isBig = false
    if let order = rest.first, "<>|=".contains(order) {
      isBig = order == ">"
      rest = rest.dropFirst()
    }
    guard let letter = rest.first else { throw .malformed("an empty dtype") }
    if letter == "O" { throw .unsafe("its elements are Python objects (dtype O): a pickle, which is never loaded") }
    let digits = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits), number > 0, number < 1 << 28 else {
      throw .unsupported("dtype \(text.prefix(40)), which is not read")
    }
    let isWhole = digits.count == rest.count - 1
    func field(_ kind: NPYField.Kind, _ size: Int) -> [NPYField] {
      [NPYField(name: name, kind: kind, size: size, isBigEndian: isBig)]
    }
    switch (letter, number) {
    case ("b", 1), ("?", 1): return field(.bool, 1)
    case ("i", 1), ("i", 2), ("i", 4), ("i", 8): return field(.signed, number)
    case ("u", 1), ("u", 2), ("u", 4), ("u", 8): return field(.unsigned, number)
    case ("f", 2): return field(.float16, 2)
    case ("f", 4): return field(.float32, 4)
    case ("f", 8): return field(.float64, 8)
    case ("c", 8), ("c", 16): return complex(name, number / 2, isBig)
    // Days, seconds and their kin are whole numbers; the unit stands in the title.
    case ("M", 8), ("m", 8): return field(.signed, 8)
    case ("U", _) where isWhole: return field(.unicode, number * 4)
    case ("S", _) where isWhole, ("a", _) where isWhole: return field(.bytes, number)
    case ("V", _) where isWhole && !name.isEmpty: return field(.bytes, number)
    default: throw .unsupported("dtype \(text.prefix(40)), which is not read")
    }
  }

  private static func complex(_ name: String, _ half: Int, _ isBig: Bool) -> [NPYField] {
    let kind = half == 4 ? NPYField.Kind.float32 : .float64
    let prefix = name.isEmpty ? "" : name + "."
    return [
      NPYField(name: prefix + "re", kind: kind, size: half, isBigEndian: isBig),
      NPYField(name: prefix + "im", kind: kind, offset: half, size: half, isBigEndian: isBig),
    ]
  }
}
