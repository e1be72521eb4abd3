internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// GitLab, on gitlab.com and on servers of one's own: a run is a pipeline with its child pipelines. (docs.gitlab.com/api, v4)
enum GitLab: CIProvider {
  static let id = "gitlab"
  static let title = "GitLab"
  static let links = [
    "https://gitlab.com/GROUP/PROJECT/-/pipelines/ID", "https://gitlab.com/GROUP/PROJECT/-/jobs/ID",
    "https://gitlab.com/GROUP/PROJECT/-/merge_requests/N", "https://gitlab.com/GROUP/PROJECT/-/commit/SHA",
    "https://gitlab.com/GROUP/PROJECT/-/tree/BRANCH", "gitlab:GROUP/PROJECT[!MR|@BRANCH|/pipelines/ID|/jobs/ID]",
  ]
  static let tokens = ["GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN", "OAUTH_TOKEN", "CI_JOB_TOKEN"]

  private static let right = "read_api"
  /// Child pipelines of a pipeline that are looked at.
  private static let mostChildren = 20

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    switch link {
    case .short(let service, let text):
      guard service == id, let form = ShortForm(text), form.project.count > 1,
        let web = server(world) ?? WebAddress("https://gitlab.com")
      else { return nil }
      return target(web, form.project.joined(separator: "/"), form.subject, world)
    case .web(let address):
      guard isOwn(address.origin, world) else { return nil }
      let parts = address.parts
      let dash = parts.firstIndex(of: "-") ?? parts.endIndex
      let project = parts[..<dash]
      guard project.count > 1, let subject = subject(Array(parts[dash...].dropFirst()), address) else { return nil }
      return target(WebAddress(address.origin), project.joined(separator: "/"), subject, world)
    }
  }

  private static func subject(_ parts: [String], _ address: WebAddress) -> CITarget.Subject? {
    func number() -> String? { parts.count > 1 && parts[1].allSatisfy(\.isNumber) ? parts[1] : nil }
    switch parts.first {
    case nil: return .project
    case "pipelines":
      return number().map { .run($0, attempt: nil) } ?? address.field("ref").map { .branch($0) } ?? .project
    case "jobs": return number().map { .job($0, run: nil) }
    case "merge_requests": return number().map { .request($0) }
    case "commit": return parts.count > 1 ? .commit(parts[1]) : nil
    case "tree", "commits": return parts.count > 1 ? .branch(parts.dropFirst().joined(separator: "/")) : nil
    default: return nil
    }
  }

  private static func target(
    _ web: WebAddress, _ project: String, _ subject: CITarget.Subject, _ world: CIWorld
  ) -> CITarget {
    let named = world.server("CI_API_V4_URL").flatMap { $0.origin == web.origin ? $0 : nil }
    return CITarget(service: id, api: named ?? web.adding(["api", "v4"]), project: project, subject: subject)
  }

  private static func server(_ world: CIWorld) -> WebAddress? {
    world.server("GITLAB_HOST", "GL_HOST", "CI_SERVER_URL", "CI_SERVER_HOST")
  }

  private static func isOwn(_ origin: WebAddress.Origin, _ world: CIWorld) -> Bool {
    origin.host == "gitlab.com" || world.hosts[origin.host] == id || servers(world).contains(origin)
  }

  private static func servers(_ world: CIWorld) -> [WebAddress.Origin] {
    [world.server("GITLAB_HOST", "GL_HOST"), world.server("CI_SERVER_URL", "CI_SERVER_HOST")].compactMap { $0?.origin }
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    let origin = target.api.origin
    // The token is for the host that is named; without one it is for gitlab.com.
    let chosen = world.server("GITLAB_HOST", "GL_HOST")?.origin
    let isMeant = chosen.map { $0 == origin } ?? (origin.host == "gitlab.com") || world.hosts[origin.host] == id
    if isMeant || world.server("CI_SERVER_URL", "CI_SERVER_HOST")?.origin == origin {
      if let secret = world.secret(["GITLAB_TOKEN", "GITLAB_ACCESS_TOKEN"]) {
        return HTTPCredential("PRIVATE-TOKEN", secret, for: [origin])
      }
      if let secret = world.secret(["OAUTH_TOKEN"]) {
        return HTTPCredential("Authorization", secret, scheme: "Bearer ", for: [origin])
      }
    }
    if let secret = world.ask(id, origin.host) { return HTTPCredential("PRIVATE-TOKEN", secret, for: [origin]) }
    guard world.server("CI_SERVER_URL", "CI_SERVER_HOST")?.origin == origin, let secret = world.secret(["CI_JOB_TOKEN"])
    else { return nil }
    return HTTPCredential("JOB-TOKEN", secret, for: [origin])
  }

  // MARK: - Runs

  static func base(_ target: CITarget, _ parts: String..., fields: [(String, String)] = []) -> WebAddress {
    target.api.adding(["projects", target.project] + parts, fields)
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    switch target.subject {
    case .run(let id, _): return [try pipeline(id, target, session)]
    case .job(let job, _):
      let found = try session.json(base(target, "jobs", job), "job \(job)", right: right)
      guard let pipeline = found["pipeline"]?["id"]?.int else {
        throw .unreadable(host: target.api.origin.host, words: "the job has no pipeline")
      }
      var run = try self.pipeline(String(pipeline), target, session)
      run.handle["job"] = job
      return [run]
    case .request(let number):
      return try detailed(
        list(base(target, "merge_requests", number, "pipelines"), "merge request \(number)", target, choice, session),
        choice, target, session)
    case .commit(let commit): return try listed([("sha", commit)], target, choice, session)
    case .branch(let branch): return try listed([("ref", branch)], target, choice, session)
    case .project: return try listed(choice.branch.map { [("ref", $0)] } ?? [], target, choice, session)
    }
  }

  private static func listed(
    _ fields: [(String, String)], _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    let since = choice.since.map { [("created_after", $0.description)] } ?? []
    let address = base(target, "pipelines", fields: fields + since + [("per_page", "100")])
    return try detailed(
      list(address, "project \(target.project)", target, choice, session), choice, target, session)
  }

  private static func list(
    _ address: WebAddress, _ what: String, _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var runs: [CIRun] = []
    try session.pages(address, what, right: right) { page in
      let more = page.array ?? []
      runs += more.compactMap { run($0, target) }
      let isEnough = choice.since == nil && choice.chosen(runs).count >= choice.last ?? 1
      return !more.isEmpty && !isEnough && runs.count < CIChoice.most
    }
    return runs
  }

  /// Those that are chosen, with what a list leaves out: when they began. Of a commit it is the newest pipeline.
  private static func detailed(
    _ runs: [CIRun], _ choice: CIChoice, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var choice = choice
    if choice.since == nil { choice.last = choice.last ?? 1 }
    var detailed: [CIRun] = []
    for run in choice.chosen(runs) { detailed.append(try pipeline(run.identity.id, target, session)) }
    return detailed
  }

  private static func pipeline(_ id: String, _ target: CITarget, _ session: CISession) throws(CIError) -> CIRun {
    let value = try session.json(base(target, "pipelines", id), "pipeline \(id)", right: right)
    guard let run = run(value, target) else {
      throw .unreadable(host: target.api.origin.host, words: "the pipeline has no id")
    }
    return run
  }

  /// A pipeline of its JSON.
  static func run(_ value: JSONValue, _ target: CITarget) -> CIRun? {
    guard let number = value["id"]?.int else { return nil }
    var run = CIRun(
      identity: RunIdentity(source: "gitlab:" + target.project, id: String(number)), title: "pipeline \(number)")
    run.commit = value["sha"]?.string
    run.branch = value["ref"]?.string.map { ref in
      // The pipelines of requests have a name of their own.
      ref.hasPrefix("refs/") ? String(ref.dropFirst(5)) : ref
    }
    run.startedAt = (value["started_at"]?.string ?? value["created_at"]?.string).flatMap { Timestamp(iso8601: $0) }
    let status = value["status"]?.string ?? ""
    run.isRunning = [
      "created", "waiting_for_resource", "preparing", "pending", "running", "scheduled", "canceling",
    ].contains(status)
    run.conclusion = run.isRunning ? nil : status
    run.link = value["web_url"]?.string
    return run
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    var contents = CIContents()
    var pipelines = [run.identity.id]
    let bridges = base(target, "pipelines", run.identity.id, "bridges", fields: [("per_page", "100")])
    try session.pages(bridges, "pipeline \(run.identity.id)", right: right) { page in
      pipelines += (page.array ?? []).compactMap { $0["downstream_pipeline"]?["id"]?.int.map { String($0) } }
      return !(page.array ?? []).isEmpty
    }
    if pipelines.count > mostChildren + 1 {
      contents.losses.append("\(pipelines.count - mostChildren - 1) more child pipelines were not looked at (limit)")
    }
    for pipeline in pipelines.prefix(mostChildren + 1) {
      do throws(CIError) {
        try add(pipeline, of: run, target, session, to: &contents)
      } catch .missing where pipeline != run.identity.id {
        contents.losses.append("the child pipeline \(pipeline) is of another project, and was not fetched")
      }
    }
    return contents
  }

  private static func add(
    _ pipeline: String, of run: CIRun, _ target: CITarget, _ session: CISession, to contents: inout CIContents
  ) throws(CIError) {
    let jobs = base(target, "pipelines", pipeline, "jobs", fields: [("per_page", "100")])
    try session.pages(jobs, "pipeline \(pipeline)", right: right) { page in
      for value in page.array ?? [] {
        guard let job = job(value, run, target) else { continue }
        contents.jobs.append(job)
        if let artifact = artifact(value, job, target, now: session.now) { contents.artifacts.append(artifact) }
      }
      return !(page.array ?? []).isEmpty
    }
    let results = CIResults(
      name: "test-report" + (pipeline == run.identity.id ? "" : "-" + pipeline),
      address: base(target, "pipelines", pipeline, "test_report"))
    contents.results.append(results)
  }

  static func job(_ value: JSONValue, _ run: CIRun, _ target: CITarget) -> CIJob? {
    guard let number = value["id"]?.int else { return nil }
    var job = CIJob(id: String(number), name: value["name"]?.string ?? String(number))
    let status = value["status"]?.string ?? ""
    let isOpen = ["created", "pending", "running", "preparing", "scheduled", "waiting_for_resource", "canceling"]
    job.conclusion = isOpen.contains(status) ? nil : status
    if value["allow_failure"]?.bool == true, status == "failed" { job.conclusion = "failed (allowed)" }
    if job.isFailed, let reason = value["failure_reason"]?.string { job.failedSteps = [reason] }
    job.isMeant = run.handle["job"] == job.id
    job.seconds = value["duration"]?.double
    if value["started_at"]?.string != nil { job.log = base(target, "jobs", job.id, "trace") }
    return job
  }

  /// The archive of a job; a report that is not in it has no address of its own.
  static func artifact(_ value: JSONValue, _ job: CIJob, _ target: CITarget, now: Double) -> CIArtifact? {
    let expires = value["artifacts_expire_at"]?.string.flatMap { Timestamp(iso8601: $0) }
    let isExpired = expires.map { Double($0.milliseconds) / 1000 < now } ?? false
    let archive = value["artifacts_file"]
    guard archive?["filename"]?.string != nil || isExpired else { return nil }
    var artifact = CIArtifact(name: job.name, address: base(target, "jobs", job.id, "artifacts"))
    artifact.size = archive?["size"]?.int
    artifact.isExpired = isExpired && archive?["filename"]?.string == nil
    artifact.expiresAt = expires
    artifact.holdsReports = (value["artifacts"]?.array ?? []).contains { $0["file_type"]?.string == "junit" }
    return artifact
  }

  static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult] {
    let value = try session.json(results.address, "test report", right: right)
    return (value["test_suites"]?.array ?? []).flatMap { suite in
      let name = suite["name"]?.string ?? ""
      let broken = suite["suite_error"]?.string.map {
        CITestResult(suite: name, name: "report of \(name)", outcome: .errored, message: $0)
      }
      return (broken.map { [$0] } ?? []) + (suite["test_cases"]?.array ?? []).map { result($0, suite: name) }
    }
  }

  /// A test of a test report; its output is a text, or an object where the report was written oddly.
  static func result(_ value: JSONValue, suite: String) -> CITestResult {
    let outcomes: [String: CITestResult.Outcome] = ["success": .passed, "failed": .failed, "error": .errored]
    var result = CITestResult(
      suite: suite, name: value["name"]?.string ?? "", outcome: outcomes[value["status"]?.string ?? ""] ?? .skipped)
    result.className = value["classname"]?.string
    result.file = value["file"]?.string
    result.seconds = value["execution_time"]?.double
    let output = value["system_output"]
    let text = output?.string ?? output?["message"]?.string ?? ""
    result.message = text.split(separator: "\n").first.map(String.init)
    result.details = value["stack_trace"]?.string ?? text
    return result
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    let address: WebAddress
    switch scope {
    case .failed: address = base(target, "pipelines", run.identity.id, "retry")
    case .job(let job): address = base(target, "jobs", job, "retry")
    case .all: address = base(target, "pipeline", fields: run.branch.map { [("ref", $0)] } ?? [])
    }
    let value = try session.change(.post, address, "pipeline \(run.identity.id)", right: "api")
    var identity = run.identity
    if scope == .all, let number = value["id"]?.int { identity.id = String(number) }
    return CIRerun(identity: identity, link: value["web_url"]?.string ?? run.link)
  }
}
