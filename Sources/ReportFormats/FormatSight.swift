internal import DataSyntax

/// How a file is told to be of a format, from its beginning.
package enum FormatSign: Sendable, Equatable {
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

/// What the beginning of a file looks like, found once for all formats that are known by sight.
struct FormatSight {
  private let head: [UInt8]
  private let root: String?
  /// The keys at the top of a JSON object, or of an array's first object.
  private let keys: Set<String>
  private let isArray: Bool
  /// The keys of the first line, where lines of JSON objects follow one another.
  private let lineKeys: Set<String>

  init(_ raw: [UInt8]) {
    var decoder = XMLDecoder()
    var bytes: [UInt8] = []
    raw.withUnsafeBytes { decoder.append($0, isLast: true, to: &bytes) }
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
      // What has all of an object on its first line may go on with more of them.
      lineKeys = isArray ? [] : Self.keys(in: Array(start.prefix { $0 != 0x0A }), depth: 1, isWhole: true)
    default:
      (root, keys, isArray, lineKeys) = (nil, [], false, [])
    }
  }

  /// Whether the file may be text that lines of JSON are in: neither XML, nor one document.
  var mayHaveLines: Bool { root == nil && (keys.isEmpty || !lineKeys.isEmpty) && !isArray }

  /// Whether a format's sign is there.
  func shows(_ sign: FormatSign) -> Bool {
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
  private static func keys(in bytes: [UInt8], depth: Int, isWhole: Bool = false) -> Set<String> {
    var keys: Set<String> = []
    var tokenizer = JSONTokenizer(bytes)
    do throws(JSONError) {
      while let token = try tokenizer.next() {
        if token == .key, tokenizer.depth == depth { keys.insert(tokenizer.text) }
        if token == .endObject, tokenizer.depth < depth { break }
      }
    } catch {
      // The beginning of a document breaks off somewhere.
      if isWhole { return [] }
    }
    return keys
  }
}
