internal import DataSyntax

/// A format of test results that is known by sight and not read: a run with such a file was not read whole.
package struct ForeignFormat: Sendable, Equatable {
  /// How a file is told to be of the format, from its beginning.
  enum Sign: Sendable, Equatable {
    /// The first element's name, and what its beginning says besides, where other documents have such a root.
    case root(String, saying: [String] = [])
    /// A JSON object with all these keys at its top, whatever else it has.
    case object([String], saying: [String] = [])
    /// A JSON array of objects with all these keys.
    case array([String], saying: [String] = [])
    /// Lines of JSON objects, the first of which has all these keys.
    case lines([String], saying: [String] = [])
    /// How the file begins.
    case text(String)
    case bytes([UInt8])
    /// TAP's plan.
    case plan
  }

  /// The id in JSON (`nunit3`).
  package let id: String
  /// The name shown to people (`NUnit 3`).
  package let title: String
  let signs: [Sign]
  /// Texts that only a report with a failure has.
  var failures: [String] = []
  /// Attributes or keys of the numbers of failures that the report states.
  var counts: [String] = []
  /// The attribute or key of the number of tests that the report states.
  var total: String?
  /// Whether such files lie beside a report of another format as a second account of the same tests, one file a test.
  package var isCompanion = false

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
    _ id: String, _ title: String, _ signs: [Sign], failures: [String] = [], counts: [String] = [],
    total: String? = nil, isCompanion: Bool = false
  ) {
    self.id = id
    self.title = title
    self.signs = signs
    self.failures = failures
    self.counts = counts
    self.total = total
    self.isCompanion = isCompanion
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

/// What the beginning of a file looks like, found once for all formats that are known by sight.
struct ForeignSight {
  private let head: [UInt8]
  private let root: String?
  /// The keys at the top of a JSON object, or of an array's first object.
  private let keys: Set<String>
  private let isArray: Bool
  /// The keys of the first line, where lines of JSON objects follow one another.
  private let lineKeys: Set<String>

  init(_ head: ReportHead) {
    var decoder = XMLDecoder()
    var bytes: [UInt8] = []
    head.bytes.withUnsafeBytes { decoder.append($0, isLast: true, to: &bytes) }
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    let start = text.drop { $0 <= 0x20 }
    self.head = Array(start)
    switch start.first {
    case UInt8(ascii: "<"):
      if case .element(let name) = start.withUnsafeBytes({ XMLRoot.find(in: $0) }) { root = name } else { root = nil }
      (keys, isArray, lineKeys) = ([], false, [])
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      root = nil
      isArray = start.first == UInt8(ascii: "[")
      keys = Self.keys(in: Array(start), depth: isArray ? 2 : 1)
      let line = start.prefix { $0 != 0x0A }
      let next = start[line.endIndex...].drop { $0 <= 0x20 }
      lineKeys = !isArray && next.first == UInt8(ascii: "{") ? Self.keys(in: Array(line), depth: 1) : []
    default:
      (root, keys, isArray, lineKeys) = (nil, [], false, [])
    }
  }

  /// Whether a format's sign is there.
  func shows(_ sign: ForeignFormat.Sign) -> Bool {
    switch sign {
    case .root(let name, let texts): root == name && says(texts)
    case .object(let wanted, let texts): !isArray && !keys.isEmpty && keys.isSuperset(of: wanted) && says(texts)
    case .array(let wanted, let texts): isArray && !keys.isEmpty && keys.isSuperset(of: wanted) && says(texts)
    case .lines(let wanted, let texts): !lineKeys.isEmpty && lineKeys.isSuperset(of: wanted) && says(texts)
    case .text(let text): head.starts(with: text.utf8)
    case .plan: isPlan
    case .bytes(let bytes): head.starts(with: bytes)
    }
  }

  /// TAP's plan, `1..24`, alone on the first line.
  private var isPlan: Bool {
    let line = head.prefix { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 }
    return line.count > 3 && line.count < 10 && line.starts(with: "1..".utf8)
      && line.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
  }

  private func says(_ texts: [String]) -> Bool {
    texts.allSatisfy { ForeignFigures.contains(Array($0.utf8), head) }
  }

  /// The keys of the object so deep in a document, as far as the beginning goes.
  private static func keys(in bytes: [UInt8], depth: Int) -> Set<String> {
    var keys: Set<String> = []
    var tokenizer = JSONTokenizer(bytes)
    do throws(JSONError) {
      while let token = try tokenizer.next() {
        if token == .key, tokenizer.depth == depth { keys.insert(tokenizer.text) }
        if token == .endObject, tokenizer.depth < depth { break }
      }
    } catch {
      // The beginning of a document breaks off somewhere.
    }
    return keys
  }
}
