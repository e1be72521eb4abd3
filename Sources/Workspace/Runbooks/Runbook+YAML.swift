internal import SafeText
package import TriageModel

extension Runbook {
  /// Rules of a page: each is asked about each failure.
  private static let ruleLimit = 200
  private static let keys = ["title", "match", "severity", "owner", "reviewed", "review"]

  /// Reads a page from the text of its file.
  ///
  /// What cannot be read is named in `problems` and leaves the rest as it is; a rule that is not understood whole holds
  /// of nothing.
  package init(path: String, text: String) {
    let parts = FrontMatter(text)
    self.init(path: path, title: FrontMatter.heading(of: parts.body) ?? FrontMatter.name(of: path))
    body = String(parts.body)
    bodyLine = parts.bodyLine
    if parts.isOpen { problems.append("\(path):1: the front matter has no closing ---, and no rule of it holds") }
    guard let yaml = parts.yaml else { return }
    let reader = YAMLReader(file: path)
    var entries: [YAMLNode.Entry] = []
    do throws(ConfigurationError) {
      entries = try reader.entries(YAMLDocument.read(yaml, file: path))
    } catch {
      problems.append("\(error)")
    }
    for entry in entries {
      do throws(ConfigurationError) { try take(entry, reader) } catch { problems.append("\(error)") }
    }
  }

  private mutating func take(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) {
    switch entry.key {
    case "title":
      let text = try reader.text(entry.value, key: entry.key)
      if !text.isEmpty { title = text }
    case "owner":
      let owners = try reader.texts(entry.value, key: entry.key).filter { !$0.isEmpty }
      owner = owners.isEmpty ? nil : owners.joined(separator: " ")
    case "severity":
      let word = try reader.text(entry.value, key: entry.key)
      guard let known = Severity(word: word) else {
        throw reader.error(entry.value, entry.key, "page, ticket or ignore")
      }
      severity = known
    case "reviewed": reviewed = try Self.day(entry, reader)
    case "review": reviewDays = try Self.days(entry, reader)
    case "match": try takeRules(entry.value, reader)
    default:
      // Pages have keys for other tools, too; only what looks like a slip is named.
      let near = NearNames.nearest(to: entry.key, among: Self.keys, count: 1).first
      if let near, NearNames.distance(entry.key, near) <= 2 {
        problems.append("\(reader.file):\(entry.line): the key \(entry.key) is not known, did you mean \(near)?")
      }
    }
  }

  private static func day(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> Timestamp {
    let text = try reader.text(entry.value, key: entry.key)
    // A day that the calendar does not have would be read as another one.
    guard let day = Timestamp(iso8601: text), text.hasPrefix(day.dayText) else {
      throw reader.error(entry.value, entry.key, "a day as 2026-11-28")
    }
    return day
  }

  private static func days(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> Int {
    let text = try reader.text(entry.value, key: entry.key)
    guard let days = Int(text.hasSuffix("d") ? String(text.dropLast()) : text), (1...100_000).contains(days) else {
      throw reader.error(entry.value, entry.key, "days as 180d")
    }
    return days
  }

  // MARK: - Rules

  private mutating func takeRules(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    switch node {
    case .empty: break
    case .scalar: throw reader.error(node, "match", "a list of rules")
    case .mapping: rules.append(try RunbookRule(reader.entries(node, key: "match"), of: node, key: "match", reader))
    case .list(let items, _):
      if items.count > Self.ruleLimit {
        let words = "more than \(Self.ruleLimit) rules (limit): the rest holds of nothing"
        problems.append("\(ConfigurationError(file: reader.file, line: node.line, key: "match", cause: .limit(words)))")
      }
      for item in items.prefix(Self.ruleLimit) {
        do throws(ConfigurationError) {
          rules.append(try RunbookRule(reader.entries(item, key: "match"), of: item, key: "match", reader))
        } catch {
          problems.append("\(error)")
        }
      }
    }
  }
}

extension RunbookRule {
  /// Reads the conditions of a rule that stands under a key.
  init(
    _ entries: [YAMLNode.Entry], of node: YAMLNode, key: String, _ reader: YAMLReader
  ) throws(ConfigurationError) {
    var conditions: [Condition] = []
    for entry in entries {
      guard let field = Field(word: entry.key == "labels" ? "label" : entry.key) else {
        let known = Field.allCases.map(\.word).joined(separator: ", ")
        throw ConfigurationError(
          file: reader.file, line: entry.line, key: "\(key).\(entry.key)", cause: .expected("one of \(known)"))
      }
      let values =
        try field == .label ? Self.labels(entry, key, reader) : reader.texts(entry.value, key: "\(key).\(entry.key)")
      guard !values.isEmpty, !values.contains("") else {
        throw reader.error(entry.value, "\(key).\(entry.key)", "a text that is not empty")
      }
      conditions.append(Condition(field, values, line: entry.line))
    }
    // It would hold of every failure.
    guard !conditions.isEmpty else { throw reader.error(node, key, "a condition in each rule") }
    self.init(conditions, line: node.line)
  }

  /// Labels as a mapping of names to values, or as texts `name=value`.
  private static func labels(
    _ entry: YAMLNode.Entry, _ key: String, _ reader: YAMLReader
  ) throws(ConfigurationError) -> [String] {
    let key = "\(key).\(entry.key)"
    guard case .mapping(let labels, _) = entry.value else {
      let texts = try reader.texts(entry.value, key: key)
      guard texts.allSatisfy({ $0.contains("=") }) else { throw reader.error(entry.value, key, "labels as name=value") }
      return texts
    }
    // Several labels in one mapping would read as all of them, and values of a condition are alternatives.
    guard labels.count == 1, let label = labels.first else {
      throw reader.error(entry.value, key, "one label; several are label: [a=1, b=2], of which one must be there")
    }
    return try reader.texts(label.value, key: key + "." + label.key).map { label.key + "=" + $0 }
  }
}
