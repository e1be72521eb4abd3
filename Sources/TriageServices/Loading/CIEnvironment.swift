internal import Foundation
internal import SystemKit
internal import TriageModel

/// What the CI system says of the job that assay runs in.
struct CIEnvironment: Equatable {
  let identity: RunIdentity
  var commit: String?
  var branch: String?
  var startedAt: Timestamp?
  var labels: [String: String] = [:]
  /// The folder the job works in; reports elsewhere are none of its own.
  let workspace: String

  /// Reads the variables of the CI systems that are known; nil outside of them.
  init?(_ environment: [String: String]) {
    let values = environment.filter { !$0.value.isEmpty }
    let found =
      Self.gitHub(values) ?? Self.gitLab(values) ?? Self.buildkite(values) ?? Self.circle(values)
      ?? Self.azure(values) ?? Self.jenkins(values)
    guard let found else { return nil }
    self = found
  }

  private init?(
    _ system: String, place: String?, id: String?, attempt: String? = nil, workspace: String?,
    environment: [String: String]
  ) {
    guard let id, let workspace else { return nil }
    let source = place.map { system + ":" + $0 } ?? system
    identity = RunIdentity(source: source, id: id, attempt: attempt.flatMap { Int($0) } ?? 1)
    self.workspace = workspace.hasPrefix("~/") ? (environment["HOME"] ?? "") + workspace.dropFirst() : workspace
  }

  /// Whether a path lies in the job's folder; what comes in through standard input is the job's own.
  func covers(_ absolute: String?) -> Bool {
    guard let absolute else { return true }
    return FilePath.resolved(workspace).map { FilePath.lies(absolute, in: $0) } ?? false
  }

  private static func gitHub(_ values: [String: String]) -> CIEnvironment? {
    var found = CIEnvironment(
      "github", place: values["GITHUB_REPOSITORY"], id: values["GITHUB_RUN_ID"], attempt: values["GITHUB_RUN_ATTEMPT"],
      workspace: values["GITHUB_WORKSPACE"], environment: values)
    found?.commit = values["GITHUB_SHA"]
    found?.branch = values["GITHUB_HEAD_REF"] ?? values["GITHUB_REF_NAME"]
    found?.labels["job"] = values["GITHUB_JOB"]
    return found
  }

  private static func gitLab(_ values: [String: String]) -> CIEnvironment? {
    var found = CIEnvironment(
      "gitlab", place: values["CI_PROJECT_PATH"], id: values["CI_PIPELINE_ID"], workspace: values["CI_PROJECT_DIR"],
      environment: values)
    found?.commit = values["CI_COMMIT_SHA"]
    found?.branch =
      values["CI_MERGE_REQUEST_SOURCE_BRANCH_NAME"] ?? values["CI_COMMIT_BRANCH"] ?? values["CI_COMMIT_REF_NAME"]
    found?.startedAt = values["CI_JOB_STARTED_AT"].flatMap { Timestamp(iso8601: $0) }
    found?.labels["job"] = values["CI_JOB_NAME"]
    return found
  }

  private static func buildkite(_ values: [String: String]) -> CIEnvironment? {
    let place = [values["BUILDKITE_ORGANIZATION_SLUG"], values["BUILDKITE_PIPELINE_SLUG"]].compactMap(\.self)
    var found = CIEnvironment(
      "buildkite", place: place.isEmpty ? nil : place.joined(separator: "/"), id: values["BUILDKITE_BUILD_NUMBER"],
      attempt: values["BUILDKITE_RETRY_COUNT"].flatMap { Int($0) }.map { String($0 + 1) },
      workspace: values["BUILDKITE_BUILD_CHECKOUT_PATH"], environment: values)
    found?.commit = values["BUILDKITE_COMMIT"]
    found?.branch = values["BUILDKITE_BRANCH"]
    found?.labels["job"] = values["BUILDKITE_STEP_KEY"]
    return found
  }

  private static func circle(_ values: [String: String]) -> CIEnvironment? {
    guard values["CIRCLECI"] != nil else { return nil }
    let place = [values["CIRCLE_PROJECT_USERNAME"], values["CIRCLE_PROJECT_REPONAME"]].compactMap(\.self)
    var found = CIEnvironment(
      "circleci", place: place.isEmpty ? nil : place.joined(separator: "/"),
      id: values["CIRCLE_WORKFLOW_ID"] ?? values["CIRCLE_BUILD_NUM"], workspace: values["CIRCLE_WORKING_DIRECTORY"],
      environment: values)
    found?.commit = values["CIRCLE_SHA1"]
    found?.branch = values["CIRCLE_BRANCH"]
    found?.labels["job"] = values["CIRCLE_JOB"]
    return found
  }

  private static func azure(_ values: [String: String]) -> CIEnvironment? {
    let place = [values["SYSTEM_TEAMPROJECT"], values["BUILD_DEFINITIONNAME"]].compactMap(\.self)
    var found = CIEnvironment(
      "azure", place: place.isEmpty ? nil : place.joined(separator: "/"), id: values["BUILD_BUILDID"],
      attempt: values["SYSTEM_JOBATTEMPT"], workspace: values["PIPELINE_WORKSPACE"] ?? values["BUILD_SOURCESDIRECTORY"],
      environment: values)
    found?.commit = values["BUILD_SOURCEVERSION"]
    found?.branch = values["BUILD_SOURCEBRANCH"].map { plainBranch($0) }
    found?.labels["job"] = values["SYSTEM_JOBNAME"]
    return found
  }

  private static func jenkins(_ values: [String: String]) -> CIEnvironment? {
    var found = CIEnvironment(
      "jenkins", place: values["JOB_NAME"], id: values["BUILD_NUMBER"] ?? values["BUILD_TAG"],
      workspace: values["WORKSPACE"], environment: values)
    found?.commit = values["GIT_COMMIT"]
    found?.branch = values["BRANCH_NAME"] ?? values["GIT_BRANCH"].map { plainBranch($0) }
    return found
  }

  private static func plainBranch(_ name: String) -> String {
    for prefix in ["refs/heads/", "origin/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}
