/// A format of test results that is known by sight and not read: a run with such a file was not read whole.
package struct ForeignFormat: Sendable, Equatable {
  /// The id in JSON (`nunit3`).
  package let id: String
  /// The name shown to people (`NUnit 3`).
  package let title: String
  let signs: [FormatSign]
  /// Texts that only a report with a failure has.
  var failures: [String] = []
  /// Attributes or keys of the numbers of failures that the report states.
  var counts: [String] = []
  /// The attribute or key of the number of tests that the report states.
  var total: String?
  /// Endings that its files have besides those of their kind.
  var otherEndings: [String] = []
  /// Endings of its files, without the point.
  package var endings: [String] {
    otherEndings
      + signs.flatMap { sign in
        switch sign {
        case .root: ["xml"]
        case .object, .array: ["json"]
        case .lines: ["json", "jsonl", "ndjson"]
        case .text, .bytes, .plan: [id]
        }
      }
  }

  /// Whether tools print such results as they go, a line a result.
  package var isPrinted: Bool {
    signs.contains { sign in
      switch sign {
      case .lines, .text, .plan: true
      case .root, .object, .array, .bytes: false
      }
    }
  }

  init(
    _ id: String, _ title: String, _ signs: [FormatSign], failures: [String] = [], counts: [String] = [],
    total: String? = nil, endings: [String] = []
  ) {
    self.id = id
    self.title = title
    self.signs = signs
    self.failures = failures
    self.counts = counts
    self.total = total
    otherEndings = endings
  }
}

/// What a report that is not read says of itself at its beginning or its end, as far as plain searching finds it.
package struct ForeignFigures: Sendable, Equatable {
  /// How many tests it says failed; nil where it states no number.
  package private(set) var failed: Int?
  /// How many tests it says there were.
  package private(set) var total: Int?
  /// Whether anything in it says that a test failed.
  package private(set) var saysFailed = false

  /// Looks for a format's figures and words in the first and the last bytes of a file.
  package init(of format: ForeignFormat, head: [UInt8], tail: [UInt8]) {
    for part in [head, tail] {
      for key in format.counts {
        guard let number = Self.number(of: key, in: part), failed == nil || number > failed ?? 0 else { continue }
        failed = number
      }
      if total == nil, let key = format.total { total = Self.number(of: key, in: part) }
      saysFailed = saysFailed || format.failures.contains { Self.contains(Array($0.utf8), part) }
    }
    if let failed, failed > 0 { saysFailed = true }
  }

  /// The first number of an attribute `key="3"` or a member `"key": 3`.
  private static func number(of key: String, in bytes: [UInt8]) -> Int? {
    let wanted = Array(key.utf8)
    var start = 0
    while let place = find(wanted, in: bytes, from: start) {
      start = place + wanted.count
      let before = place > 0 ? bytes[place - 1] : 0x20
      guard before <= 0x20 || before == UInt8(ascii: "\"") else { continue }
      var rest = bytes[start...]
      if before == UInt8(ascii: "\""), rest.first == before { rest = rest.dropFirst() }
      rest = rest.drop { $0 <= 0x20 }
      guard let sign = rest.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: ":") else { continue }
      let digits = rest.dropFirst().drop { $0 <= 0x20 || $0 == UInt8(ascii: "\"") }.prefix(9)
      if let number = Int(String(decoding: digits.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)) {
        return number
      }
    }
    return nil
  }

  /// Whether a text occurs.
  static func contains(_ wanted: [UInt8], _ bytes: [UInt8]) -> Bool { find(wanted, in: bytes, from: 0) != nil }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard let first = wanted.first else { return nil }
    return bytes.withUnsafeBytes { buffer in
      var start = start
      while start + wanted.count <= buffer.count {
        guard let next = XMLBytes.first(first, in: UnsafeRawBufferPointer(rebasing: buffer[start...])) else {
          return nil
        }
        start += next
        if buffer[start...].starts(with: wanted) { return start }
        start += 1
      }
      return nil
    }
  }
}
