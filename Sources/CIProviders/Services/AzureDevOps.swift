internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// Azure DevOps Services, and servers of one's own: a run is a build of a pipeline. (learn.microsoft.com/rest/api, 7.1)
enum AzureDevOps: CIProvider {
  static let id = "azure"
  static let title = "Azure DevOps"
  static let links = [
    "https://dev.azure.com/ORG/PROJECT/_build/results?buildId=ID",
    "https://dev.azure.com/ORG/PROJECT/_build?definitionId=N",
    "https://dev.azure.com/ORG/PROJECT/_git/REPO/pullrequest/N",
  ]
  static let tokens = ["AZURE_DEVOPS_EXT_PAT", "SYSTEM_ACCESSTOKEN"]

  private static let right = "Build (read)"
  private static let version = ("api-version", "7.1")
  /// Results of a page, where none of their details are asked for.
  private static let page = 1000

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    guard case .web(let address) = link else { return nil }
    let parts = address.parts
    guard isOwn(address.origin, world), let mark = parts.firstIndex(where: { $0 == "_build" || $0 == "_git" }), mark > 0
    else { return nil }
    var api = WebAddress(address.origin).adding(Array(parts[..<mark]))
    // A collection's own address has no project in it for `https://ORG.visualstudio.com/PROJECT`.
    if address.origin.host == "dev.azure.com", mark < 2 { return nil }
    let subject: CITarget.Subject
    if parts[mark] == "_git" {
      guard parts.count > mark + 3, parts[mark + 2] == "pullrequest", parts[mark + 3].allSatisfy(\.isNumber) else {
        return nil
      }
      subject = .request(parts[mark + 3])
    } else if let build = address.field("buildId") {
      guard build.allSatisfy(\.isNumber), !build.isEmpty else { return nil }
      subject = .run(build, attempt: nil)
    } else {
      subject = .project
      if let definition = address.field("definitionId") { api = api.adding([], [("definitions", definition)]) }
    }
    return CITarget(service: id, api: api, project: parts[..<mark].joined(separator: "/"), subject: subject)
  }

  private static func collection(_ world: CIWorld) -> WebAddress? {
    world.server("SYSTEM_COLLECTIONURI", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI")
  }

  private static func isPublic(_ host: String) -> Bool {
    host == "dev.azure.com" || host.hasSuffix(".visualstudio.com")
  }

  private static func isOwn(_ origin: WebAddress.Origin, _ world: CIWorld) -> Bool {
    isPublic(origin.host) || world.hosts[origin.host] == id || collection(world)?.origin == origin
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    let origin = target.api.origin
    guard isOwn(origin, world) else { return nil }
    // What a pipeline stored lies on hosts of the service that ask for the token again.
    let families = isPublic(origin.host) ? ["dev.azure.com", "visualstudio.com"] : []
    if let secret = world.secret(["AZURE_DEVOPS_EXT_PAT"]) {
      return .basic(user: "", secret, for: [origin], families: families)
    }
    return world.secret(["SYSTEM_ACCESSTOKEN"]).map {
      HTTPCredential("Authorization", $0, scheme: "Bearer ", for: [origin], families: families)
    }
  }

  // MARK: - Runs

  private static func base(_ target: CITarget, _ parts: String..., fields: [(String, String)] = []) -> WebAddress {
    target.api.adding(["_apis"] + parts, fields + [version])
  }

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    var fields = [("$top", "100"), ("queryOrder", "queueTimeDescending")]
    switch target.subject {
    case .run(let number, _):
      let value = try session.json(base(target, "build", "builds", number), "build \(number)", right: right)
      guard let run = run(value, target) else {
        throw .unreadable(host: target.api.origin.host, words: "the build has no id")
      }
      return [run]
    case .request(let number): fields.append(("branchName", "refs/pull/\(number)/merge"))
    case .project, .branch, .commit, .job:
      if let branch = choice.branch { fields.append(("branchName", "refs/heads/" + branch)) }
      if let definition = target.api.field("definitions") { fields.append(("definitions", definition)) }
    }
    if let since = choice.since { fields.append(("minTime", since.description)) }
    var choice = choice
    if choice.since == nil { choice.last = choice.last ?? 1 }
    var runs: [CIRun] = []
    var next: String?
    repeat {
      let address = base(target, "build", "builds", fields: fields + (next.map { [("continuationToken", $0)] } ?? []))
      let (value, head) = try session.answer(session.request(address), "project \(target.project)", right: right)
      runs += (value["value"]?.array ?? []).compactMap { run($0, target) }
      next = head.headers["x-ms-continuationtoken"]
    } while next != nil && runs.count < CIChoice.most
      && (choice.since != nil || choice.chosen(runs).count < choice.last ?? 1)
    return choice.chosen(runs)
  }

  /// A build of its JSON.
  static func run(_ value: JSONValue, _ target: CITarget) -> CIRun? {
    guard let number = value["id"]?.int else { return nil }
    let project = value["project"]?["name"]?.string ?? target.project.split(separator: "/").last.map(String.init) ?? ""
    let definition = value["definition"]?["name"]?.string
    let source = "azure:" + ([project] + (definition.map { [$0] } ?? [])).joined(separator: "/")
    var run = CIRun(
      identity: RunIdentity(source: source, id: String(number)),
      title: "\(definition ?? "build") \(value["buildNumber"]?.string ?? String(number))")
    run.commit = value["sourceVersion"]?.string
    run.branch = value["sourceBranch"]?.string.map { branch in
      for prefix in ["refs/heads/", "refs/"] where branch.hasPrefix(prefix) {
        return String(branch.dropFirst(prefix.count))
      }
      return branch
    }
    run.startedAt = (value["startTime"]?.string ?? value["queueTime"]?.string).flatMap { Timestamp(iso8601: $0) }
    run.isRunning = value["status"]?.string.map { $0 != "completed" } ?? false
    run.conclusion = run.isRunning ? nil : value["result"]?.string
    run.link = value["_links"]?["web"]?["href"]?.string
    run.handle = [
      "definition": value["definition"]?["id"]?.int.map { String($0) }, "branch": value["sourceBranch"]?.string,
    ].compactMapValues { $0 }
    return run
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    let id = run.identity.id
    var contents = CIContents()
    let timeline = try session.json(base(target, "build", "builds", id, "timeline"), "build \(id)", right: right)
    let records = timeline["records"]?.array ?? []
    contents.jobs = records.filter { $0["type"]?.string == "Job" }.map { job($0, records, id, target) }
    let artifacts = try session.json(base(target, "build", "builds", id, "artifacts"), "build \(id)", right: right)
    contents.artifacts = (artifacts["value"]?.array ?? []).compactMap { artifact($0) }
    let tests = try session.json(
      base(target, "test", "runs", fields: [("buildUri", "vstfs:///Build/Build/\(id)")]), "build \(id)",
      right: "Test Management (read)")
    contents.results = (tests["value"]?.array ?? []).compactMap { results($0, target) }
    return contents
  }

  private static func results(_ value: JSONValue, _ target: CITarget) -> CIResults? {
    guard let number = value["id"]?.int, value["totalTests"]?.int ?? 1 > 0 else { return nil }
    var results = CIResults(
      name: "test-run-\(number)", address: base(target, "test", "Runs", String(number), "results"))
    results.failing = value["unanalyzedTests"]?.int
    return results
  }

  /// A job of its record in the timeline, and those of its steps.
  static func job(_ value: JSONValue, _ records: [JSONValue], _ build: String, _ target: CITarget) -> CIJob {
    let id = value["id"]?.string ?? ""
    var job = CIJob(id: id, name: value["name"]?.string ?? id)
    job.conclusion = value["state"]?.string == "completed" ? value["result"]?.string ?? "unknown" : nil
    job.failedSteps = records.filter { step in
      step["parentId"]?.string == id && step["result"]?.string.map { !CIConclusion.isSuccess($0) } ?? false
    }.compactMap { $0["name"]?.string }
    if let log = value["log"]?["id"]?.int { job.log = base(target, "build", "builds", build, "logs", String(log)) }
    return job
  }

  static func artifact(_ value: JSONValue) -> CIArtifact? {
    guard let name = value["name"]?.string,
      let address = value["resource"]?["downloadUrl"]?.string.flatMap({ WebAddress($0) })
    else { return nil }
    var artifact = CIArtifact(name: name, address: address)
    let size = value["resource"]?["properties"]?["artifactsize"]
    artifact.size = size?.int ?? size?.string.flatMap { Int($0) }
    return artifact
  }

  static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult] {
    var all: [CITestResult] = []
    while all.count < CIChoice.most * 100 {
      let fields = [("$top", "\(page)"), ("$skip", "\(all.count)"), version]
      let value = try session.json(results.address.adding([], fields), "test run", right: "Test Management (read)")
      let more = value["value"]?.array ?? []
      all += more.map(result)
      if more.count < page { break }
    }
    return all
  }

  /// A result of a test run.
  static func result(_ value: JSONValue) -> CITestResult {
    let outcomes: [String: CITestResult.Outcome] = [
      "Passed": .passed, "Failed": .failed, "NotExecuted": .skipped, "NotApplicable": .skipped,
    ]
    var result = CITestResult(
      suite: value["automatedTestStorage"]?.string ?? "",
      name: value["automatedTestName"]?.string ?? value["testCaseTitle"]?.string ?? "",
      outcome: outcomes[value["outcome"]?.string ?? ""] ?? .errored)
    result.message = value["errorMessage"]?.string
    result.details = value["stackTrace"]?.string
    result.seconds = value["durationInMs"]?.double.map { $0 / 1000 }
    return result
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    let right = "Build (read and execute)"
    switch scope {
    case .job: throw .unsupported("Azure DevOps runs no single job again: all that failed of a stage is retried")
    case .all:
      guard let definition = run.handle["definition"] else { throw .unsupported("the build names no pipeline") }
      let branch = run.handle["branch"].map { [("sourceBranch", JSONValue.string($0))] } ?? []
      let pipeline = JSONValue.object([JSONValue.Member(key: "id", value: .number(definition))])
      let value = try session.change(
        .post, base(target, "build", "builds"), sending: [("definition", pipeline)] + branch,
        "build \(run.identity.id)",
        right: right)
      var identity = run.identity
      if let number = value["id"]?.int { identity.id = String(number) }
      return CIRerun(identity: identity, link: value["_links"]?["web"]?["href"]?.string)
    case .failed:
      let timeline = try session.json(
        base(target, "build", "builds", run.identity.id, "timeline"), "build \(run.identity.id)", right: right)
      let stages = (timeline["records"]?.array ?? []).filter { record in
        record["type"]?.string == "Stage" && record["result"]?.string.map { !CIConclusion.isSuccess($0) } ?? false
      }.compactMap { $0["identifier"]?.string ?? $0["name"]?.string }
      guard !stages.isEmpty else { throw .unsupported("no stage of the build failed") }
      for stage in stages {
        try session.change(
          .patch, base(target, "build", "builds", run.identity.id, "stages", stage),
          sending: [("state", .string("retry")), ("forceRetryAllJobs", .bool(false))], "stage \(stage)", right: right)
      }
      var identity = run.identity
      identity.attempt += 1
      return CIRerun(identity: identity, link: run.link)
    }
  }
}
