internal import Foundation
internal import SafeText
internal import Yams

/// Reads one YAML document under limits.
package enum YAMLDocument {
  /// Bytes of a document.
  package static let sizeLimit = 1 << 20
  /// Nodes after aliases are expanded, levels, and anchors.
  package static let nodeLimit = 20_000
  static let depthLimit = 64
  static let anchorLimit = 8

  /// The document in `text`; `.empty` when there is none. Errors name `file` and the line.
  package static func read(
    _ text: String, file: String, nodeLimit: Int = YAMLDocument.nodeLimit
  ) throws(ConfigurationError) -> YAMLNode {
    guard text.utf8.count <= sizeLimit else {
      throw ConfigurationError(file: file, cause: .limit("it is larger than 1 MiB (limit)"))
    }
    // A key is hashed whole by the parser, aliases and all: many anchors could keep it busy for ever.
    guard anchors(in: text) <= anchorLimit else {
      throw ConfigurationError(file: file, cause: .limit("it has more than \(anchorLimit) anchors (limit)"))
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch {
      throw syntaxError(error, file: file)
    }
    guard let node else { return .empty(line: 1) }
    var walker = Walker(file: file, nodeLimit: nodeLimit)
    return try walker.value(node, key: "", depth: 0)
  }

  private static func anchors(in text: String) -> Int {
    var count = 0
    var before: UInt8 = 0x20
    for byte in text.utf8 {
      if before == UInt8(ascii: "&"), byte > 0x20, byte != UInt8(ascii: "&") { count += 1 }
      before = byte
    }
    return count
  }

  private static func syntaxError(_ error: any Error, file: String) -> ConfigurationError {
    switch error {
    case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
      YamlError.composer(_, let problem, let mark, _):
      return ConfigurationError(file: file, line: mark.line, cause: .syntax(problem))
    case YamlError.duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.map { "\($0)" }.sorted().joined(separator: ", ")
      return ConfigurationError(file: file, line: context.mark.line, cause: .syntax("\(keys) is written twice"))
    case YamlError.reader(let problem, _, _, _):
      return ConfigurationError(file: file, cause: .syntax(problem))
    default:
      return ConfigurationError(file: file, cause: .syntax("it is no YAML document"))
    }
  }

  /// Copies the parser's tree, counting nodes.
  private struct Walker {
    let file: String
    let nodeLimit: Int
    private var nodes = 0

    init(file: String, nodeLimit: Int) {
      self.file = file
      self.nodeLimit = nodeLimit
    }

    mutating func value(_ node: Node, key: String, depth: Int) throws(ConfigurationError) -> YAMLNode {
      let line = node.mark?.line ?? 1
      nodes += 1
      guard nodes <= nodeLimit, depth <= depthLimit else {
        let limit = depth > depthLimit ? "more than \(depthLimit) levels" : "more than \(nodeLimit) values"
        throw ConfigurationError(file: file, line: line, key: key, cause: .limit("\(limit) (limit)"))
      }
      switch node {
      case .scalar(let scalar):
        let isEmpty = scalar.style == .plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string)
        return isEmpty ? .empty(line: line) : .scalar(scalar.string, line: line)
      case .sequence(let sequence):
        var items: [YAMLNode] = []
        for item in sequence { items.append(try value(item, key: key, depth: depth + 1)) }
        return .list(items, line: line)
      case .mapping(let mapping):
        var entries: [YAMLNode.Entry] = []
        for (name, item) in mapping {
          let nameLine = name.mark?.line ?? line
          guard case .scalar(let scalar) = name else {
            throw ConfigurationError(file: file, line: nameLine, key: key, cause: .expected("a word as key"))
          }
          let path = key.isEmpty ? scalar.string : key + "." + scalar.string
          entries.append(
            YAMLNode.Entry(key: scalar.string, line: nameLine, value: try value(item, key: path, depth: depth + 1)))
        }
        return .mapping(entries, line: line)
      case .alias:
        throw ConfigurationError(file: file, line: line, key: key, cause: .expected("a value, not an alias"))
      }
    }
  }
}

/// A YAML value with the lines it was written on: what configuration is read from.
///
/// Aliases are expanded under a limit of nodes, so that a small file cannot become a large tree.
package indirect enum YAMLNode: Equatable, Sendable {
  case scalar(String, line: Int)
  case list([YAMLNode], line: Int)
  case mapping([Entry], line: Int)
  /// Nothing was written: `key:`, `~`, `null`.
  case empty(line: Int)

  /// A key and its value.
  package struct Entry: Equatable, Sendable {
    /// The key.
    package let key: String
    /// Its line, from 1.
    package let line: Int
    /// What stands under it.
    package let value: YAMLNode
  }

  /// The line the value begins on, from 1.
  package var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .mapping(_, let line), .empty(let line): line
    }
  }
}

/// Takes values out of a YAML mapping, with errors that name file, line and key.
struct YAMLReader {
  let file: String

  /// The entries of the top of a document; an empty document has none.
  func entries(_ node: YAMLNode, key: String = "") throws(ConfigurationError) -> [YAMLNode.Entry] {
    switch node {
    case .mapping(let entries, _): return entries
    case .empty: return []
    case .scalar, .list: throw error(node, key, "keys with values")
    }
  }

  /// One text.
  func text(_ node: YAMLNode, key: String) throws(ConfigurationError) -> String {
    guard case .scalar(let text, _) = node else { throw error(node, key, "one text") }
    return text
  }

  /// A list of texts; one text counts as a list of one.
  func texts(_ node: YAMLNode, key: String) throws(ConfigurationError) -> [String] {
    switch node {
    case .scalar(let text, _): return [text]
    case .empty: return []
    case .mapping: throw error(node, key, "a list of texts")
    case .list(let items, _):
      var texts: [String] = []
      for item in items { texts.append(try text(item, key: key)) }
      return texts
    }
  }

  /// `true` or `false`.
  func flag(_ node: YAMLNode, key: String) throws(ConfigurationError) -> Bool {
    guard case .scalar(let text, _) = node else { throw error(node, key, "true or false") }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: throw error(node, key, "true or false")
    }
  }

  /// An error about the kind of a value.
  func error(_ node: YAMLNode, _ key: String, _ expected: String) -> ConfigurationError {
    ConfigurationError(file: file, line: node.line, key: key, cause: .expected(expected))
  }

  /// An error about a key that means nothing in another: what it was to set would be dropped in silence.
  func unknownKey(_ entry: YAMLNode.Entry, in key: String, known: [String]) -> ConfigurationError {
    let near = NearNames.nearest(to: entry.key, among: known, count: 2)
    let wanted = near.isEmpty ? known : near
    return ConfigurationError(
      file: file, line: entry.line, key: "\(key).\(entry.key)", cause: .expected(wanted.joined(separator: " or ")))
  }

  /// A warning about a key that means nothing here.
  func unknown(_ entry: YAMLNode.Entry) -> String {
    "\(file):\(entry.line): the key \(entry.key) is not known"
  }

  /// The same for a key in another, with the keys that look like it.
  func unknown(_ entry: YAMLNode.Entry, in key: String, known: [String]) -> String {
    let near = NearNames.nearest(to: entry.key, among: known, count: 2)
    let words = "\(file):\(entry.line): the key \(key).\(entry.key) is not known"
    return near.isEmpty ? words : "\(words), did you mean \(near.joined(separator: " or "))?"
  }
}
