internal import SystemKit
internal import TriageModel

/// What the CI system says of the job that assay runs in.
struct CIEnvironment: Equatable {
  let identity: RunIdentity
  let commit: String?
  let branch: String?
  let startedAt: Timestamp?
  let labels: [String: String]
  /// The folder the job works in; reports elsewhere are none of its own.
  let workspace: String

  /// Reads the variables of the CI systems that are known; nil outside of them.
  init?(_ environment: [String: String]) {
    let values = environment.filter { !$0.value.isEmpty }
    guard let found = CIService.all.lazy.compactMap({ CIEnvironment($0, values) }).first else { return nil }
    self = found
  }

  private init?(_ service: CIService, _ values: [String: String]) {
    if let sign = service.sign, values[sign] == nil { return nil }
    guard let id = service.run.lazy.compactMap({ values[$0] }).first,
      let workspace = service.workspace.lazy.compactMap({ values[$0] }).first
    else { return nil }
    let project = service.project.compactMap { values[$0] }.joined(separator: "/")
    let attempt = service.attempt.flatMap { values[$0] }.flatMap { Int($0) }
    identity = RunIdentity(
      source: project.isEmpty ? service.id : service.id + ":" + project, id: id,
      attempt: attempt.map { $0 - service.firstAttempt + 1 } ?? 1)
    self.workspace = workspace.hasPrefix("~/") ? (values["HOME"] ?? "") + workspace.dropFirst() : workspace
    commit = values[service.commit]
    branch = service.branch(in: values)
    startedAt = service.startedAt.flatMap { values[$0] }.flatMap { Timestamp(iso8601: $0) }
    labels = service.job.flatMap { values[$0] }.map { ["job": $0] } ?? [:]
  }

  /// Whether a path lies in the job's folder; what comes in through standard input is the job's own.
  func covers(_ absolute: String?) -> Bool {
    guard let absolute else { return true }
    return FilePath.resolved(workspace).map { FilePath.lies(absolute, in: $0) } ?? false
  }
}
