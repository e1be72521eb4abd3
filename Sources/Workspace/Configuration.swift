internal import SafeText
package import TriageModel

/// What a repository says about itself in `.assay/config.yaml`. It names no commands: those need trust.
package struct Configuration: Sendable, Equatable {
  /// The file, relative to the repository.
  package static let file = ".assay/config.yaml"

  /// Keys that other parts of the program read.
  private static let laterKeys: Set<String> = ["tolerances", "editor"]

  /// Where runs lie: paths and patterns relative to the repository.
  package var runs: [String] = []
  /// Where runbooks lie.
  package var runbooks: [String] = []
  /// Owners, weakest rule first.
  package var owners: [OwnerRule] = []
  /// Where goldens lie that no framework's convention knows.
  package var goldens: [GoldenRule] = []
  /// What is set aside when goldens are compared.
  package var goldenIgnores: [GoldenIgnore] = []
  /// Which failures are the infrastructure's, the first rule that holds first.
  package var infra: [InfraEntry] = []
  /// How long runs are kept, and the figures that verdicts hang on.
  package var history = HistorySettings()
  /// What the team agreed on mutes.
  package var mutes = MuteSettings()
  /// What a ticket looks like, and how one is made.
  package var ticket = TicketSettings()
  /// Which failures stop a release.
  package var gate = GateSettings()
  /// Files of metrics, telemetry and recorded answers, and what metrics must be.
  package var items = ItemSettings()
  /// How tests are run again.
  package var rerun = RerunSettings()
  /// What the service-level figures should be.
  package var health = HealthSettings()
  /// Which artifacts of CI are fetched.
  package var ci = CISettings()
  /// The argument vectors that are told what the gate stops for; they need trust.
  package var notify: [[String]] = []

  /// The commands that it names, by their keys: none runs before a person trusts the file.
  package var commands: [(key: String, words: [String])] {
    (ticket.command.isEmpty ? [] : [("ticket.command", ticket.command)]) + notify.map { ("notify", $0) }
      + rerun.rules.map { ("rerun", $0.command) }
  }

  /// Keys that mean nothing, a sentence each.
  package var warnings: [String] = []

  /// The configuration of a repository that has none.
  package init() {}

  /// Reads a repository's configuration; without a file, or without a repository, it is empty.
  package init(repository: Repository?) throws(ConfigurationError) {
    let text = try repository.flatMap { repository throws(ConfigurationError) in
      try TextFile.read(repository.root + "/" + Self.file, shownAs: Self.file)
    }
    try self.init(text: text ?? "")
  }

  /// Reads a configuration from the text of its file.
  package init(text: String) throws(ConfigurationError) {
    let reader = YAMLReader(file: Self.file)
    for entry in try reader.entries(YAMLDocument.read(text, file: Self.file)) {
      switch entry.key {
      case "runs": runs = try Self.paths(entry, reader)
      case "runbooks": runbooks = try Self.paths(entry, reader)
      case "goldens": (goldens, goldenIgnores) = try GoldenRule.list(entry.value, reader)
      case "owners": owners = try Self.owners(entry, reader)
      case "infra": infra = try InfraEntry.list(entry.value, reader)
      case "history": history = try HistorySettings(entry.value, reader, warnings: &warnings)
      case "mutes": mutes = try MuteSettings(entry.value, reader, warnings: &warnings)
      case "gate": gate = try GateSettings(entry.value, reader)
      case "targets": try health.readTargets(entry.value, reader)
      case "budget": try health.readBudget(entry.value, reader)
      case "notify": notify = try Self.commands(entry, reader)
      case "rerun": rerun = try RerunSettings(entry.value, reader)
      case "ci": ci = try CISettings(entry.value, reader, warnings: &warnings)
      case "metrics", "telemetry", "mocks": try items.take(entry, reader)
      case "ticket": ticket = try TicketSettings(entry.value, reader)
      case let key where Self.laterKeys.contains(key): break
      default: warnings.append(reader.unknown(entry))
      }
    }
  }

  /// A list of argument vectors, each a list of words.
  private static func commands(
    _ entry: YAMLNode.Entry, _ reader: YAMLReader
  ) throws(ConfigurationError) -> [[String]] {
    guard case .list(let items, _) = entry.value else {
      throw reader.error(entry.value, entry.key, "a list of commands, each a list of words")
    }
    var commands: [[String]] = []
    for item in items {
      let words = try reader.texts(item, key: entry.key)
      guard case .list = item, !words.isEmpty else {
        throw reader.error(item, entry.key, "a command as a list of words")
      }
      commands.append(words)
    }
    return commands
  }

  private static func paths(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> [String] {
    var paths: [String] = []
    for path in try reader.texts(entry.value, key: entry.key) {
      guard let path = PathText.normal(path) else {
        throw ConfigurationError(file: file, line: entry.value.line, key: entry.key, cause: .outside(path))
      }
      paths.append(path)
    }
    return paths
  }

  /// Owners as a mapping of patterns (`tests/ml/: @team`), or as a list of `{path, owner}`.
  private static func owners(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> [OwnerRule] {
    var rules: [OwnerRule] = []
    switch entry.value {
    case .empty: break
    case .scalar: throw reader.error(entry.value, entry.key, "patterns with owners")
    case .mapping(let entries, _):
      for rule in entries {
        let owners = try reader.texts(rule.value, key: "owners.\(rule.key)")
        rules.append(OwnerRule(pattern: rule.key, owners: owners))
      }
    case .list(let items, _):
      for item in items { rules.append(try ownerRule(item, reader)) }
    }
    return rules
  }

  private static func ownerRule(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) -> OwnerRule {
    var pattern: String?
    var owners: [String] = []
    for field in try reader.entries(node, key: "owners") {
      switch field.key {
      case "path": pattern = try reader.text(field.value, key: "owners.path")
      case "owner", "owners": owners = try reader.texts(field.value, key: "owners.\(field.key)")
      default: throw ConfigurationError(file: file, line: field.line, key: "owners", cause: .expected("path and owner"))
      }
    }
    guard let pattern else { throw reader.error(node, "owners", "a path and its owner") }
    return OwnerRule(pattern: pattern, owners: owners)
  }
}

/// Why a configuration file cannot be used. The text fits "could not read the configuration: {error}".
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Cause: Equatable, Sendable {
    /// It is no YAML; the parser's words.
    case syntax(String)
    /// A value is of another kind than its key takes: what is expected.
    case expected(String)
    /// A path leads out of the repository.
    case outside(String)
    /// A limit was reached; what it is.
    case limit(String)
    /// The system refused; its words.
    case system(String)
  }

  /// The file, as it is shown.
  package let file: String
  /// The line, from 1; nil when the whole file is meant.
  package let line: Int?
  /// The key, with those it lies in: `owners.path`; empty at the top.
  package let key: String
  /// What is wrong.
  package let cause: Cause

  /// An error in `file`.
  package init(file: String, line: Int? = nil, key: String = "", cause: Cause) {
    self.file = file
    self.line = line
    self.key = key
    self.cause = cause
  }

  package var description: String {
    let place = line.map { "\(file):\($0): " } ?? "\(file): "
    return place + (key.isEmpty ? "" : key + ": ") + words
  }

  private var words: String {
    switch cause {
    case .syntax(let words), .limit(let words), .system(let words): words
    case .expected(let what): "expected \(what)"
    case .outside(let path): "\(path) leads out of the repository"
    }
  }
}
