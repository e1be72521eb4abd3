package import SafeText

/// A rule of `infra:`: which failures are the infrastructure's. All of its conditions must hold.
package struct InfraEntry: Sendable {
  /// What the rule is called.
  package var name: String
  /// What the failure's text must fit; nil for any.
  package var message: Pattern?
  /// Which tests are meant, as a text in their ids or a file pattern; nil for all.
  package var test: String?
  /// Labels that the run must have.
  package var labels: [String: String] = [:]
}

extension InfraEntry: Equatable {
  package static func == (left: InfraEntry, right: InfraEntry) -> Bool {
    left.name == right.name && left.message?.source == right.message?.source && left.test == right.test
      && left.labels == right.labels
  }
}

extension InfraEntry {
  private static let key = "infra"
  private static let fields = "name, message, test and label"

  /// Reads the list under `infra:`.
  static func list(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> [InfraEntry] {
    switch node {
    case .empty: return []
    case .scalar, .mapping: throw reader.error(node, key, "a list of rules")
    case .list(let items, _):
      var entries: [InfraEntry] = []
      for item in items { entries.append(try entry(item, reader)) }
      return entries
    }
  }

  private static func entry(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> InfraEntry {
    var entry = InfraEntry(name: "")
    for field in try reader.entries(node, key: key) {
      switch field.key {
      case "name": entry.name = try text(field, reader)
      case "message": entry.message = try pattern(field, reader)
      case "test": entry.test = try text(field, reader)
      case "label", "labels": entry.labels = try labels(field, reader)
      default:
        throw ConfigurationError(
          file: reader.file, line: field.line, key: "\(key).\(field.key)", cause: .expected(fields))
      }
    }
    guard !entry.name.isEmpty else { throw reader.error(node, key, "a name for each rule") }
    // It would call every failure the infrastructure's.
    guard entry.message != nil || entry.test != nil || !entry.labels.isEmpty else {
      throw reader.error(node, key, "a condition in the rule \(entry.name): message, test or label")
    }
    return entry
  }

  private static func text(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> String {
    let text = try reader.text(field.value, key: "\(key).\(field.key)")
    guard !text.isEmpty else { throw reader.error(field.value, "\(key).\(field.key)", "a text that is not empty") }
    return text
  }

  private static func pattern(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> Pattern {
    let source = try text(field, reader)
    do throws(PatternError) {
      return try Pattern(source)
    } catch {
      throw reader.error(field.value, "\(key).\(field.key)", "a pattern; \(error)")
    }
  }

  private static func labels(
    _ field: YAMLNode.Entry, _ reader: YAMLReader
  ) throws(ConfigurationError) -> [String: String] {
    var labels: [String: String] = [:]
    for label in try reader.entries(field.value, key: "\(key).label") {
      labels[label.key] = try reader.text(label.value, key: "\(key).label.\(label.key)")
    }
    return labels
  }
}
