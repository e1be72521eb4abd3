internal import TriageModel

/// JSON, and JSON a line: compared by path.
///
/// Spaces, the order of keys and the way a number or a string is written are format, not change. Whole numbers agree
/// digit by digit. Elements of arrays are found by key (`id`, `name` …) or by what they hold.
struct JSON: GoldenKind {
  let id = "json"
  let title = "JSON"
  private static let endings = [".json", ".jsonl", ".ndjson", ".geojson", ".sarif", ".har"]

  /// By the name's ending, and a name without one by the first bracket.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    if Self.endings.contains(where: name.hasSuffix) { return true }
    let first = head.first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }
    return !name.contains(".") && (first == 0x7B || first == 0x5B)
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try JSONIndexer.index(bytes, options.limits)
    }
    return TreeComparer.compare(sides.expected, sides.actual, kind: id, options)
  }
}

/// Finds the values of a JSON document in one pass over its bytes, without recursion.
///
/// The grammar is JSONTokenizer's: RFC 8259 and Python's three words. Several values, each beginning on a line of its
/// own, make a document of lines. Limits: depth, and twenty million values.
struct JSONIndexer {
  /// Values of a document: 28 bytes each are kept.
  static let valueLimit = 20_000_000

  private enum Expectation {
    case value, valueOrEnd, key, keyOrEnd, commaOrEnd
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let depthLimit: Int
  private var position = 0
  private var nodes: [TreeDocument.Node] = []
  private var open: [Int] = []
  private var key = (start: UInt32(0), end: UInt32(0))
  private var leaves = 0
  private var values = 0
  private var lastLine = 0

  /// The values of a document.
  static func index(_ bytes: [UInt8], _ limits: GoldenLimits) throws(GoldenError) -> TreeDocument {
    guard bytes.count < 1 << 31 else { throw .limit("more than 2 GB of JSON (limit)") }
    var document = TreeDocument(bytes: bytes)
    try bytes.withUnsafeBufferPointer { buffer throws(GoldenError) in
      var indexer = JSONIndexer(buffer, depthLimit: limits.depth)
      try indexer.run()
      document.isLines = indexer.values > 1
      document.root = document.isLines ? 0 : 1
      document.leaves = indexer.leaves
      document.nodes = indexer.nodes
    }
    return document
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
    // Node 0 stands for the lines of a document of several values.
    // Room that is not used costs nothing, growing copies all.
    nodes.reserveCapacity(min(bytes.count / 6, Self.valueLimit) + 2)
    nodes.append(TreeDocument.Node(start: 0, kind: .array))
  }

  private mutating func run() throws(GoldenError) {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { position = 3 }
    skipSpace()
    repeat {
      if values > 0, !hasLineFeedSinceLastValue { throw malformed("text behind the value") }
      try document()
      values += 1
      lastLine = position
      skipSpace()
    } while position < bytes.count
    nodes[0].end = UInt32(bytes.count)
    nodes[0].next = UInt32(nodes.count)
    nodes[0].count = UInt32(values)
  }

  private var hasLineFeedSinceLastValue: Bool { bytes[lastLine..<position].contains(0x0A) }

  /// One value with all inside it.
  private mutating func document() throws(GoldenError) {
    var expectation = Expectation.value
    repeat {
      skipSpace()
      guard position < bytes.count else { throw malformed("the document ends inside a value") }
      let byte = bytes[position]
      switch expectation {
      case .value: expectation = try value(byte)
      case .valueOrEnd: expectation = byte == 0x5D ? try close(.array) : try value(byte)
      case .keyOrEnd: expectation = byte == 0x7D ? try close(.object) : try readKey(byte)
      case .key: expectation = try readKey(byte)
      case .commaOrEnd:
        switch byte {
        case 0x2C:
          position += 1
          expectation = nodes[open[open.count - 1]].kind == .object ? .key : .value
        case 0x7D: expectation = try close(.object)
        case 0x5D: expectation = try close(.array)
        default: throw malformed("expected a comma or an end")
        }
      }
    } while !open.isEmpty
  }

