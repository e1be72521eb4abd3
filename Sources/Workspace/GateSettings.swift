package import TriageModel

/// What a repository says under `gate:`, or a policy's own file: which failures stop a release.
package struct GateSettings: Sendable, Equatable {
  /// What fails the gate where no rule says otherwise.
  package enum FailOn: String, MachineWord, Sendable, CaseIterable {
    /// Every failure.
    case any
    /// A failure that the history does not know: what is broken or flaky since before, in the same way, is listed only.
    case new
  }

  /// A rule: what is done with the failures that all of its conditions hold for. The first that holds decides.
  package struct Rule: Sendable, Equatable {
    /// What is done.
    package var severity: Severity
    /// What holds for the failure.
    package var rule: RunbookRule
  }

  /// A time in which failures are known to come, as of maintenance.
  package struct Window: Sendable, Equatable {
    /// When it begins.
    package var from: Timestamp
    /// When it is over.
    package var until: Timestamp
    /// Why.
    package var reason: String
    /// Which failures are meant; nil for all.
    package var rule: RunbookRule?
  }

  /// What fails the gate where no rule says otherwise.
  package var failOn = FailOn.any
  /// The rules, the first that holds decides.
  package var rules: [Rule] = []
  /// Times of maintenance.
  package var windows: [Window] = []

  /// Every failure fails.
  package init() {}
}

extension GateSettings {
  /// Reads a policy's own file.
  package init(text: String, file: String) throws(ConfigurationError) {
    let reader = YAMLReader(file: file)
    let root = try YAMLDocument.read(text, file: file)
    let entries = try reader.entries(root)
    // A policy may be written as the configuration has it.
    try self.init(entries.count == 1 && entries[0].key == "gate" ? entries[0].value : root, reader)
  }

  /// Reads the mapping under `gate:`.
  init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "gate") {
      switch field.key {
      case "fail_on":
        let word = try reader.text(field.value, key: "gate.fail_on")
        guard let known = FailOn(word: word) else { throw reader.error(field.value, "gate.fail_on", "any or new") }
        failOn = known
      case "rules": for item in try Self.items(field, reader) { rules.append(try Self.rule(item, reader)) }
      case "windows": for item in try Self.items(field, reader) { windows.append(try Self.window(item, reader)) }
      default: throw reader.error(field.value, "gate.\(field.key)", "fail_on, rules or windows")
      }
    }
  }

  private static func items(_ field: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> [YAMLNode] {
    switch field.value {
    case .empty: return []
    case .list(let items, _): return items
    case .scalar, .mapping: throw reader.error(field.value, "gate.\(field.key)", "a list")
    }
  }

  private static func rule(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> Rule {
    var severity: Severity?
    var conditions: [YAMLNode.Entry] = []
    for field in try reader.entries(node, key: "gate.rules") {
      guard field.key == "severity" else {
        conditions.append(field)
        continue
      }
      severity = Severity(word: try reader.text(field.value, key: "gate.rules.severity"))
      guard severity != nil else { throw reader.error(field.value, "gate.rules.severity", "page, ticket or ignore") }
    }
    guard let severity else { throw reader.error(node, "gate.rules", "a severity: page, ticket or ignore") }
    return Rule(
      severity: severity, rule: try RunbookRule(conditions, of: node, key: "gate.rules", reader))
  }

  private static func window(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> Window {
    var times: [String: Timestamp] = [:]
    var reason = ""
    var conditions: [YAMLNode.Entry] = []
    for field in try reader.entries(node, key: "gate.windows") {
      switch field.key {
      case "from", "until":
        guard let time = Timestamp(iso8601: try reader.text(field.value, key: "gate.windows.\(field.key)")) else {
          throw reader.error(field.value, "gate.windows.\(field.key)", "a time, as 2026-12-24T20:00Z")
        }
        times[field.key] = time
      case "reason": reason = try reader.text(field.value, key: "gate.windows.reason")
      default: conditions.append(field)
      }
    }
    guard let from = times["from"], let until = times["until"], from < until else {
      throw reader.error(node, "gate.windows", "from and until, the one before the other")
    }
    guard !reason.isEmpty else { throw reader.error(node, "gate.windows", "a reason") }
    let rule = conditions.isEmpty ? nil : try RunbookRule(conditions, of: node, key: "gate.windows", reader)
    return Window(from: from, until: until, reason: reason, rule: rule)
  }
}
