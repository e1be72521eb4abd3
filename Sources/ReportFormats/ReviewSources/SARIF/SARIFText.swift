/// The messages of SARIF.
enum SARIFText {
  /// A text with its arguments in place of `{0}`; doubled braces stand for themselves.
  static func filled(_ text: String, _ arguments: [String]) -> String {
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x7B || byte == 0x7D, index + 1 < bytes.count, bytes[index + 1] == byte {
        output.append(byte)
        index += 2
      } else if byte == 0x7B, let end = bytes[index...].prefix(6).firstIndex(of: 0x7D),
        let number = Int(String(decoding: bytes[index + 1..<end], as: UTF8.self)), arguments.indices.contains(number)
      {
        output += arguments[number].utf8
        index = end + 1
      } else {
        output.append(byte)
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// A text without the targets of its links, `[the source](3)`; brackets that are meant lose their backslashes.
  static func unlinked(_ text: String) -> String {
    guard text.utf8.contains(0x5B) else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var open: [Int] = []
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x5C, index + 1 < bytes.count, [0x5B, 0x5C, 0x5D].contains(bytes[index + 1]) {
        output.append(bytes[index + 1])
        index += 2
        continue
      }
      if byte == 0x5B { open.append(output.count) }
      if byte == 0x5D, let start = open.popLast(), let end = endOfTarget(bytes, index + 1) {
        output.remove(at: start)
        index = end + 1
        continue
      }
      output.append(byte)
      index += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// The closing parenthesis of a link's target: a location's number or an address.
  private static func endOfTarget(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard start < bytes.count, bytes[start] == 0x28, let end = bytes[start...].prefix(2000).firstIndex(of: 0x29) else {
      return nil
    }
    let target = bytes[start + 1..<end]
    let isNumber = !target.isEmpty && target.allSatisfy { (0x30...0x39).contains($0) }
    return isNumber || (target.contains(0x3A) && !target.contains(0x20)) ? end : nil
  }

  /// The lines of a text, whatever parts them; an end of the last is no line of its own.
  static func lines(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { String($0.last == 0x0D ? $0.dropLast() : $0) ?? "" }
  }

  /// A text on one line.
  static func line(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// A text in which all numbers are the same: `Line too long (105 > 79)` is one finding though the line grows.
  static func withoutNumbers(_ text: String) -> String {
    var output: [UInt8] = []
    var isInWord = false
    for byte in text.utf8 {
      let isDigit = (0x30...0x39).contains(byte)
      if isDigit, !isInWord {
        if output.last != 0x23 { output.append(0x23) }
        continue
      }
      output.append(byte)
      isInWord = isDigit || byte == 0x5F || byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
    return String(decoding: output, as: UTF8.self)
  }
}

/// The addresses of files in SARIF.
enum SARIFPath {
  /// A text with its percent escapes decoded.
  static func decoded(_ text: String) -> String {
    guard text.utf8.contains(0x25) else { return text }
    let bytes = Array(text.utf8)
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x25, index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[index + 1...index + 2], as: UTF8.self), radix: 16)
      {
        output.append(value)
        index += 3
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// Whether an address says where it is by itself.
  static func isAbsolute(_ uri: String) -> Bool {
    uri.hasPrefix("/") || uri.utf8.dropFirst().first == 0x3A || isOfScheme(uri)
  }

  private static func isOfScheme(_ uri: String) -> Bool {
    guard let colon = uri.utf8.firstIndex(of: 0x3A) else { return false }
    return uri.utf8[..<colon].allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A } && uri.utf8[colon...].count > 2
  }

  /// The path of a file of a machine; nil for what is relative or lies elsewhere.
  static func local(_ uri: String) -> String? {
    guard isAbsolute(uri) else { return nil }
    var path = decoded(uri)
    if path.hasPrefix("file:") {
      path = String(path.dropFirst(5))
      if path.hasPrefix("///") { path = String(path.dropFirst(2)) }
    } else if isOfScheme(uri), uri.utf8.dropFirst().first != 0x3A {
      return nil
    }
    // `/C:/work`
    return path.utf8.dropFirst(2).first == 0x3A && path.hasPrefix("/") ? String(path.dropFirst()) : path
  }
}
