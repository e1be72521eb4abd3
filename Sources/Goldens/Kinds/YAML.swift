internal import Yams

/// YAML, compared by path as JSON is; pytest-regressions' data files are the usual ones.
struct YAML: GoldenKind {
  let id = "yaml"
  let title = "YAML"

  /// By the name's ending.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    let name = name.lowercased()
    return name.hasSuffix(".yml") || name.hasSuffix(".yaml")
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try YAMLTree.read(bytes, options.limits)
    }
    return TreeComparer.compare(sides.expected, sides.actual, kind: id, options)
  }
}

/// What a plain scalar means, as PyYAML reads it.
enum YAMLScalar {
  private static let words: Set<String> = [
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", "yes", "Yes", "YES", "no", "No",
    "NO", "on", "On", "ON", "off", "Off", "OFF",
  ]
  private static let specials: Set<String> = [".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"]

  /// A number, a word of the syntax, or a string. A whole number that begins with 0 may be octal: it is only a word.
  static func kind(_ text: String) -> TreeDocument.Kind {
    if words.contains(text) { return .literal }
    let body = text.utf8.drop { $0 == 0x2B || $0 == 0x2D }
    guard text.utf8.count - body.count <= 1, let first = body.first else { return .string }
    if first == 0x2E, specials.contains(String(Substring(body))) { return .number }
    guard first == 0x2E || (first >= 0x30 && first <= 0x39), isDecimal(body) else { return .string }
    let isWhole = body.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
    return isWhole && first == 0x30 && body.count > 1 ? .literal : .number
  }

  /// Digits with at most one point, and an exponent behind them.
  private static func isDecimal(_ body: Substring.UTF8View) -> Bool {
    var digits = 0
    var points = 0
    var rest = body[...]
    while let byte = rest.first, byte == 0x2E || (byte >= 0x30 && byte <= 0x39) {
      if byte == 0x2E { points += 1 } else { digits += 1 }
      rest = rest.dropFirst()
    }
    guard digits > 0, points <= 1 else { return false }
    guard let mark = rest.first else { return true }
    guard mark | 0x20 == 0x65 else { return false }
    rest = rest.dropFirst()
    if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
    return !rest.isEmpty && rest.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
  }
}

/// Reads YAML into a tree of offsets: Yams composes the nodes (it never builds objects), and each is written into a
/// text of one form, so that quotes and block styles are no change and `1` and `"1"` are.
///
/// Limits: 64 MiB, the values of `GoldenLimits.yamlNodes` with aliases expanded, depth, eight anchors (a key is hashed
/// whole by the parser, aliases and all: many anchors could keep it busy for ever). Duplicate keys are refused by the
/// parser. Several documents make a document of lines.
struct YAMLTree {
  private static let byteLimit = 64 << 20
  private static let anchorLimit = 8

  private var document = TreeDocument(bytes: [])
  private let limits: GoldenLimits

  /// The values of a document.
  static func read(_ bytes: [UInt8], _ limits: GoldenLimits) throws(GoldenError) -> TreeDocument {
    guard bytes.count <= byteLimit else { throw .limit("more than 64 MiB of YAML (limit)") }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
    guard anchors(in: bytes) <= anchorLimit else { throw .limit("more than \(anchorLimit) anchors (limit)") }
    var tree = YAMLTree(limits: limits)
    try tree.append(try nodes(of: text))
    return tree.document
  }

  private init(limits: GoldenLimits) {
    self.limits = limits
  }

  private static func nodes(of text: String) throws(GoldenError) -> [Node] {
    do {
      var nodes: [Node] = []
      var documents = try compose_all(yaml: text, .basic)
      while let node = documents.next() { nodes.append(node) }
      if let error = documents.error { throw error }
      return nodes
    } catch {
      throw .malformed(words(error))
    }
  }

  private static func words(_ error: any Error) -> String {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return "line \(mark.line): \(problem)"
    case YamlError.duplicatedKeysInMapping(_, let context): return "line \(context.mark.line): a key is written twice"
    case YamlError.reader(let problem, _, _, _): return problem
    default: return "it is no YAML document"
    }
  }

  private static func anchors(in bytes: [UInt8]) -> Int {
    var count = 0
    var before: UInt8 = 0x20
    for byte in bytes {
      if before == 0x26, byte > 0x20, byte != 0x26 { count += 1 }
      before = byte
    }
    return count
  }

  private mutating func append(_ nodes: [Node]) throws(GoldenError) {
    document.nodes.append(TreeDocument.Node(start: 0, kind: .array))
    for node in nodes {
      if !document.bytes.isEmpty { document.bytes.append(0x0A) }
      try value(node, depth: 0, key: nil)
    }
    if nodes.isEmpty { try leaf("", .literal, nil) }
    document.nodes[0].end = UInt32(clamping: document.bytes.count)
    document.nodes[0].next = UInt32(clamping: document.nodes.count)
    document.nodes[0].count = UInt32(clamping: nodes.count)
    document.isLines = nodes.count > 1
    document.root = document.isLines ? 0 : 1
  }
}

// MARK: - Values

