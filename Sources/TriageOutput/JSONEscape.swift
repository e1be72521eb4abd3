/// Strings as JSON writes them, harmless to a terminal.
enum JSONEscape {
  private static let hexDigits = Array("0123456789abcdef".utf8)

  /// Adds a string in quotation marks.
  static func append(_ text: String, to sink: OutputSink) {
    var text = text
    sink.append(byte: 0x22)
    let isPlain = text.withUTF8 { bytes in
      let isPlain = bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
      if isPlain { sink.append(UnsafeRawBufferPointer(bytes)) }
      return isPlain
    }
    if !isPlain {
      for scalar in text.unicodeScalars { append(scalar, to: sink) }
    }
    sink.append(byte: 0x22)
  }

  private static func append(_ scalar: Unicode.Scalar, to sink: OutputSink) {
    switch scalar {
    case "\"": sink.append("\\\"")
    case "\\": sink.append("\\\\")
    case "\n": sink.append("\\n")
    case "\r": sink.append("\\r")
    case "\t": sink.append("\\t")
    case let scalar where isHarmful(scalar):
      for unit in UTF16.encode(scalar) ?? .init() { append(unit: unit, to: sink) }
    default: for byte in UTF8.encode(scalar) ?? .init() { sink.append(byte: byte) }
    }
  }

  private static func append(unit: UInt16, to sink: OutputSink) {
    sink.append("\\u")
    for shift in [12, 8, 4, 0] { sink.append(byte: hexDigits[Int(unit >> UInt16(shift) & 0xF)]) }
  }

  /// Controls, formats (bidi, zero width, tags), line and paragraph separators, private and unassigned characters.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: return true
    default: return false
    }
  }
}
