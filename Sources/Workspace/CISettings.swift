internal import SafeText

/// What a repository says under `ci:`: which artifacts of its runs are fetched.
package struct CISettings: Sendable, Equatable {
  /// Patterns for names of artifacts; empty where their names decide.
  package var artifacts: [String] = []

  /// Names decide.
  package init() {}

  /// Reads the mapping under `ci:`; what it says for nothing is added to `warnings`.
  init(_ node: YAMLNode, _ reader: YAMLReader, warnings: inout [String]) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "ci") {
      switch field.key {
      case "artifacts": artifacts = try reader.texts(field.value, key: "ci.artifacts")
      // A repository of strangers must not say who gets a token.
      case "hosts", "tools": throw reader.error(field.value, "ci.\(field.key)", "it in your own settings, not here")
      default: warnings.append(reader.unknown(field, in: "ci", known: ["artifacts"]))
      }
    }
  }
}

/// What a person says under `ci:` of their own settings: whose hosts are whose, and who may be asked for tokens.
package struct OwnCISettings: Sendable, Equatable {
  /// Hosts of one's own, with the id of the service that runs there.
  package var hosts: [String: String] = [:]
  /// Tools that are asked for the tokens that they keep: `gh`, `glab`.
  package var tools: [String] = []
  /// Seconds between two questions of whoever follows a run that goes on.
  package var every = 30.0

  /// Nothing said.
  package init() {}

  /// Reads the mapping under `ci:`.
  init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    for field in try reader.entries(node, key: "ci") {
      switch field.key {
      case "hosts":
        for host in try reader.entries(field.value, key: "ci.hosts") {
          hosts[host.key.lowercased()] = try reader.text(host.value, key: "ci.hosts.\(host.key)")
        }
      case "tools":
        tools = try reader.texts(field.value, key: "ci.tools")
        guard tools.allSatisfy({ ["gh", "glab"].contains($0) }) else {
          throw reader.error(field.value, "ci.tools", "gh or glab")
        }
      case "every":
        guard let seconds = Double(try reader.text(field.value, key: "ci.every")), (1...3600).contains(seconds) else {
          throw reader.error(field.value, "ci.every", "1 to 3600 seconds")
        }
        every = seconds
      default: throw reader.error(field.value, "ci.\(field.key)", "hosts, tools or every")
      }
    }
  }
}
