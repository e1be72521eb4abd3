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
    case .signed: Double(signed(bits(bytes, at: element)))
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
    case .signed: "\(signed(bits(bytes, at: element)))"
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

  private func signed(_ bits: UInt64) -> Int64 {
    let shift = UInt64(64 - 8 * size)
    return Int64(bitPattern: bits << shift) >> Int64(shift)
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
