internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// GitHub Actions, on github.com and on servers of one's own. (docs.github.com/rest/actions, version 2022-11-28)
enum GitHubActions: CIProvider {
  static let id = "github"
  static let title = "GitHub Actions"
  static let links = [
    "https://github.com/OWNER/REPO/actions/runs/ID[/attempts/N][/job/ID]", "https://github.com/OWNER/REPO/pull/N",
    "https://github.com/OWNER/REPO/commit/SHA", "https://github.com/OWNER/REPO/runs/ID",
    "https://github.com/OWNER/REPO/tree/BRANCH", "github:OWNER/REPO[#PR|@BRANCH|/runs/ID]",
  ]
  static let tokens = ["GH_TOKEN", "GITHUB_TOKEN"]
  static let headers = [
    "Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28",
  ]

  private static let right = "actions:read"
  /// Attempts of a run that are looked at, the newest first.
  private static let attempts = 10
  /// What the service lists for one question at most.
  private static let listed = 1000

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    switch link {
    case .short(let service, let text):
      guard service == id, let form = ShortForm(text) else { return nil }
      let own = server(world) ?? WebAddress("https://github.com")
      let hasHost = form.project.count == 3
      guard let web = hasHost ? WebAddress("https://" + form.project[0]) : own, form.project.count == (hasHost ? 3 : 2)
      else { return nil }
      return target(web.origin, form.project.suffix(2).joined(separator: "/"), form.subject, world)
    case .web(let address):
      let parts = address.parts
      guard isOwn(address.origin, world), parts.count >= 2, let subject = subject(Array(parts.dropFirst(2)), address)
      else { return nil }
      return target(address.origin, parts[0] + "/" + parts[1], subject, world)
    }
  }

  private static func subject(_ parts: [String], _ address: WebAddress) -> CITarget.Subject? {
    func part(_ index: Int) -> String? { index < parts.count ? parts[index] : nil }
    func number(_ index: Int) -> String? { part(index).flatMap { $0.allSatisfy(\.isNumber) ? $0 : nil } }
    switch part(0) {
    case nil: return .project
    case "actions" where part(1) == nil || part(1) == "workflows":
      return address.field("query").flatMap(branch).map { .branch($0) } ?? .project
    case "actions" where part(1) == "runs":
      guard let run = number(2) else { return nil }
      if part(3) == "job", let job = number(4) { return .job(job, run: run) }
      if part(3) == "attempts", part(5) == "job", let job = number(6) { return .job(job, run: run) }
      return .run(run, attempt: part(3) == "attempts" ? part(4).flatMap { Int($0) } : nil)
    case "runs": return number(1).map { .job($0, run: nil) }
    case "pull": return number(1).map { .request($0) }
    case "commit", "commits": return part(1).map { .commit($0) }
    case "tree": return part(1) == nil ? nil : .branch(parts.dropFirst().joined(separator: "/"))
    default: return nil
    }
  }

  /// `branch:main` in the search of the page of a workflow.
  private static func branch(_ query: String) -> String? {
    query.split { $0 == " " || $0 == "+" }.first { $0.hasPrefix("branch:") }.map { String($0.dropFirst(7)) }
  }

  private static func target(
    _ web: WebAddress.Origin, _ project: String, _ subject: CITarget.Subject, _ world: CIWorld
  ) -> CITarget? {
    guard let api = api(web, world) else { return nil }
    return CITarget(service: id, api: api, project: project, subject: subject)
  }

  /// The server that the variables name.
  private static func server(_ world: CIWorld) -> WebAddress? { world.server("GH_HOST", "GITHUB_SERVER_URL") }

  private static func isPublic(_ host: String) -> Bool { host == "github.com" || host.hasSuffix(".ghe.com") }

  private static func isOwn(_ origin: WebAddress.Origin, _ world: CIWorld) -> Bool {
    isPublic(origin.host) || world.hosts[origin.host] == id || servers(world).contains(origin)
  }

  private static func servers(_ world: CIWorld) -> [WebAddress.Origin] {
    [world.server("GH_HOST"), world.server("GITHUB_SERVER_URL")].compactMap { $0?.origin }
  }

  private static func api(_ web: WebAddress.Origin, _ world: CIWorld) -> WebAddress? {
    if world.server("GITHUB_SERVER_URL")?.origin == web, let api = world.server("GITHUB_API_URL") { return api }
    if isPublic(web.host) { return WebAddress("https://api." + web.host) }
    return WebAddress(web).adding(["api", "v3"])
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    let origin = target.api.origin
    let host = origin.host.hasPrefix("api.") ? String(origin.host.dropFirst(4)) : origin.host
    let names =
      if isPublic(host) {
        tokens
      } else if servers(world).contains(where: { $0.host == host }) || world.hosts[host] == id {
        ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"]
          + (world.server("GITHUB_SERVER_URL")?.origin.host == host ? ["GITHUB_TOKEN"] : [])
      } else { [String]() }
    guard let secret = world.secret(names) ?? world.ask(id, host) else { return nil }
    return HTTPCredential("Authorization", secret, scheme: "Bearer ", for: [origin])
  }

  // MARK: - Runs

  static func base(_ target: CITarget, _ parts: String..., fields: [(String, String)] = []) -> WebAddress {
    target.api.adding(["repos"] + target.project.split(separator: "/").map(String.init) + parts, fields)
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    switch target.subject {
    case .run(let id, let attempt): return try attempts(id, attempt, target, session)
    case .job(let job, _):
      let found = try session.json(base(target, "actions", "jobs", job), "job \(job)", right: right)
      guard let run = found["run_id"]?.int else { throw .unreadable(host: target.api.origin.host, words: "no run_id") }
      var runs = try attempts(String(run), found["run_attempt"]?.int ?? 1, target, session)
      for place in runs.indices { runs[place].handle["job"] = job }
      return runs
    case .request(let number):
      let request = try session.json(
        base(target, "pulls", number), "pull request \(number)", right: "pull_requests:read")
      guard let commit = request["head"]?["sha"]?.string else {
        throw .unreadable(host: target.api.origin.host, words: "no head.sha")
      }
      return try newest(list(target, [("head_sha", commit)], choice, session))
    case .commit(let commit): return try newest(list(target, [("head_sha", commit)], choice, session))
    case .branch(let branch): return try chosen(list(target, [("branch", branch)], choice, session), choice)
    case .project:
      return try chosen(list(target, choice.branch.map { [("branch", $0)] } ?? [], choice, session), choice)
    }
  }

  private static func chosen(_ runs: [CIRun], _ choice: CIChoice) -> [CIRun] {
    let chosen = choice.chosen(runs)
    return choice.last == nil && choice.since == nil ? newest(chosen) : chosen
  }

  /// Of each workflow the newest run.
  private static func newest(_ runs: [CIRun]) -> [CIRun] {
    var seen: Set<String> = []
    return runs.filter { seen.insert($0.handle["workflow"] ?? "").inserted }
  }

  /// A run and its attempts, the newest first; each with the time in which its artifacts were made.
  private static func attempts(
    _ id: String, _ wanted: Int?, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    let value = try session.json(base(target, "actions", "runs", id), "run \(id)", right: right)
    guard let newest = run(value, target) else {
      throw .unreadable(host: target.api.origin.host, words: "the run has no id")
    }
    if newest.identity.attempt == 1 { return [newest] }
    var runs = [newest]
    let oldest = max(wanted ?? 1, newest.identity.attempt - attempts + 1, 1)
    var number = newest.identity.attempt - 1
    while number >= oldest {
      let address = base(target, "actions", "runs", id, "attempts", String(number))
      let value = try session.json(address, "attempt \(number) of run \(id)", right: right)
      if var earlier = run(value, target) {
        earlier.handle["until"] = runs.last?.handle["from"]
        runs.append(earlier)
      }
      number -= 1
    }
    return wanted.map { wanted in runs.filter { $0.identity.attempt == wanted } } ?? runs
  }

  private static func list(
    _ target: CITarget, _ fields: [(String, String)], _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var runs: [CIRun] = []
    var seen: Set<RunIdentity> = []
    var until: Timestamp?
    while true {
      var fields = fields + [("per_page", "100")]
      if let since = choice.since { fields.append(("created", "\(since)..\(until.map(\.description) ?? "*")")) }
      let before = runs.count
      try session.pages(base(target, "actions", "runs", fields: fields), "project \(target.project)", right: right) {
        page in
        let more = page["workflow_runs"]?.array ?? []
        runs += more.compactMap { run($0, target) }.filter { seen.insert($0.identity).inserted }
        let isEnough = choice.since == nil && (choice.chosen(runs).count >= choice.last ?? 1 || runs.count >= listed)
        return !more.isEmpty && !isEnough && runs.count < CIChoice.most
      }
      // It lists no more than a thousand: what is older is another question.
      let isCut = choice.since != nil && runs.count - before >= listed - 100 && runs.count < CIChoice.most
      guard isCut, let oldest = runs.last?.handle["created"].flatMap({ Timestamp(iso8601: $0) }), oldest != until else {
        return runs
      }
      until = oldest
    }
  }

  /// A run of its JSON.
  static func run(_ value: JSONValue, _ target: CITarget) -> CIRun? {
    guard let number = value["id"]?.int else { return nil }
    let attempt = value["run_attempt"]?.int ?? 1
    let name = value["name"]?.string ?? "run"
    var run = CIRun(
      identity: RunIdentity(source: "github:" + target.project, id: String(number), attempt: attempt),
      title: "\(name) #\(value["run_number"]?.int ?? number)")
    run.commit = value["head_sha"]?.string
    run.branch = branch(value)
    run.startedAt = (value["run_started_at"]?.string ?? value["created_at"]?.string).flatMap { Timestamp(iso8601: $0) }
    run.isRunning = value["status"]?.string.map { $0 != "completed" } ?? false
    run.conclusion = value["conclusion"]?.string
    run.labels = ["workflow": name]
    run.link = value["html_url"]?.string
    run.handle = [
      "workflow": value["workflow_id"]?.int.map { String($0) }, "from": value["run_started_at"]?.string,
      "created": value["created_at"]?.string,
    ].compactMapValues { $0 }
    return run
  }

  /// The branch; a fork's, which may have the name of one here, with its owner.
  private static func branch(_ value: JSONValue) -> String? {
    guard let branch = value["head_branch"]?.string else { return nil }
    let fork = value["head_repository"]?["full_name"]?.string
    guard let fork, let own = value["repository"]?["full_name"]?.string, fork != own else { return branch }
    return fork.prefix { $0 != "/" } + ":" + branch
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    let id = run.identity.id
    var contents = CIContents()
    let jobs = base(
      target, "actions", "runs", id, "attempts", String(run.identity.attempt), "jobs", fields: [("per_page", "100")])
    try session.pages(jobs, "run \(id)", right: right) { page in
      contents.jobs += (page["jobs"]?.array ?? []).compactMap { job($0, run, target) }
      return !(page["jobs"]?.array ?? []).isEmpty
    }
    let artifacts = base(target, "actions", "runs", id, "artifacts", fields: [("per_page", "100")])
    try session.pages(artifacts, "run \(id)", right: right) { page in
      let all = page["artifacts"]?.array ?? []
      contents.artifacts += all.filter { isMade($0, in: run) }.compactMap { artifact($0, target) }
      return !all.isEmpty
    }
    return contents
  }

  static func job(_ value: JSONValue, _ run: CIRun, _ target: CITarget) -> CIJob? {
    guard let number = value["id"]?.int else { return nil }
    var job = CIJob(id: String(number), name: value["name"]?.string ?? String(number))
    job.conclusion = value["conclusion"]?.string
    job.failedSteps = (value["steps"]?.array ?? []).filter { step in
      step["conclusion"]?.string.map { !CIConclusion.isSuccess($0) } ?? false
    }.compactMap { $0["name"]?.string }
    job.isMeant = run.handle["job"] == job.id
    let times = ["started_at", "completed_at"].compactMap { value[$0]?.string.flatMap { Timestamp(iso8601: $0) } }
    if times.count == 2 { job.seconds = Double(times[1].milliseconds - times[0].milliseconds) / 1000 }
    if value["status"]?.string == "completed", value["started_at"]?.string != nil, job.conclusion != "skipped" {
      job.log = base(target, "actions", "jobs", job.id, "logs")
    }
    return job
  }

  static func artifact(_ value: JSONValue, _ target: CITarget) -> CIArtifact? {
    guard let number = value["id"]?.int, let name = value["name"]?.string else { return nil }
    var artifact = CIArtifact(name: name, address: base(target, "actions", "artifacts", String(number), "zip"))
    artifact.size = value["size_in_bytes"]?.int
    artifact.isExpired = value["expired"]?.bool ?? false
    artifact.expiresAt = value["expires_at"]?.string.flatMap { Timestamp(iso8601: $0) }
    artifact.sha256 = value["digest"]?.string.flatMap { digest in
      digest.hasPrefix("sha256:") ? ContentHash(hex: String(digest.dropFirst(7))) : nil
    }
    return artifact
  }

  /// Whether an artifact was made in this attempt: those of all attempts are listed together.
  private static func isMade(_ artifact: JSONValue, in run: CIRun) -> Bool {
    guard let made = artifact["created_at"]?.string.flatMap({ Timestamp(iso8601: $0) }) else { return true }
    let from = run.handle["from"].flatMap { Timestamp(iso8601: $0) }
    let until = run.handle["until"].flatMap { Timestamp(iso8601: $0) }
    return (run.identity.attempt == 1 || from.map { made >= $0 } ?? true) && (until.map { made < $0 } ?? true)
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    let address =
      switch scope {
      case .failed: base(target, "actions", "runs", run.identity.id, "rerun-failed-jobs")
      case .all: base(target, "actions", "runs", run.identity.id, "rerun")
      case .job(let job): base(target, "actions", "jobs", job, "rerun")
      }
    try session.change(
      .post, address, "run \(run.identity.id)", right: "actions:write, and the run must be of the last 30 days")
    var identity = run.identity
    identity.attempt += 1
    return CIRerun(identity: identity, link: run.link)
  }
}
