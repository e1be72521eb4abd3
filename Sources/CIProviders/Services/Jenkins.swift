internal import DataSyntax
internal import SystemKit
internal import TriageModel

/// Jenkins: a run is a build of a job, in folders and multibranch projects too. (jenkins.io, Remote Access API; junit-plugin)
enum Jenkins: CIProvider {
  static let id = "jenkins"
  static let title = "Jenkins"
  static let links = [
    "https://HOST/job/NAME/N/", "https://HOST/job/FOLDER/job/NAME/lastFailedBuild/", "https://HOST/job/NAME/",
  ]
  static let tokens = ["JENKINS_API_TOKEN (with JENKINS_USER_ID and JENKINS_URL)"]

  private static let right = "the permissions Overall/Read and Job/Read"
  private static let permalinks: Set<String> = [
    "lastBuild", "lastCompletedBuild", "lastFailedBuild", "lastStableBuild", "lastSuccessfulBuild", "lastUnstableBuild",
    "lastUnsuccessfulBuild",
  ]
  private static let fields =
    "number,result,building,timestamp,duration,url,fullDisplayName,artifacts[fileName,relativePath],"
    + "actions[lastBuiltRevision[SHA1,branch[name]],failCount,totalCount,urlName]"

  // MARK: - Links

  static func target(_ link: CILink, _ world: CIWorld) -> CITarget? {
    guard case .web(let address) = link else { return nil }
    let parts = address.parts
    guard let first = parts.firstIndex(of: "job") else { return nil }
    var api = WebAddress(address.origin).adding(Array(parts[..<first]))
    var rest = parts[first...]
    var project: [String] = []
    while rest.first == "job", rest.count > 1 {
      let name = rest[rest.startIndex + 1]
      project.append(name)
      api = api.adding(["job", name])
      rest = rest.dropFirst(2)
    }
    guard !project.isEmpty else { return nil }
    let build = rest.first.flatMap { $0.allSatisfy(\.isNumber) || permalinks.contains($0) ? $0 : nil }
    let subject: CITarget.Subject = build.map { .run($0, attempt: nil) } ?? .project
    return CITarget(service: id, api: api, project: project.joined(separator: "/"), subject: subject)
  }

  static func credential(for target: CITarget, _ world: CIWorld) -> HTTPCredential? {
    let origin = target.api.origin
    guard world.server("JENKINS_URL")?.origin == origin || world.hosts[origin.host] == id,
      let user = world.value("JENKINS_USER_ID", "JENKINS_USER"),
      let secret = world.secret(["JENKINS_API_TOKEN", "JENKINS_TOKEN"])
    else { return nil }
    return .basic(user: user, secret, for: [origin])
  }

  // MARK: - Runs

  static func runs(
    _ target: CITarget, _ choice: CIChoice, _ session: CISession
  ) throws(CIError) -> [CIRun] {
    if case .run(let number, _) = target.subject {
      let address = target.api.adding([number, "api", "json"], [("tree", fields)])
      let value = try session.json(address, "build \(number)", right: right)
      guard let run = run(value, target) else {
        throw .unreadable(host: target.api.origin.host, words: "the build has no number")
      }
      return [run]
    }
    let count = choice.since == nil && choice.branch == nil && !choice.isFailedOnly ? choice.last ?? 1 : 1000
    let list = choice.since == nil ? "builds" : "allBuilds"
    let address = target.api.adding(["api", "json"], [("tree", "\(list)[\(fields)]{0,\(count)}")])
    let value = try session.json(address, "job \(target.project)", right: right)
    guard let builds = value[list]?.array else {
      throw .link("\(target.project) is no job with builds: a folder, or a project of several branches")
    }
    var choice = choice
    if choice.since == nil { choice.last = choice.last ?? 1 }
    return choice.chosen(builds.compactMap { run($0, target) })
  }

  /// A build of its JSON.
  static func run(_ value: JSONValue, _ target: CITarget) -> CIRun? {
    guard let number = value["number"]?.int else { return nil }
    var run = CIRun(
      identity: RunIdentity(source: "jenkins:" + target.project, id: String(number)),
      title: value["fullDisplayName"]?.string ?? "\(target.project) #\(number)")
    let revision = value["actions"]?.array?.lazy.compactMap { $0["lastBuiltRevision"] }.first { $0["SHA1"] != nil }
    run.commit = revision?["SHA1"]?.string
    run.branch = revision?["branch"]?.array?.first?["name"]?.string.flatMap(plain)
    run.startedAt = value["timestamp"]?.int.map { Timestamp(milliseconds: Int64($0)) }
    run.isRunning = value["building"]?.bool ?? false
    run.conclusion = value["result"]?.string?.lowercased()
    run.link = value["url"]?.string
    let paths = (value["artifacts"]?.array ?? []).compactMap { $0["relativePath"]?.string }
    run.handle = ["artifacts": paths.joined(separator: "\n")]
    run.handle["seconds"] = value["duration"]?.double.map { "\($0 / 1000)" }
    let tested = value["actions"]?.array?.last { $0["urlName"]?.string == "testReport" || $0["totalCount"] != nil }
    if let tested { run.handle["failing"] = String(tested["failCount"]?.int ?? 0) }
    return run
  }

