package import SafeText
internal import TriageModel

/// What a repository says under `ticket:`: what a ticket's key looks like, where it is found, and how one is made.
package struct TicketSettings: Sendable, Equatable {
  /// What the whole of a key must fit; nil for any text.
  package var pattern: Pattern?
  /// The address of a ticket, with `{ticket}` where its key stands.
  package var url: String?
  /// The argument vector that makes a ticket of the text on its standard input; it needs trust.
  package var command: [String] = []

  /// Any text is a ticket, and none is made.
  package init() {}

  /// Whether a text is a ticket's key.
  package func isTicket(_ text: String) -> Bool {
    guard let pattern else { return true }
    var text = text
    return text.withUTF8 { pattern.matcher().firstMatch(in: UnsafeRawBufferPointer($0)) == 0..<$0.count }
  }

  package static func == (left: TicketSettings, right: TicketSettings) -> Bool {
    left.pattern?.source == right.pattern?.source && left.url == right.url && left.command == right.command
  }

  /// Reads the mapping under `ticket:`; a text alone is the pattern.
  init(_ node: YAMLNode, _ reader: YAMLReader) throws(ConfigurationError) {
    if case .scalar(let source, _) = node {
      pattern = try Self.pattern(source, node, reader)
      return
    }
    for field in try reader.entries(node, key: "ticket") {
      switch field.key {
      case "pattern":
        pattern = try Self.pattern(reader.text(field.value, key: "ticket.pattern"), field.value, reader)
      case "url": url = try reader.text(field.value, key: "ticket.url")
      case "command": command = try reader.texts(field.value, key: "ticket.command")
      default: throw reader.error(field.value, "ticket.\(field.key)", "pattern, url or command")
      }
    }
  }

  private static func pattern(
    _ source: String, _ node: YAMLNode, _ reader: YAMLReader
  ) throws(ConfigurationError) -> Pattern {
    do throws(PatternError) {
      return try Pattern("^(?:\(source))$")
    } catch {
      throw reader.error(node, "ticket.pattern", "a pattern; \(error)")
    }
  }
}

extension MuteSettings {
  private static let keys = ["days", "most_days", "per_owner", "passes", "contract"]

  /// Reads the mapping under `mutes:`.
  init(_ node: YAMLNode, _ reader: YAMLReader, warnings: inout [String]) throws(ConfigurationError) {
    self.init()
    for field in try reader.entries(node, key: "mutes") {
      func count() throws(ConfigurationError) -> Int {
        let text = try reader.text(field.value, key: "mutes.\(field.key)")
        guard let count = Int(text.hasSuffix("d") ? String(text.dropLast()) : text), (1...100_000).contains(count)
        else {
          throw reader.error(field.value, "mutes.\(field.key)", "a whole number from 1")
        }
        return count
      }
      switch field.key {
      case "days": days = try count()
      case "most_days": mostDays = try count()
      case "per_owner": perOwner = try count()
      case "passes": passes = try count()
      case "contract": contract = try reader.texts(field.value, key: "mutes.contract")
      default: warnings.append(reader.unknown(field, in: "mutes", known: Self.keys))
      }
    }
    mostDays = max(mostDays, days)
  }
}
