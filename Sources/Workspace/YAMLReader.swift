internal import SafeText

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
