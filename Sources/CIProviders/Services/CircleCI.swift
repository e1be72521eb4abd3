internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// CircleCI: a run is a workflow of a pipeline. (circleci.com/docs/api/v2)
enum CircleCI: CIProvider {
  static let id = "circleci"
  static let title = "CircleCI"
  static let links = [
    "https://app.circleci.com/pipelines/github/ORG/REPO/N[/workflows/ID[/jobs/N]]",
    "https://app.circleci.com/pipelines/github/ORG/REPO?branch=BRANCH", "circleci:gh/ORG/REPO[@BRANCH]",
  ]
  static let tokens = ["CIRCLE_TOKEN", "CIRCLECI_CLI_TOKEN"]

  private static let right = "a personal token of somebody who may see the project"
  private static let systems = ["github": "gh", "bitbucket": "bb"]

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    var project: [String]
    var subject = CITarget.Subject.project
    switch link {
    case .short(let service, let text):
      guard service == id, let form = ShortForm(text) else { return nil }
      (project, subject) = (form.project, form.subject)
    case .web(let address):
      guard ["app.circleci.com", "circleci.com"].contains(address.origin.host) else { return nil }
      var parts = address.parts
      if parts.first == "pipelines" { parts.removeFirst() }
      guard parts.count > 2 else { return nil }
      project = Array(parts.prefix(3))
      let rest = Array(parts.dropFirst(3))
      if rest.count > 2, rest[1] == "workflows" {
        subject = rest.count > 4 && rest[3] == "jobs" ? .job(rest[4], run: rest[2]) : .run(rest[2], attempt: nil)
      } else if let number = rest.first, number.allSatisfy(\.isNumber) {
        subject = .request(number)
      } else if let branch = address.field("branch") {
        subject = .branch(branch)
      }
    }
    guard project.count == 3,
      let server = world.server("CIRCLECI_CLI_HOST") ?? WebAddress("https://circleci.com")
    else { return nil }
    project[0] = systems[project[0]] ?? project[0]
    return CITarget(
      service: id, api: server.adding(["api", "v2"]), project: project.joined(separator: "/"), subject: subject)
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    // Artifacts lie on hosts of the service that ask for the token again.
    world.secret(tokens).map {
      HTTPCredential("Circle-Token", $0, for: [target.api.origin], families: ["circle-artifacts.com"])
    }
  }

  // MARK: - Runs

  private static func project(_ target: CITarget, _ parts: [String]) -> WebAddress {
    target.api.adding(["project"] + target.project.split(separator: "/").map(String.init) + parts)
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    switch target.subject {
    case .run(let id, _): return [try workflow(id, nil, target, session)]
    case .job(let job, let id):
      guard let id else { throw .link("the link of a job names its workflow") }
      return [try workflow(id, job, target, session)]
    // The number in a link is that of a pipeline.
    case .request(let number):
      let value = try session.json(project(target, ["pipeline", number]), "pipeline \(number)", right: right)
      return try workflows(of: value, target, session)
    case .commit: throw .link("CircleCI lists no pipelines by their commit: name the branch")
    case .branch(let branch): return try listed(branch, target, choice, session)
    case .project: return try listed(choice.branch, target, choice, session)
    }
  }

  private static func listed(
    _ branch: String?, _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var runs: [CIRun] = []
    let address = project(target, ["pipeline"])
    try items(address, branch.map { [("branch", $0)] } ?? [], "project \(target.project)", session) {
      value throws(CIError) in
      let created = value["created_at"]?.string.flatMap { Timestamp(iso8601: $0) }
      if let since = choice.since, let created, created < since { return false }
      runs += try workflows(of: value, target, session)
      return runs.count < CIChoice.most && (choice.since != nil || choice.chosen(runs).count < choice.last ?? 1)
    }
    return choice.chosen(runs)
  }

  /// Calls `take` for the items of all pages, as long as it wants more.
  private static func items(
    _ address: WebAddress, _ fields: [(String, String)], _ what: String, _ session: CISession,
    take: (JSONValue) throws(CIError) -> Bool
  ) throws(CIError) {
    var next: String?
    var pages = 0
    repeat {
      let page = next.map { [("page-token", $0)] } ?? []
      let value = try session.json(address.adding([], fields + page), what, right: right)
      for item in value["items"]?.array ?? [] { guard try take(item) else { return } }
      next = value["next_page_token"]?.string
      pages += 1
    } while next != nil && pages < 500
  }

  private static func workflows(
    of pipeline: JSONValue, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    guard let id = pipeline["id"]?.string else {
      throw .unreadable(host: target.api.origin.host, words: "the pipeline has no id")
    }
    var runs: [CIRun] = []
    try items(target.api.adding(["pipeline", id, "workflow"]), [], "pipeline \(id)", session) { value throws(CIError) in
      if let run = run(value, pipeline, target) { runs.append(run) }
      return true
    }
    return runs
  }

  private static func workflow(
    _ id: String, _ job: String?, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRun {
    let value = try session.json(target.api.adding(["workflow", id]), "workflow \(id)", right: right)
    guard let pipeline = value["pipeline_id"]?.string else {
      throw .unreadable(host: target.api.origin.host, words: "the workflow has no pipeline")
    }
    let of = try session.json(target.api.adding(["pipeline", pipeline]), "pipeline \(pipeline)", right: right)
    guard var run = run(value, of, target) else {
      throw .unreadable(host: target.api.origin.host, words: "the workflow has no id")
    }
    run.handle["job"] = job
    return run
  }

  /// A workflow of its JSON and that of its pipeline.
  static func run(_ value: JSONValue, _ pipeline: JSONValue, _ target: CITarget) -> CIRun? {
    guard let id = value["id"]?.string else { return nil }
    let name = value["name"]?.string ?? "workflow"
    // The source as the service's own variables name it.
    let source = "circleci:" + target.project.split(separator: "/").dropFirst().joined(separator: "/")
    var run = CIRun(
      identity: RunIdentity(source: source, id: id), title: "\(name) #\(value["pipeline_number"]?.int ?? 0)")
    run.commit = pipeline["vcs"]?["revision"]?.string
    run.branch = pipeline["vcs"]?["branch"]?.string
    run.startedAt = value["created_at"]?.string.flatMap { Timestamp(iso8601: $0) }
    let status = value["status"]?.string ?? ""
    run.isRunning = ["running", "failing", "on_hold"].contains(status)
    run.conclusion = run.isRunning ? nil : status
    run.labels = ["workflow": name]
    return run
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    var contents = CIContents()
    let id = run.identity.id
    var numbers: [(number: String, name: String)] = []
    try items(target.api.adding(["workflow", id, "job"]), [], "workflow \(id)", session) { value throws(CIError) in
      var job = job(value, run)
      if let number = value["job_number"]?.int {
        numbers.append((String(number), job.name))
        job.isMeant = run.handle["job"] == String(number)
        job.log = details(ofJob: String(number), target)
      }
      contents.jobs.append(job)
      return true
    }
    for (number, name) in numbers {
      try items(project(target, [number, "artifacts"]), [], "job \(name)", session) { value throws(CIError) in
        if let artifact = artifact(value, job: name) { contents.artifacts.append(artifact) }
        return true
      }
      contents.results.append(
        CIResults(name: "tests-of-\(name)-\(number)", address: project(target, [number, "tests"])))
    }
    return contents
  }

  static func job(_ value: JSONValue, _ run: CIRun) -> CIJob {
    var job = CIJob(id: value["id"]?.string ?? "", name: value["name"]?.string ?? "")
    let status = value["status"]?.string ?? ""
    let isOpen = ["running", "not_running", "queued", "on_hold", "blocked", "retried", "infrastructure_fail"]
    job.conclusion = isOpen.dropLast().contains(status) ? nil : status
    return job
  }

  /// A file; those of several jobs and containers have the same paths.
  static func artifact(_ value: JSONValue, job: String) -> CIArtifact? {
    guard let path = value["path"]?.string, let address = value["url"]?.string.flatMap({ WebAddress($0) }) else {
      return nil
    }
    let node = value["node_index"]?.int ?? 0
    let folder = job.replacing("/", with: "-") + (node > 0 ? "-\(node)" : "")
    var artifact = CIArtifact(name: folder + "/" + path, address: address)
    artifact.isFile = true
    return artifact
  }

  static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult] {
    var tests: [CITestResult] = []
    try items(results.address, [], "tests", session) { value throws(CIError) in
      tests.append(result(value, suite: results.name))
      return true
    }
    return tests
  }

  /// A test as the service keeps it.
  static func result(_ value: JSONValue, suite: String) -> CITestResult {
    let outcomes: [String: CITestResult.Outcome] = [
      "success": .passed, "failure": .failed, "error": .errored, "skipped": .skipped,
    ]
    var result = CITestResult(
      suite: suite, name: value["name"]?.string ?? "", outcome: outcomes[value["result"]?.string ?? ""] ?? .errored)
    result.className = value["classname"]?.string
    result.file = value["file"]?.string
    result.seconds = value["run_time"]?.double
    let message = value["message"]?.string ?? ""
    result.message = message.split(separator: "\n").first.map(String.init)
    result.details = message
    return result
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    let members: [(String, JSONValue)] =
      switch scope {
      case .failed: [("from_failed", .bool(true))]
      case .all: [("from_failed", .bool(false))]
      case .job(let job): [("jobs", .array([.string(job)]))]
      }
    let value = try session.change(
      .post, target.api.adding(["workflow", run.identity.id, "rerun"]), sending: members, "workflow \(run.identity.id)",
      right: right)
    var identity = run.identity
    if let id = value["workflow_id"]?.string { identity.id = id }
    return CIRerun(identity: identity, link: nil)
  }
}
