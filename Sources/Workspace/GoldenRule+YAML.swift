package import SafeText
internal import TriageModel

extension GoldenRule {
  private static let key = "goldens"

  /// Reads the list under `goldens:`.
  static func list(
    _ node: YAMLNode, _ reader: YAMLReader
  ) throws(ConfigurationError) -> (patterns: [GoldenRule], ignores: [GoldenIgnore]) {
    switch node {
    case .empty: return ([], [])
    case .scalar, .mapping: throw reader.error(node, key, "a list of expected and actual, or of ignore")
    case .list(let items, _):
      var (patterns, ignores): ([GoldenRule], [GoldenIgnore]) = ([], [])
      for item in items {
        let entry = try entry(item, reader)
        if let pattern = entry.pattern { patterns.append(pattern) }
        if let ignore = entry.ignore { ignores.append(ignore) }
      }
      return (patterns, ignores)
    }
  }

  /// The rules under `ignore`.
  private static func rules(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> [IgnoreRule] {
    let key = "\(key).ignore"
    let items: [YAMLNode] = if case .list(let items, _) = field.value { items } else { [field.value] }
    var rules: [IgnoreRule] = []
    for item in items {
      let text = try reader.text(item, key: key)
      do throws(IgnoreRuleError) {
        rules.append(try IgnoreRule(text))
      } catch {
        throw ConfigurationError(file: reader.file, line: item.line, key: key, cause: .syntax("\(error)"))
      }
    }
    guard rules.count <= ruleLimit else { throw reader.error(field.value, key, "at most \(ruleLimit) rules") }
    return rules
  }

  private static let ruleLimit = 100

  private static func entry(
    _ node: YAMLNode, _ reader: YAMLReader
  ) throws(ConfigurationError) -> (pattern: GoldenRule?, ignore: GoldenIgnore?) {
    var rules: [IgnoreRule] = []
    var (expected, actual): (String?, String?)
    var (relative, absolute): (Double?, Double?)
    for field in try reader.entries(node, key: key) {
      switch field.key {
      case "expected": expected = try path(field, reader)
      case "actual": actual = try path(field, reader)
      case "rtol": relative = try bound(field, reader)
      case "atol": absolute = try bound(field, reader)
      case "ignore": rules = try self.rules(field, reader)
      default: throw reader.error(node, "\(key).\(field.key)", "expected, actual, rtol, atol and ignore")
      }
    }
    let ignore = rules.isEmpty ? nil : GoldenIgnore(expected: expected.map { Glob($0) }, rules: rules)
    if ignore != nil, actual == nil, relative == nil, absolute == nil { return (nil, ignore) }
    guard let expected, let actual else { throw reader.error(node, key, "both expected and actual") }
    guard stars(expected) == stars(actual) else {
      throw reader.error(node, key, "as many stars in actual as in expected")
    }
    let isBound = relative != nil || absolute != nil
    let pattern = GoldenRule(
      expected: expected, actual: actual,
      tolerance: isBound ? Tolerance(relative: relative ?? 0, absolute: absolute ?? 0) : nil)
    return (pattern, ignore)
  }

  private static func path(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> String {
    let text = try reader.text(field.value, key: "\(key).\(field.key)")
    guard let path = PathText.normal(text) else {
      throw ConfigurationError(
        file: reader.file, line: field.line, key: "\(key).\(field.key)", cause: .outside(text))
    }
    return path
  }

  private static func bound(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> Double {
    let text = try reader.text(field.value, key: "\(key).\(field.key)")
    guard let value = Double(text), value.isFinite, value >= 0 else {
      throw reader.error(field.value, "\(key).\(field.key)", "a number that is not negative")
    }
    return value
  }

  /// Stars that touch count as one.
  private static func stars(_ pattern: String) -> Int {
    var count = 0
    var last: UInt8 = 0
    for byte in pattern.utf8 {
      if byte == 0x2A, last != 0x2A { count += 1 }
      last = byte
    }
    return count
  }
}

/// Rules of `goldens: - ignore:`: what is set aside when goldens are compared.
package struct GoldenIgnore: Sendable, Equatable {
  /// The goldens that are meant, relative to the repository; nil for all.
  package var expected: Glob?
  /// What is set aside in them.
  package var rules: [IgnoreRule]

  /// Rules for goldens.
  package init(expected: Glob? = nil, rules: [IgnoreRule]) {
    self.expected = expected
    self.rules = rules
  }
}

extension [GoldenIgnore] {
  /// The rules for a golden.
  package func rules(for path: String) -> [IgnoreRule] {
    flatMap { $0.expected?.matches(path) ?? true ? $0.rules : [] }
  }
}