  private mutating func value(_ byte: UInt8) throws(GoldenError) -> Expectation {
    switch byte {
    case 0x7B: return try begin(.object)
    case 0x5B: return try begin(.array)
    case 0x22:
      let start = position
      try string()
      try leaf(.string, from: start)
    case 0x74: try word("true")
    case 0x66: try word("false")
    case 0x6E: try word("null")
    case 0x2D, 0x30...0x39, 0x49, 0x4E: try number()
    default: throw malformed("expected a value")
    }
    return .commaOrEnd
  }

  private mutating func begin(_ kind: TreeDocument.Kind) throws(GoldenError) -> Expectation {
    guard open.count < depthLimit else { throw .limit("more than \(depthLimit) values inside one another (limit)") }
    try append(kind, from: position)
    open.append(nodes.count - 1)
    position += 1
    return kind == .object ? .keyOrEnd : .valueOrEnd
  }

  private mutating func close(_ kind: TreeDocument.Kind) throws(GoldenError) -> Expectation {
    guard let last = open.last, nodes[last].kind == kind else { throw malformed("expected another end") }
    open.removeLast()
    position += 1
    nodes[last].end = UInt32(truncatingIfNeeded: position)
    nodes[last].next = UInt32(truncatingIfNeeded: nodes.count)
    return .commaOrEnd
  }

  private mutating func readKey(_ byte: UInt8) throws(GoldenError) -> Expectation {
    guard byte == 0x22 else { throw malformed("expected a key in quotes") }
    let start = position + 1
    try string()
    key = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: position - 1))
    skipSpace()
    guard position < bytes.count, bytes[position] == 0x3A else { throw malformed("expected a colon behind the key") }
    position += 1
    return .value
  }

  private mutating func leaf(_ kind: TreeDocument.Kind, from start: Int) throws(GoldenError) {
    leaves += 1
    try append(kind, from: start)
    nodes[nodes.count - 1].end = UInt32(truncatingIfNeeded: position)
    nodes[nodes.count - 1].next = UInt32(truncatingIfNeeded: nodes.count)
  }

  private mutating func append(_ kind: TreeDocument.Kind, from start: Int) throws(GoldenError) {
    guard nodes.count <= Self.valueLimit else { throw .limit("more than \(Self.valueLimit) values (limit)") }
    var node = TreeDocument.Node(start: UInt32(truncatingIfNeeded: start), kind: kind)
    if let parent = open.last {
      nodes[parent].count += 1
      if nodes[parent].kind == .object { (node.keyStart, node.keyEnd) = key }
    }
    nodes.append(node)
  }
}

// MARK: - Words and numbers

extension JSONIndexer {
  private mutating func skipSpace() {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }

  private mutating func string() throws(GoldenError) {
    var index = position + 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        position = index + 1
        return
      }
      index += byte == 0x5C ? 2 : 1
    }
    throw malformed("the document ends inside a string")
  }

  private mutating func word(_ word: StaticString) throws(GoldenError) {
    let start = position
    let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[position...].starts(with: expected) else { throw malformed("expected a value") }
    position += word.utf8CodeUnitCount
    try leaf(.literal, from: start)
  }

  private mutating func number() throws(GoldenError) {
    let start = position
    if bytes[position] == 0x2D { position += 1 }
    if position < bytes.count, bytes[position] == 0x49 || (bytes[position] == 0x4E && position == start) {
      let word: StaticString = bytes[position] == 0x49 ? "Infinity" : "NaN"
      let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
      guard bytes[position...].starts(with: expected) else { throw malformed("expected a value") }
      position += word.utf8CodeUnitCount
      return try leaf(.number, from: start)
    }
    let first = position
    try digits()
    if bytes[first] == 0x30, position > first + 1 { throw malformed("a number begins with 0") }
    if position < bytes.count, bytes[position] == 0x2E {
      position += 1
      try digits()
    }
    if position < bytes.count, bytes[position] | 0x20 == 0x65 {
      position += 1
      if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
      try digits()
    }
    try leaf(.number, from: start)
  }

  private mutating func digits() throws(GoldenError) {
    let start = position
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 { position += 1 }
    if position == start { throw malformed("not a number") }
  }

  private func malformed(_ what: String) -> GoldenError {
    let line = bytes[..<min(position, bytes.count)].count { $0 == 0x0A } + 1
    return .malformed("line \(line): \(what)")
  }
}
