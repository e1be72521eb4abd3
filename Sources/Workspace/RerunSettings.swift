internal import SafeText
package import TriageModel

/// What a repository says under `rerun:`: how tests are run again, how many at a time, and when enough is known.
package struct RerunSettings: Sendable, Equatable {
  /// The rules, the first that fits a test counts. Their commands need trust.
  package var rules: [RerunRule] = []
  /// Processes at a time; nil for half of the cores.
  package var jobs: Int?
  /// How likely a wrong answer may be, 0 … 1.
  package var error = 0.01

  /// The presets alone.
  package init() {}

  /// Reads what stands under `rerun:`: a list of rules, or a mapping with `rules`, `jobs` and `error`.
  init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    if case .list = node {
      rules = try Self.rules(node, reader)
      return
    }
    for field in try reader.entries(node, key: "rerun") {
      switch field.key {
      case "rules": rules = try Self.rules(field.value, reader)
      case "jobs":
        let text = try reader.text(field.value, key: "rerun.jobs")
        guard let count = Int(text), (1...256).contains(count) else {
          throw reader.error(field.value, "rerun.jobs", "a whole number from 1 to 256")
        }
        jobs = count
      case "error":
        let text = try reader.text(field.value, key: "rerun.error")
        guard let share = Double(text), share >= 0.000_1, share <= 0.2 else {
          throw reader.error(field.value, "rerun.error", "a share from 0.0001 to 0.2")
        }
        error = share
      default: throw reader.error(field.value, "rerun.\(field.key)", "rules, jobs or error")
      }
    }
  }

  private static func rules(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> [RerunRule] {
    guard case .list(let items, _) = node else { throw reader.error(node, "rerun", "a list of rules") }
    var rules: [RerunRule] = []
    for item in items { rules.append(try rule(item, reader)) }
    return rules
  }

  private static func rule(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> RerunRule {
    var rule = RerunRule(command: [])
    for field in try reader.entries(node, key: "rerun") {
      let key = "rerun.\(field.key)"
      switch field.key {
      case "tests": rule.tests = try reader.text(field.value, key: key)
      case "framework": rule.framework = try reader.text(field.value, key: key)
      case "command":
        guard case .list = field.value else { throw reader.error(field.value, key, "a command as a list of words") }
        rule.command = try reader.texts(field.value, key: key)
      case "env": rule.environment = try environment(field.value, reader)
      case "folder":
        guard let path = PathText.normal(try reader.text(field.value, key: key)) else {
          throw reader.error(field.value, key, "a folder of the repository")
        }
        rule.folder = path == "." ? "" : path
      case "terminal": rule.usesTerminal = try reader.flag(field.value, key: key)
      case "time_limit":
        guard let seconds = Double(try reader.text(field.value, key: key)), seconds > 0, seconds <= 86_400 else {
          throw reader.error(field.value, key, "seconds, up to a day")
        }
        rule.timeLimit = seconds
      default: throw reader.error(field.value, key, "tests, framework, command, env, folder, terminal or time_limit")
      }
    }
    guard !rule.command.isEmpty else { throw reader.error(node, "rerun.command", "a command as a list of words") }
    let selects = ["{nodeid}", "{nodeids}", "{name}", "{file}"]
    guard rule.framework != nil || selects.contains(where: { word in rule.command.contains { $0.contains(word) } })
    else {
      throw reader.error(
        node, "rerun.command", "a framework, or {nodeid}, {nodeids}, {name} or {file} in the command: it runs all tests"
      )
    }
    return rule
  }

  private static func environment(
    _ node: YAMLNode, _ reader: YAMLReader
  ) throws(ConfigurationError) -> [String: String] {
    var variables: [String: String] = [:]
    for field in try reader.entries(node, key: "rerun.env") {
      guard !field.key.isEmpty, !field.key.contains("=") else {
        throw reader.error(field.value, "rerun.env", "names of variables")
      }
      variables[field.key] = try reader.text(field.value, key: "rerun.env.\(field.key)")
    }
    return variables
  }
}
