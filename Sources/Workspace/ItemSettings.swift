internal import SafeText
package import TriageModel

/// What a repository says under `metrics:`, `telemetry:` and `mocks:`: files whose meaning no tool writes into them.
package struct ItemSettings: Sendable, Equatable {
  /// Patterns for files of metrics: JSON or CSV.
  package var metricFiles: [String] = []
  /// What metrics must be, whoever reports them.
  package var metricRules: [MetricRule] = []
  /// The telemetry that is expected, and what a run emitted.
  package var telemetry: [DeclaredPair] = []
  /// Recorded answers of other services, and their real ones.
  package var mocks: [DeclaredPair] = []

  /// Nothing is declared.
  package init() {}

  /// Whether nothing is declared.
  package var isEmpty: Bool { self == ItemSettings() }
}

extension ItemSettings {
  /// Takes a mapping under one of its keys.
  mutating func take(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) {
    switch entry.key {
    case "telemetry": telemetry = try Self.pairs(entry, ("expected", "emitted"), reader)
    case "mocks": mocks = try Self.pairs(entry, ("mock", "real"), reader)
    default: try takeMetrics(entry.value, reader)
    }
  }

  private mutating func takeMetrics(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "metrics") {
      switch field.key {
      case "files": metricFiles = try reader.texts(field.value, key: "metrics.files")
      case "rules":
        for item in try Self.items(field.value, "metrics.rules", reader) {
          metricRules.append(try Self.rule(item, reader))
        }
      default: throw reader.error(field.value, "metrics.\(field.key)", "files or rules")
      }
    }
  }

  private static func rule(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> MetricRule {
    var rule = MetricRule(metric: "")
    for field in try reader.entries(node, key: "metrics.rules") {
      let key = "metrics.rules.\(field.key)"
      switch field.key {
      case "metric": rule.metric = try reader.text(field.value, key: key)
      case "where":
        for part in try reader.entries(field.value, key: key) {
          rule.slice[part.key] = try reader.text(part.value, key: key)
        }
      case "min": rule.least = try number(field.value, key, reader)
      case "max": rule.most = try number(field.value, key, reader)
      case "fall": rule.fall = try change(field.value, key, reader)
      case "rise": rule.rise = try change(field.value, key, reader)
      case "change":
        rule.fall = try change(field.value, key, reader)
        rule.rise = rule.fall
      default: throw reader.error(field.value, key, "metric, where, min, max, fall, rise or change")
      }
    }
    guard !rule.metric.isEmpty else { throw reader.error(node, "metrics.rules", "a metric") }
    guard rule.least ?? rule.most ?? rule.fall?.amount ?? rule.rise?.amount != nil else {
      throw reader.error(node, "metrics.rules", "min, max, fall, rise or change")
    }
    return rule
  }

  private static func number(_ node: YAMLNode, _ key: String, _ reader: YAMLReader) throws(ConfigurationError) -> Double
  {
    guard let number = Double(try reader.text(node, key: key)), number.isFinite else {
      throw reader.error(node, key, "a number")
    }
    return number
  }

  /// `0.02`, or `2%` of the value before.
  private static func change(
    _ node: YAMLNode, _ key: String, _ reader: YAMLReader
  ) throws(ConfigurationError) -> MetricRule.Change {
    let text = try reader.text(node, key: key)
    let isRelative = text.hasSuffix("%")
    let digits = isRelative ? text.dropLast().split(separator: " ").joined() : text
    guard let number = Double(digits), number.isFinite, number >= 0 else {
      throw reader.error(node, key, "a number of 0 or more, or a share as 2%")
    }
    return MetricRule.Change(isRelative ? number / 100 : number, isRelative: isRelative)
  }

  private static func pairs(
    _ entry: YAMLNode.Entry, _ keys: (expected: String, observed: String), _ reader: YAMLReader
  ) throws(ConfigurationError) -> [DeclaredPair] {
    var pairs: [DeclaredPair] = []
    for item in try items(entry.value, entry.key, reader) {
      var texts: [String: String] = [:]
      for field in try reader.entries(item, key: entry.key) {
        guard field.key == keys.expected || field.key == keys.observed else {
          throw reader.error(field.value, "\(entry.key).\(field.key)", "\(keys.expected) and \(keys.observed)")
        }
        texts[field.key] = try reader.text(field.value, key: "\(entry.key).\(field.key)")
      }
      guard let expected = texts[keys.expected], let observed = texts[keys.observed] else {
        throw reader.error(item, entry.key, "\(keys.expected) and \(keys.observed)")
      }
      guard let inside = PathText.normal(expected) else {
        throw ConfigurationError(
          file: Configuration.file, line: item.line, key: entry.key, cause: .outside(expected))
      }
      pairs.append(DeclaredPair(expected: inside, observed: observed))
    }
    return pairs
  }

  private static func items(_ node: YAMLNode, _ key: String, _ reader: YAMLReader) throws(ConfigurationError)
    -> [YAMLNode]
  {
    switch node {
    case .empty: return []
    case .list(let items, _): return items
    case .scalar, .mapping: throw reader.error(node, key, "a list")
    }
  }
}
