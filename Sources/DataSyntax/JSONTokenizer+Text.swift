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
