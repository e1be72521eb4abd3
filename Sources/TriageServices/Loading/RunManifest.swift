internal import CIProviders
internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// What a `run.json` beside the reports says of a run.
struct RunManifest: Equatable {
  static let fileName = "run.json"
  private static let sizeLimit = 1 << 20

  var source: String?
  var id: String?
  var attempt: Int?
  var commit: String?
  var branch: String?
  var startedAt: Timestamp?
  var finishedAt: Timestamp?
  /// Seconds that it took, where it says so itself.
  var seconds: Double?
  var exitCode: Int?
  /// Which part of the tests was to run, where not all were: `-k smoke`.
  var selection: String?
  /// How the CI system calls the job's end, where it is no success: `failure`, `cancelled`, `timed_out` …
  var conclusion: String?
  /// Its page at the CI service.
  var link: String?
  var labels: [String: String] = [:]
  /// What of the run is known to be missing, as whoever brought it here says, a clause each.
  var losses: [String] = []
  /// What cannot be read, and what else is to be known, a sentence each.
  var warnings: [String] = []

  /// Reads a `run.json`; nil for files of that name that tell of something else.
  ///
  /// One that breaks off still marks its folder as a run's own: a job that was killed writes such files.
  init?(location: String, shownAs path: String) {
    guard let bytes = try? RegularFile.bytes(location, limit: Self.sizeLimit) else { return nil }
    self.init(bytes, path: path)
  }

  /// Reads the bytes of a `run.json`.
  init?(_ bytes: [UInt8], path: String) {
    var limits = JSONLimits()
    limits.depth = 32
    limits.nodes = 10_000
    do {
      guard case .object(let members) = try JSONValue(parsing: bytes, limits: limits) else { return nil }
      for member in members { take(member, path) }
      if id == nil, commit == nil, startedAt == nil, exitCode == nil { return nil }
    } catch {
      warnings = ["\(path): \(error)"]
    }
  }

  private mutating func take(_ member: JSONValue.Member, _ path: String) {
    if member.value == .null { return }
    switch member.key {
    case "ci", "source": source = text(member, path)
    case "id", "run_id": id = text(member, path)
    case "commit", "sha": commit = text(member, path)
    case "branch", "ref": branch = text(member, path)
    case "job": labels["job"] = text(member, path)
    case "attempt": attempt = number(member, path)
    case "link": link = text(member, path)
    case "exit_code": exitCode = number(member, path)
    case "conclusion": conclusion = text(member, path).flatMap { CIConclusion.isSuccess($0) ? nil : $0 }
    case "selection":
      // What it says is for people; that it says anything is what counts.
      selection = member.value.members != nil || member.value == .bool(false) ? nil : text(member, path) ?? "chosen"
    case "started_at": startedAt = time(member, path)
    case "finished_at", "completed_at", "ended_at": finishedAt = time(member, path)
    case "duration", "duration_seconds", "elapsed_seconds": seconds = member.value.double
    case "incomplete": losses = texts(member, path)
    case "warnings": warnings += texts(member, path)
    case "labels":
      guard let members = member.value.members else {
        warnings.append("\(path): labels is no object")
        return
      }
      for label in members { labels[label.key] = text(label, path) }
    default: break
    }
  }

  private mutating func text(_ member: JSONValue.Member, _ path: String) -> String? {
    switch member.value {
    case .string(let text) where !text.isEmpty: return text
    case .number(let text): return text
    case .string, .null: return nil
    case .bool(let value): return value ? "true" : "false"
    case .object, .array:
      warnings.append("\(path): \(member.key) is no text")
      return nil
    }
  }

  private mutating func texts(_ member: JSONValue.Member, _ path: String) -> [String] {
    guard let values = member.value.array else {
      warnings.append("\(path): \(member.key) is no list")
      return []
    }
    return values.compactMap(\.string)
  }

  private mutating func number(_ member: JSONValue.Member, _ path: String) -> Int? {
    let number = member.value.int ?? member.value.string.flatMap { Int($0) }
    if number == nil { warnings.append("\(path): \(member.key) is no whole number") }
    return number
  }

  private mutating func time(_ member: JSONValue.Member, _ path: String) -> Timestamp? {
    let time =
      member.value.string.flatMap { Timestamp(iso8601: $0) } ?? member.value.double.flatMap(Timestamp.init(seconds:))
    if time == nil { warnings.append("\(path): \(member.key) is no time") }
    return time
  }
}
