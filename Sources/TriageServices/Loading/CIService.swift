internal import SystemKit
internal import TriageModel

/// A CI system, told by the variables that it gives its jobs.
struct CIService {
  /// The name before the project in a run's source: `github:acme/shop`.
  let id: String
  /// A variable that only this system sets; nil where its run's variable is such.
  var sign: String?
  /// What names the project, joined by slashes.
  let project: [String]
  /// What names the run: the first that is set.
  let run: [String]
  var attempt: String?
  /// What the first attempt is counted as.
  var firstAttempt = 1
  /// The folder that the job works in: the first that is set.
  let workspace: [String]
  let commit: String
  /// The branch: the first that is set.
  let branch: [String]
  var request = Request()
  var startedAt: String?
  var job: String?

  /// What a request to merge says of its branches.
  struct Request {
    /// The branch that it comes from.
    var head: String?
    /// The branch that it goes to.
    var base: String?
    /// What names the request itself.
    var name: String?
  }

  /// The branch of a job.
  ///
  /// A fork's branch may have the name of the one that it goes to; then the request's own name tells it from that.
  func branch(in values: [String: String]) -> String? {
    if let head = request.head.flatMap({ values[$0] }) {
      guard head == request.base.flatMap({ values[$0] }) else { return head }
      return request.name.flatMap { values[$0] }.map { plain($0.allSatisfy(\.isNumber) ? "pull/" + $0 : $0) } ?? "pull/"
        + head
    }
    return branch.lazy.compactMap { values[$0] }.first.map(plain)
  }

  private func plain(_ name: String) -> String {
    for prefix in ["refs/heads/", "origin/", "refs/"] where name.hasPrefix(prefix) {
      return String(name.dropFirst(prefix.count))
    }
    return name
  }
}

extension CIService {
  /// The systems that are known; where the variables of two are set, the first counts.
  static let all: [CIService] = [
    CIService(
      id: "github", project: ["GITHUB_REPOSITORY"], run: ["GITHUB_RUN_ID"], attempt: "GITHUB_RUN_ATTEMPT",
      workspace: ["GITHUB_WORKSPACE"], commit: "GITHUB_SHA", branch: ["GITHUB_REF_NAME"],
      request: Request(head: "GITHUB_HEAD_REF", base: "GITHUB_BASE_REF", name: "GITHUB_REF"), job: "GITHUB_JOB"),
    CIService(
      id: "gitlab", project: ["CI_PROJECT_PATH"], run: ["CI_PIPELINE_ID"], workspace: ["CI_PROJECT_DIR"],
      commit: "CI_COMMIT_SHA", branch: ["CI_COMMIT_BRANCH", "CI_COMMIT_REF_NAME"],
      request: Request(
        head: "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", base: "CI_MERGE_REQUEST_TARGET_BRANCH_NAME",
        name: "CI_MERGE_REQUEST_REF_PATH"),
      startedAt: "CI_JOB_STARTED_AT", job: "CI_JOB_NAME"),
    CIService(
      id: "buildkite", project: ["BUILDKITE_ORGANIZATION_SLUG", "BUILDKITE_PIPELINE_SLUG"],
      run: ["BUILDKITE_BUILD_NUMBER"], attempt: "BUILDKITE_RETRY_COUNT", firstAttempt: 0,
      workspace: ["BUILDKITE_BUILD_CHECKOUT_PATH"], commit: "BUILDKITE_COMMIT", branch: ["BUILDKITE_BRANCH"],
      job: "BUILDKITE_STEP_KEY"),
    CIService(
      id: "circleci", sign: "CIRCLECI", project: ["CIRCLE_PROJECT_USERNAME", "CIRCLE_PROJECT_REPONAME"],
      run: ["CIRCLE_WORKFLOW_ID", "CIRCLE_BUILD_NUM"], workspace: ["CIRCLE_WORKING_DIRECTORY"], commit: "CIRCLE_SHA1",
      branch: ["CIRCLE_BRANCH"], job: "CIRCLE_JOB"),
    CIService(
      id: "azure", project: ["SYSTEM_TEAMPROJECT", "BUILD_DEFINITIONNAME"], run: ["BUILD_BUILDID"],
      attempt: "SYSTEM_JOBATTEMPT", workspace: ["PIPELINE_WORKSPACE", "BUILD_SOURCESDIRECTORY"],
      commit: "BUILD_SOURCEVERSION", branch: ["BUILD_SOURCEBRANCH"], job: "SYSTEM_JOBNAME"),
    CIService(
      id: "bitbucket", project: ["BITBUCKET_REPO_FULL_NAME"], run: ["BITBUCKET_BUILD_NUMBER"],
      workspace: ["BITBUCKET_CLONE_DIR"], commit: "BITBUCKET_COMMIT", branch: ["BITBUCKET_BRANCH"]),
    CIService(
      id: "travis", project: ["TRAVIS_REPO_SLUG"], run: ["TRAVIS_BUILD_ID"], workspace: ["TRAVIS_BUILD_DIR"],
      commit: "TRAVIS_COMMIT", branch: ["TRAVIS_BRANCH"],
      request: Request(head: "TRAVIS_PULL_REQUEST_BRANCH", base: "TRAVIS_BRANCH", name: "TRAVIS_PULL_REQUEST"),
      job: "TRAVIS_JOB_NAME"),
    CIService(
      id: "semaphore", project: ["SEMAPHORE_PROJECT_NAME"], run: ["SEMAPHORE_WORKFLOW_ID"],
      workspace: ["SEMAPHORE_GIT_DIR"], commit: "SEMAPHORE_GIT_SHA",
      branch: ["SEMAPHORE_GIT_WORKING_BRANCH", "SEMAPHORE_GIT_BRANCH"], job: "SEMAPHORE_JOB_NAME"),
    CIService(
      id: "cirrus", project: ["CIRRUS_REPO_FULL_NAME"], run: ["CIRRUS_BUILD_ID"], workspace: ["CIRRUS_WORKING_DIR"],
      commit: "CIRRUS_CHANGE_IN_REPO", branch: ["CIRRUS_BRANCH"], job: "CIRRUS_TASK_NAME"),
    CIService(
      id: "jenkins", project: ["JOB_NAME"], run: ["BUILD_NUMBER", "BUILD_TAG"], workspace: ["WORKSPACE"],
      commit: "GIT_COMMIT", branch: ["BRANCH_NAME", "GIT_BRANCH"]),
  ]
}

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
