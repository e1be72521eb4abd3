internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// Buildkite: a run is a build of a pipeline. (buildkite.com/docs/apis/rest-api, v2)
enum Buildkite: CIProvider {
  static let id = "buildkite"
  static let title = "Buildkite"
  static let links = [
    "https://buildkite.com/ORG/PIPELINE/builds/N[#JOB]", "https://buildkite.com/ORG/PIPELINE",
    "buildkite:ORG/PIPELINE[@BRANCH|/builds/N]",
  ]
  static let tokens = ["BUILDKITE_API_TOKEN", "BUILDKITE_TOKEN"]

  private static let right = "the scopes read_builds, read_artifacts and read_build_logs"

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    let project: [String]
    let subject: CITarget.Subject
    switch link {
    case .short(let service, let text):
      guard service == id, let form = ShortForm(text) else { return nil }
      (project, subject) = (form.project, form.subject)
    case .web(let address):
      guard address.origin.host == "buildkite.com" else { return nil }
      let parts = address.parts
      project = Array(parts.prefix(2))
      if parts.count > 3, parts[2] == "builds", parts[3].allSatisfy(\.isNumber) {
        subject = address.fragment.map { .job($0, run: parts[3]) } ?? .run(parts[3], attempt: nil)
      } else {
        subject = .project
      }
    }
    guard project.count == 2,
      let api = world.server("BUILDKITE_REST_API_ENDPOINT") ?? WebAddress("https://api.buildkite.com")
    else { return nil }
    return CITarget(service: id, api: api.adding(["v2"]), project: project.joined(separator: "/"), subject: subject)
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    world.secret(tokens).map { HTTPCredential("Authorization", $0, scheme: "Bearer ", for: [target.api.origin]) }
  }

  // MARK: - Runs

  private static func base(_ target: CITarget, _ parts: String..., fields: [(String, String)] = []) -> WebAddress {
    let project = target.project.split(separator: "/").map(String.init)
    return target.api.adding(["organizations", project[0], "pipelines", project[1], "builds"] + parts, fields)
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var fields = [("per_page", "100")]
    switch target.subject {
    case .run(let number, _): return [try build(number, target, session)]
    case .job(let job, let number):
      guard let number else { throw .link("the link of a job names its build") }
      var run = try build(number, target, session)
      run.handle["job"] = job
      return [run]
    case .branch(let branch): fields.append(("branch", branch))
    case .commit(let commit): fields.append(("commit", commit))
    case .request(let number):
      throw .link("Buildkite lists no builds by the number of a pull request (\(number)): name its branch")
    case .project: if let branch = choice.branch { fields.append(("branch", branch)) }
    }
    if let since = choice.since { fields.append(("created_from", since.description)) }
    var choice = choice
    if choice.since == nil { choice.last = choice.last ?? 1 }
    let wanted = choice
    var runs: [CIRun] = []
    try session.pages(base(target, fields: fields), "pipeline \(target.project)", right: right) { page in
      let more = page.array ?? []
      runs += more.compactMap { run($0, target) }
      return !more.isEmpty && runs.count < CIChoice.most
        && (wanted.since != nil || wanted.chosen(runs).count < wanted.last ?? 1)
    }
    return choice.chosen(runs)
  }

  private static func build(_ number: String, _ target: CITarget, _ session: CISession) throws(CIError) -> CIRun {
    let value = try session.json(base(target, number), "build \(number)", right: right)
    guard let run = run(value, target) else {
      throw .unreadable(host: target.api.origin.host, words: "the build has no number")
    }
    return run
  }

  /// A build of its JSON.
  static func run(_ value: JSONValue, _ target: CITarget) -> CIRun? {
    guard let number = value["number"]?.int else { return nil }
    var run = CIRun(
      identity: RunIdentity(source: "buildkite:" + target.project, id: String(number)), title: "build \(number)")
    run.commit = value["commit"]?.string
    run.branch = value["branch"]?.string
    run.startedAt = (value["started_at"]?.string ?? value["created_at"]?.string).flatMap { Timestamp(iso8601: $0) }
    let state = value["state"]?.string ?? ""
    run.isRunning = ["creating", "scheduled", "running", "failing", "canceling"].contains(state)
    run.conclusion = run.isRunning ? nil : state
    run.link = value["web_url"]?.string
    return run
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    let number = run.identity.id
    var contents = CIContents()
    let build = try session.json(base(target, number), "build \(number)", right: right)
    contents.jobs = (build["jobs"]?.array ?? []).filter { $0["type"]?.string == "script" }.map { job($0, run, target) }
    let names = Dictionary(contents.jobs.map { ($0.id, $0.name) }) { first, _ in first }
    try session.pages(
      base(target, number, "artifacts", fields: [("per_page", "100")]), "build \(number)", right: right
    ) { page in
      let more = page.array ?? []
      contents.artifacts += more.compactMap { artifact($0, names) }
      return !more.isEmpty
    }
    return contents
  }

  static func job(_ value: JSONValue, _ run: CIRun, _ target: CITarget) -> CIJob {
    let id = value["id"]?.string ?? ""
    let group =
      value["parallel_group_index"]?.int.map { " \($0 + 1) of \(value["parallel_group_total"]?.int ?? 0)" } ?? ""
    var job = CIJob(id: id, name: (value["name"]?.string ?? value["step_key"]?.string ?? id) + group)
    let state = value["state"]?.string ?? ""
    let isOpen = [
      "pending", "waiting", "blocked", "scheduled", "assigned", "accepted", "running", "canceling", "limited",
    ]
    job.conclusion = isOpen.contains(state) ? nil : state
    // A job ends as finished, whatever its status was.
    if let status = value["exit_status"]?.int, status != 0 { job.conclusion = "status \(status)" }
    if state == "finished", value["exit_status"]?.int == 0 { job.conclusion = "passed" }
    job.isMeant = run.handle["job"] == id
    if value["started_at"]?.string != nil { job.log = base(target, run.identity.id, "jobs", id, "log.txt") }
    return job
  }

  /// A file; those of several jobs have the same paths.
  static func artifact(_ value: JSONValue, _ jobs: [String: String]) -> CIArtifact? {
    guard let path = value["path"]?.string,
      let address = value["download_url"]?.string.flatMap({ WebAddress($0) }), value["state"]?.string != "error"
    else { return nil }
    let job = value["job_id"]?.string.flatMap { jobs[$0] }
    var artifact = CIArtifact(name: (job.map { $0.replacing("/", with: "-") + "/" } ?? "") + path, address: address)
    artifact.size = value["file_size"]?.int
    artifact.isExpired = ["expired", "deleted"].contains(value["state"]?.string ?? "")
    artifact.isFile = true
    return artifact
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    let number = run.identity.id
    let address =
      switch scope {
      case .failed: base(target, number, "retry_failed_jobs")
      case .all: base(target, number, "rebuild")
      case .job(let job): base(target, number, "jobs", job, "retry")
      }
    let value = try session.change(
      .put, address, sending: scope == .failed ? [("states", .string("failed,soft_failed"))] : [], "build \(number)",
      right: "the scope write_builds")
    var identity = run.identity
    if scope == .all, let number = value["number"]?.int { identity.id = String(number) }
    return CIRerun(identity: identity, link: value["web_url"]?.string ?? run.link)
  }
}
