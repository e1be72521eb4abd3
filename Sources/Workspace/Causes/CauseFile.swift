internal import DataSyntax
package import TriageModel

/// The causes that people merged or split: a list to which rules are added at the end, so that branches merge and what
/// people wrote beside them stays.
package struct CauseFile: Sendable, Equatable {
  /// The file, relative to the repository.
  package static let path = ".assay/causes.yaml"

  private static let head = """
    # Causes that people merged or split; of two rules about one failure the later one holds.
    # assay adds rules at the end: c and C in Triage, assay cause merge, assay cause split.

    """

  /// The rules, oldest first.
  package private(set) var rules: [CauseRule] = []

  /// Reads the rules of a repository; without a file, or without a repository, there are none.
  package init(repository: Repository?) throws(ConfigurationError) {
    let text = try repository.flatMap { repository throws(ConfigurationError) in
      try TextFile.read(repository.root + "/" + Self.path, shownAs: Self.path)
    }
    try self.init(text: text ?? "")
  }

  /// Reads rules from the text of the file.
  package init(text: String) throws(ConfigurationError) {
    let reader = YAMLReader(file: Self.path)
    switch try YAMLDocument.read(text, file: Self.path) {
    case .empty: break
    case .list(let items, _): for item in items { rules.append(try CauseRule(item, reader)) }
    case .scalar(_, let line), .mapping(_, let line):
      throw ConfigurationError(file: Self.path, line: line, cause: .expected("a list of rules"))
    }
  }

  /// The text of the file with a rule more at its end; nothing that stood there is changed.
  package static func adding(_ rule: CauseRule, to text: String?) -> String {
    var text = text ?? ""
    if !text.contains(where: { !$0.isWhitespace }) { text = head }
    if text.utf8.last != 0x0A { text += "\n" }
    switch rule.kind {
    case .merge(let keys): text += "- merge: [\(keys.map { quoted($0.text) }.joined(separator: ", "))]\n"
    case .split(let key): text += "- split: \(quoted(key.text))\n"
    }
    for (name, value) in [("title", rule.title), ("reason", rule.reason), ("by", rule.who)] {
      if let value { text += "  \(name): \(quoted(value))\n" }
    }
    return text
  }

  /// A text as JSON writes it, which YAML reads as well.
  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