extension YAMLTree {
  private mutating func value(_ node: Node, depth: Int, key: Range<Int>?) throws(GoldenError) {
    guard depth < limits.depth else { throw .limit("more than \(limits.depth) values inside one another (limit)") }
    switch node {
    case .scalar(let scalar): try self.scalar(scalar, key)
    case .sequence(let sequence):
      let place = try begin(.array, sequence.tag, key)
      for item in sequence {
        try value(item, depth: depth + 1, key: nil)
        document.bytes.append(0x2C)
      }
      end(place, sequence.count)
    case .mapping(let mapping):
      let place = try begin(.object, mapping.tag, key)
      for (name, item) in mapping {
        let key = try self.key(name, depth: depth + 1)
        try value(item, depth: depth + 1, key: key)
        document.bytes.append(0x2C)
      }
      end(place, mapping.count)
    case .alias: throw .unsupported("an alias without its anchor")
    }
  }

  private mutating func begin(_ kind: TreeDocument.Kind, _ tag: Tag, _ key: Range<Int>?) throws(GoldenError) -> Int {
    try append(kind, key)
    write(tag, isPlain: true)
    document.bytes.append(kind == .object ? 0x7B : 0x5B)
    return document.nodes.count - 1
  }

  private mutating func end(_ place: Int, _ count: Int) {
    document.bytes.append(document.nodes[place].kind == .object ? 0x7D : 0x5D)
    document.nodes[place].count = UInt32(clamping: count)
    close(place)
  }

  private mutating func close(_ place: Int) {
    document.nodes[place].end = UInt32(clamping: document.bytes.count)
    document.nodes[place].next = UInt32(clamping: document.nodes.count)
  }

  private mutating func append(_ kind: TreeDocument.Kind, _ key: Range<Int>?) throws(GoldenError) {
    guard document.nodes.count <= limits.yamlNodes else { throw .limit("more than \(limits.yamlNodes) values (limit)") }
    guard document.bytes.count < 1 << 30 else { throw .limit("more than 1 GB with aliases expanded (limit)") }
    var node = TreeDocument.Node(start: UInt32(clamping: document.bytes.count), kind: kind)
    if let key { (node.keyStart, node.keyEnd) = (UInt32(clamping: key.lowerBound), UInt32(clamping: key.upperBound)) }
    document.nodes.append(node)
  }

  private mutating func scalar(_ scalar: Node.Scalar, _ key: Range<Int>?) throws(GoldenError) {
    let tag = scalar.tag.description
    let isPlain = scalar.style == .plain && tag.isEmpty
    let kind = isPlain ? YAMLScalar.kind(scalar.string) : .string
    if kind == .string {
      try append(.string, key)
      write(scalar.tag, isPlain: false)
      quote(scalar.string)
      document.leaves += 1
      close(document.nodes.count - 1)
    } else {
      try leaf(scalar.string, kind, key)
    }
  }

  private mutating func leaf(_ text: String, _ kind: TreeDocument.Kind, _ key: Range<Int>?) throws(GoldenError) {
    try append(kind, key)
    document.bytes.append(contentsOf: text.isEmpty ? Array("null".utf8) : Array(text.utf8))
    document.leaves += 1
    close(document.nodes.count - 1)
  }

  /// Writes a tag that somebody wrote; the usual ones of quoted text say nothing.
  private mutating func write(_ tag: Tag, isPlain: Bool) {
    let name = tag.description
    if name.isEmpty || name == "!" || (!isPlain && name == "tag:yaml.org,2002:str") { return }
    if name == "tag:yaml.org,2002:seq" || name == "tag:yaml.org,2002:map" { return }
    document.bytes.append(0x21)
    quote(name)
    document.bytes.append(0x20)
  }

  /// Writes a key and gives its range: without quotes, unless only they tell it from a number or a word.
  private mutating func key(_ name: Node, depth: Int) throws(GoldenError) -> Range<Int> {
    let start = document.bytes.count
    guard case .scalar(let scalar) = name else {
      // A key that is a list or a mapping is written whole; its nodes are not kept.
      let (nodes, leaves) = (document.nodes.count, document.leaves)
      try value(name, depth: depth, key: nil)
      document.nodes.removeLast(document.nodes.count - nodes)
      document.leaves = leaves
      document.bytes.append(0x3A)
      return start..<document.bytes.count - 1
    }
    let looksLikeText = YAMLScalar.kind(scalar.string) == .string
    if scalar.style == .plain, !looksLikeText {
      document.bytes.append(contentsOf: scalar.string.utf8)
    } else {
      quote(scalar.string)
    }
    let end = document.bytes.count
    document.bytes.append(0x3A)
    return looksLikeText ? start + 1..<max(start + 1, end - 1) : start..<end
  }

  private mutating func quote(_ text: String) {
    document.bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5C: document.bytes.append(contentsOf: [0x5C, byte])
      case 0x0A: document.bytes.append(contentsOf: [0x5C, 0x6E])
      case 0x09: document.bytes.append(contentsOf: [0x5C, 0x74])
      case 0x0D: document.bytes.append(contentsOf: [0x5C, 0x72])
      case 0..<0x20:
        document.bytes.append(contentsOf: "\\u00".utf8)
        document.bytes.append(byte < 16 ? 0x30 : 0x31)
        document.bytes.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
      default: document.bytes.append(byte)
      }
    }
    document.bytes.append(0x22)
  }
}