  private static func plain(_ branch: String) -> String? {
    if branch == "detached" { return nil }
    for prefix in ["refs/remotes/origin/", "refs/heads/", "origin/"] where branch.hasPrefix(prefix) {
      return String(branch.dropFirst(prefix.count))
    }
    return branch
  }

  // MARK: - What they left

  static func contents(
    of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIContents {
    let build = target.api.adding([run.identity.id])
    var contents = CIContents()
    contents.artifacts = (run.handle["artifacts"] ?? "").split(separator: "\n").map { path in
      let parts = path.split(separator: "/").map(String.init)
      var artifact = CIArtifact(name: String(path), address: build.adding(["artifact"] + parts))
      artifact.isFile = true
      return artifact
    }
    var job = CIJob(id: run.identity.id, name: "console")
    job.conclusion = run.conclusion
    job.seconds = run.handle["seconds"].flatMap { Double($0) }
    job.log = build.adding(["consoleText"])
    contents.jobs = [job]
    if let failing = run.handle["failing"] {
      var results = CIResults(
        name: "test-report",
        address: build.adding(
          ["testReport", "api", "json"],
          [("tree", "\(suites),childReports[child[number,url],result[\(suites)]]")]))
      results.failing = Int(failing)
      contents.results = [results]
    }
    return contents
  }

  private static let suites =
    "suites[name,enclosingBlockNames,cases[className,name,status,duration,skippedMessage,errorDetails,errorStackTrace,stdout,stderr]]"

  static func results(
    _ results: CIResults, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> [CITestResult] {
    let value = try session.json(results.address, "test report", right: right)
    let reports = [value] + (value["childReports"]?.array ?? []).compactMap { $0["result"] }
    return reports.flatMap { $0["suites"]?.array ?? [] }.flatMap { suite in
      let blocks = (suite["enclosingBlockNames"]?.array ?? []).compactMap(\.string).reversed()
      let name = (blocks + [suite["name"]?.string ?? ""]).joined(separator: " / ")
      return (suite["cases"]?.array ?? []).map { result($0, suite: name) }
    }
  }

  /// A test of a test report.
  static func result(_ value: JSONValue, suite: String) -> CITestResult {
    let outcomes: [String: CITestResult.Outcome] = [
      "PASSED": .passed, "FIXED": .passed, "FAILED": .failed, "REGRESSION": .failed, "SKIPPED": .skipped,
    ]
    var result = CITestResult(
      suite: suite, name: value["name"]?.string ?? "", outcome: outcomes[value["status"]?.string ?? ""] ?? .errored)
    result.className = value["className"]?.string
    result.seconds = value["duration"]?.double
    result.message = value["errorDetails"]?.string ?? value["skippedMessage"]?.string
    result.details = value["errorStackTrace"]?.string
    let output = [value["stdout"]?.string, value["stderr"]?.string].compactMap { $0 }.joined(separator: "\n")
    result.output = output.isEmpty ? nil : output
    return result
  }

  // MARK: - Again

  static func rerun(
    _ scope: JobScope, of run: CIRun, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIRerun {
    guard scope == .all else {
      throw .unsupported(
        "Jenkins runs no failed jobs alone: all of it can be built again, with its standard parameters")
    }
    let address = target.api.adding(["build"])
    let what = "job \(target.project)"
    let right = "the permission Job/Build"
    do throws(CIError) {
      try session.change(.post, address, what, right: right)
    } catch {
      // A password, other than a token, changes nothing without a crumb.
      guard case .forbidden = error, let crumb = crumb(target, session) else { throw error }
      try session.change(.post, address, what, right: right, headers: crumb)
    }
    return CIRerun(identity: RunIdentity(source: run.identity.source, id: "the next build"), link: target.api.text)
  }

  /// The header lines that a change needs where the server guards against forged requests; nil where it gives none.
  private static func crumb(_ target: CITarget, _ session: CISession) -> [String: String]? {
    let root = WebAddress(target.api.origin).adding(target.api.parts.prefix { $0 != "job" })
    let request = session.request(root.adding(["crumbIssuer", "api", "json"]))
    guard let answer = try? session.answer(request, "crumb", right: right),
      let name = answer.value["crumbRequestField"]?.string, let crumb = answer.value["crumb"]?.string,
      name.lowercased().contains("crumb"), isPlain(name), isPlain(crumb)
    else { return nil }
    // It holds in the session that it was made in.
    let cookie = answer.head.headers["set-cookie"].map { String($0.prefix { $0 != ";" }) }
    return [name: crumb].merging(cookie.map { ["Cookie": $0] } ?? [:]) { $1 }
  }

  /// Whether a word of the server may stand in a header line.
  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty && word.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
  }
}
