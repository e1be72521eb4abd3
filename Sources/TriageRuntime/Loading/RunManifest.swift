internal import RunArtifacts
internal import TriageModel
internal import Workspace

/// What a `run.json` beside the reports says of a run.
struct RunManifest: Equatable {
  static let fileName = "run.json"

  var source: String?
  var id: String?
  var attempt: Int?
  var commit: String?
  var branch: String?
  var startedAt: Timestamp?
  var exitCode: Int?
  var labels: [String: String] = [:]
  /// Fields of another kind than they should be, a sentence each.
  var warnings: [String] = []

  /// Reads a `run.json`; nil for files of that name that tell of something else.
  init?(location: String, shownAs path: String) {
    guard let text = SmallFile.read(location, limit: YAMLDocument.sizeLimit) else { return nil }
    self.init(text: text, path: path)
  }

  /// Reads the text of a `run.json`.
  init?(text: String, path: String) {
    guard case .mapping(let fields, _)? = try? YAMLDocument.read(text, file: path) else { return nil }
    for field in fields { take(field, path) }
    if id == nil, commit == nil, startedAt == nil, exitCode == nil { return nil }
  }

  private mutating func take(_ field: YAMLNode.Entry, _ path: String) {
    guard case .scalar(let text, _) = field.value else {
      takeLabels(field, path)
      return
    }
    switch field.key {
    case "ci", "source": source = text
    case "id", "run_id": id = text
    case "commit", "sha": commit = text
    case "branch", "ref": branch = text
    case "job": labels["job"] = text
    case "attempt": attempt = number(text, field, path)
    case "exit_code": exitCode = number(text, field, path)
    case "started_at":
      startedAt = Timestamp(iso8601: text)
      if startedAt == nil { warnings.append("\(path): \(field.key) is no ISO 8601 time") }
    default: break
    }
  }

  private mutating func takeLabels(_ field: YAMLNode.Entry, _ path: String) {
    switch (field.key, field.value) {
    case ("labels", .mapping(let entries, _)):
      for entry in entries {
        if case .scalar(let value, _) = entry.value { labels[entry.key] = value }
      }
    case ("ci", .list), ("ci", .mapping), ("id", .list), ("id", .mapping), ("commit", .list), ("commit", .mapping),
      ("branch", .list), ("branch", .mapping), ("attempt", .list), ("attempt", .mapping), ("exit_code", .list),
      ("exit_code", .mapping), ("started_at", .list), ("started_at", .mapping), ("labels", .list):
      warnings.append("\(path): \(field.key) is of another kind than it should be")
    default: break
    }
  }

  private mutating func number(_ text: String, _ field: YAMLNode.Entry, _ path: String) -> Int? {
    let number = Int(text)
    if number == nil { warnings.append("\(path): \(field.key) is no whole number") }
    return number
  }
}
