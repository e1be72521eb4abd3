internal import TriageModel

extension CauseRule {
  /// Reads one rule of the file.
  init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    var kind: Kind?
    var texts: [String: String] = [:]
    for field in try reader.entries(node) {
      if kind != nil, ["merge", "split"].contains(field.key) {
        throw reader.error(node, "", "merge or split, not both")
      }
      switch field.key {
      case "merge":
        let keys = try Self.keys(field, reader)
        guard keys.count > 1 else { throw reader.error(field.value, "merge", "at least two keys") }
        kind = .merge(keys)
      case "split":
        let keys = try Self.keys(field, reader)
        guard keys.count == 1 else { throw reader.error(field.value, "split", "one key") }
        kind = .split(keys[0])
      case "title", "reason", "by": texts[field.key] = try reader.text(field.value, key: field.key)
      default: throw reader.error(field.value, field.key, "merge or split, title, reason and by")
      }
    }
    guard let kind else { throw reader.error(node, "", "merge or split") }
    self.init(kind, title: texts["title"], reason: texts["reason"], who: texts["by"])
  }

  private static func keys(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> [SignatureKey] {
    var keys: [SignatureKey] = []
    for text in try reader.texts(field.value, key: field.key) {
      guard let key = SignatureKey(text: text) else {
        throw reader.error(field.value, field.key, "keys of 16 digits and letters a to f")
      }
      keys.append(key)
    }
    return keys
  }
}
