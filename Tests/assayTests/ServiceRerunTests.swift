import Foundation
import TestSupport
import Testing

/// Jobs that run again at their service, and what is told to it, from the built program.
@Suite(.enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct ServiceRerunTests {
  private static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  private static func route(
    _ path: String, _ body: String, method: String = "GET", status: Int = 200, _ more: String = ""
  ) -> String {
    #"{"path": "\#(path)", "method": "\#(method)", "status": \#(status), "headers": {"Content-Type": "application/json"}, "body": \#(quoted(body))\#(more)}"#
  }

  private static let hub = "/api/v3/repos/acme/shop"
  private static let hubVariables = [
    "GITHUB_SERVER_URL": "{here}", "GITHUB_API_URL": "{here}/api/v3", "GH_ENTERPRISE_TOKEN": CIFlow.token,
  ]

  private static func hubRun(attempt: Int = 1, _ status: String = "completed", _ conclusion: String = "\"failure\"")
    -> String
  {
    """
    {"id": 7, "name": "CI", "workflow_id": 5, "run_number": 12, "run_attempt": \(attempt), "status": "\(status)",
     "conclusion": \(conclusion), "head_branch": "main", "head_sha": "8acabed", "run_started_at": "2026-11-17T1\(attempt):10:00Z",
     "html_url": "https://github.com/acme/shop/actions/runs/7"}
    """
  }

  private static let hubJobs = """
    {"jobs": [{"id": 91, "name": "test (3.12)", "status": "completed", "conclusion": "failure", "started_at": "2026-11-17T11:11:00Z",
     "completed_at": "2026-11-17T11:16:00Z"}, {"id": 92, "name": "lint", "status": "completed", "conclusion": "success"}]}
    """

  private static let nothing = #"{"artifacts": []}"#

  private static var hubRoutes: [String] {
    [
      route("\(hub)/actions/runs/7", hubRun()), route("\(hub)/actions/runs/7/attempts/1/jobs?per_page=100", hubJobs),
      route("\(hub)/actions/runs/7/artifacts?per_page=100", nothing),
    ]
  }

  /// The requests that change something, as they came.
  private static func changes(_ flow: CIFlow) -> [String] {
    flow.service.seen.filter { $0.method != "GET" }.map { "\($0.method) \($0.path) \($0.body)" }
  }

  @Test func asksBeforeItRunsAnythingAgain() throws {
    let flow = try CIFlow("[" + Self.hubRoutes.joined(separator: ",") + "]", Self.hubVariables)
    let link = "{here}/acme/shop/actions/runs/7"
    let asked = try flow.checked("rerun", "--ci", link)
    #expect(asked.status == 4)
    #expect(
      asked.errors.contains(
        "could not rerun 1 failed job (test (3.12)), 5 min of machines the last time of CI #12 at GitHub Actions: nobody can be asked"
      ),
      "\(asked.errors)")
    let rehearsed = try flow.checked("rerun", "--ci", link, "--dry-run")
    #expect(
      rehearsed.errors.contains("would send POST \(flow.service.here)\(Self.hub)/actions/runs/7/rerun-failed-jobs"),
      "\(rehearsed.errors)")
    #expect(try flow.checked("rerun", "--ci", link, "--job", "nobody").status == 2)
    // A word of the panel is a job's name here, and there is no such job.
    #expect(try flow.checked("rerun", "--ci", link, "--job", "all", "--dry-run").status == 2)
    #expect(Self.changes(flow).isEmpty)
  }

  @Test func waitsForTheAnswer() throws {
    let rerun = Self.route("\(Self.hub)/actions/runs/7/rerun-failed-jobs", "{}", method: "POST", status: 201)
    let after = [
      Self.route("\(Self.hub)/actions/runs/7", Self.hubRun(), #", "times": 1"#), rerun,
      Self.route("\(Self.hub)/actions/runs/7", Self.hubRun(attempt: 2, "in_progress", "null"), #", "times": 1"#),
      Self.route("\(Self.hub)/actions/runs/7", Self.hubRun(attempt: 2, "completed", "\"success\"")),
      Self.route("\(Self.hub)/actions/runs/7/attempts/2/jobs?per_page=100", #"{"jobs": []}"#),
    ]
    let flow = try CIFlow("[" + (after + Self.hubRoutes).joined(separator: ",") + "]", Self.hubVariables)
    let result = try flow.checked("rerun", "--ci", "{here}/acme/shop/actions/runs/7", "--yes", "--wait", "--every", "0")
    #expect(
      result.errors.contains("the answer is attempt 2 https://github.com/acme/shop/actions/runs/7"), "\(result.errors)")
    #expect(result.output.contains("no test report was found"), "\(result.output)")
    #expect(Self.changes(flow) == ["POST \(Self.hub)/actions/runs/7/rerun-failed-jobs "])
  }

  @Test func saysWhichRightIsMissing() throws {
    let refused = Self.route(
      "\(Self.hub)/actions/runs/7/rerun-failed-jobs", #"{"message": "The workflow run cannot be retried"}"#,
      method: "POST", status: 403)
    let flow = try CIFlow("[" + ([refused] + Self.hubRoutes).joined(separator: ",") + "]", Self.hubVariables)
    let result = try flow.checked("rerun", "--ci", "{here}/acme/shop/actions/runs/7", "--yes")
    #expect(result.status == 3)
    #expect(
      result.errors.contains(
        "the token needs actions:write, and the run must be of the last 30 days (The workflow run cannot be retried)"),
      "\(result.errors)")
  }

  /// Each of the other services, by its own words for it.
  @Test(arguments: [
    (
      "gitlab:acme/shop/pipelines/46", ["GITLAB_HOST": "{here}", "GITLAB_TOKEN": CIFlow.token],
      [
        ("/api/v4/projects/acme%2Fshop/pipelines/46", #"{"id": 46, "status": "failed"}"#),
        ("/api/v4/projects/acme%2Fshop/pipelines/46/bridges?per_page=100", "[]"),
        (
          "/api/v4/projects/acme%2Fshop/pipelines/46/jobs?per_page=100",
          #"[{"id": 7, "name": "unit", "status": "failed", "duration": 61.5}]"#
        ),
      ], "POST /api/v4/projects/acme%2Fshop/pipelines/46/retry "
    ),
    (
      "buildkite:acme/shop/builds/12", ["BUILDKITE_REST_API_ENDPOINT": "{here}", "BUILDKITE_API_TOKEN": CIFlow.token],
      [
        (
          "/v2/organizations/acme/pipelines/shop/builds/12",
          #"{"number": 12, "state": "failed", "jobs": [{"id": "j", "type": "script", "name": "unit", "state": "failed", "exit_status": 1}]}"#
        ),
        ("/v2/organizations/acme/pipelines/shop/builds/12/artifacts?per_page=100", "[]"),
      ], #"PUT /v2/organizations/acme/pipelines/shop/builds/12/retry_failed_jobs {"states":"failed,soft_failed"}"#
    ),
    (
      "https://app.circleci.com/pipelines/github/acme/shop/9/workflows/w-1",
      ["CIRCLECI_CLI_HOST": "{here}", "CIRCLE_TOKEN": CIFlow.token],
      [
        ("/api/v2/workflow/w-1", #"{"id": "w-1", "name": "build", "status": "failed", "pipeline_id": "p-1"}"#),
        ("/api/v2/pipeline/p-1", #"{"id": "p-1", "vcs": {}}"#),
        ("/api/v2/workflow/w-1/job", #"{"items": [{"id": "j", "name": "unit", "status": "failed"}]}"#),
      ], #"POST /api/v2/workflow/w-1/rerun {"from_failed":true}"#
    ),
    (
      "{here}/org/shop/_build/results?buildId=88",
      ["SYSTEM_COLLECTIONURI": "{here}/org/", "AZURE_DEVOPS_EXT_PAT": CIFlow.token],
      [
        ("/org/shop/_apis/build/builds/88?api-version=7.1", #"{"id": 88, "status": "completed", "result": "failed"}"#),
        (
          "/org/shop/_apis/build/builds/88/timeline?api-version=7.1",
          #"{"records": [{"id": "j", "type": "Job", "name": "Linux", "state": "completed", "result": "failed"}, {"type": "Stage", "identifier": "Test", "result": "failed"}]}"#
        ),
        ("/org/shop/_apis/build/builds/88/artifacts?api-version=7.1", #"{"value": []}"#),
        ("/org/shop/_apis/test/runs?buildUri=vstfs%3A%2F%2F%2FBuild%2FBuild%2F88&api-version=7.1", #"{"value": []}"#),
      ],
      #"PATCH /org/shop/_apis/build/builds/88/stages/Test?api-version=7.1 {"state":"retry","forceRetryAllJobs":false}"#
    ),
  ])
  func runsFailedJobsAgain(
    _ link: String, _ variables: [String: String], _ answers: [(String, String)], _ change: String
  ) throws {
    let words = change.split(separator: " ")
    let routes =
      answers.map { Self.route($0.0, $0.1) } + [
        Self.route(String(words[1]), "{}", method: String(words[0]), status: 202)
      ]
    let flow = try CIFlow("[" + routes.joined(separator: ",") + "]", variables)
    let result = try flow.checked("rerun", "--ci", link, "--yes")
    #expect(result.status == 0, "\(result.errors) \(flow.service.seen.suffix(2).map(\.path))")
    #expect(Self.changes(flow) == [change])
  }

  // MARK: - Publishing

  @Test func tellsGitHubOnce() throws {
    let mine = #"{"id": 5, "user": {"login": "me", "type": "User"}, "body": "<!-- assay gate -->\nold"}"#
    let strangers = #"{"id": 4, "user": {"login": "you", "type": "User"}, "body": "<!-- assay gate -->\nPASSED"}"#
    let routes = { (comments: String) in
      [
        Self.route("\(Self.hub)/pulls/12", #"{"head": {"sha": "feed"}}"#),
        Self.route("/api/v3/user", #"{"login": "me"}"#),
        Self.route("\(Self.hub)/issues/12/comments?per_page=100", "[\(comments)]"),
        Self.route("\(Self.hub)/statuses/feed", "{}", method: "POST", status: 201),
        Self.route("\(Self.hub)/issues/12/comments", "{}", method: "POST", status: 201),
        Self.route("\(Self.hub)/issues/comments/5", "{}", method: "PATCH"),
      ].joined(separator: ",")
    }
    let flow = try CIFlow("[\(routes(strangers))]", Self.hubVariables)
    try flow.program.write(CIFlow.junit(), to: "junit.xml")
    let link = "--publish-to", place = "{here}/acme/shop/pull/12"
    let rehearsed = try flow.checked("gate", "junit.xml", "--commit", "8acabed", "--publish", link, place, "--dry-run")
    #expect(
      rehearsed.errors.contains("would send POST \(flow.service.here)\(Self.hub)/statuses/feed {"),
      "\(rehearsed.errors)")
    #expect(Self.changes(flow).isEmpty)
    let first = try flow.checked("gate", "junit.xml", "--commit", "8acabed", "--publish", link, place)
    #expect(first.status == 1, "\(first.errors)")
    var changes = Self.changes(flow)
    #expect(changes.count == 2)
    #expect(
      changes.first?.hasPrefix(
        #"POST \#(Self.hub)/statuses/feed {"state":"failure","context":"assay gate","description":"STOPPED: "#) == true,
      "\(changes)")
    #expect(
      changes.last?.hasPrefix(
        #"POST \#(Self.hub)/issues/12/comments {"body":"<!-- assay gate -->\n### assay gate: STOPPED"#) == true)
    try flow.service.play("[\(routes(strangers + "," + mine))]")
    _ = try flow.checked("gate", "junit.xml", "--commit", "8acabed", "--publish", link, place)
    changes = Self.changes(flow)
    #expect(changes.last?.hasPrefix("PATCH \(Self.hub)/issues/comments/5 ") == true, "\(changes)")
  }

  @Test func aJobOfGitHubMakesACheckWithRemarks() throws {
    let routes = [Self.route("\(Self.hub)/check-runs", "{}", method: "POST", status: 201)]
    var variables = Self.hubVariables
    variables.merge([
      "GITHUB_ACTIONS": "true", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "feed", "GITHUB_REF": "refs/heads/main",
      "GITHUB_TOKEN": CIFlow.token, "GH_ENTERPRISE_TOKEN": "",
    ]) { $1 }
    let flow = try CIFlow("[" + routes.joined(separator: ",") + "]", variables)
    let report = CIFlow.junit().replacingOccurrences(
      of: #"name="test_two""#, with: #"name="test_two" file="tests/test_a.py" line="7""#)
    try flow.program.write(report, to: "junit.xml")
    let result = try flow.checked("gate", "junit.xml", "--publish")
    #expect(result.status == 1, "\(result.errors)")
    let change = try #require(Self.changes(flow).first)
    #expect(change.contains(#""head_sha":"feed""#) && change.contains(#""conclusion":"failure""#))
    #expect(change.contains(#""path":"tests/test_a.py""#), "\(change)")
  }

  @Test func tellsGitLabOnce() throws {
    let base = "/api/v4/projects/acme%2Fshop"
    let note = #"{"id": 5, "author": {"id": 1}, "body": "<!-- assay gate -->\nold"}"#
    let routes = [
      Self.route("/api/v4/user", #"{"id": 1}"#), Self.route("\(base)/merge_requests/3/notes?per_page=100", "[\(note)]"),
      Self.route("\(base)/statuses/feed", "{}", method: "POST", status: 201),
      Self.route("\(base)/merge_requests/3/notes/5", "{}", method: "PUT"),
    ]
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      [
        "GITLAB_CI": "true", "CI_SERVER_URL": "{here}", "CI_PROJECT_PATH": "acme/shop", "CI_COMMIT_SHA": "feed",
        "CI_MERGE_REQUEST_IID": "3", "GITLAB_TOKEN": CIFlow.token,
      ])
    try flow.program.write(CIFlow.junit(fails: false), to: "junit.xml")
    let result = try flow.checked("gate", "junit.xml", "--publish")
    #expect(result.status == 0, "\(result.errors)")
    let changes = Self.changes(flow)
    #expect(changes.count == 2)
    #expect(
      changes.first?.hasPrefix(#"POST \#(base)/statuses/feed {"state":"success","name":"assay gate""#) == true,
      "\(changes)")
    #expect(changes.last?.hasPrefix("PUT \(base)/merge_requests/3/notes/5 ") == true)
  }

  @Test func saysWhereItCannotPublish() throws {
    let program = try Program()
    try program.write(CIFlow.junit(), to: "junit.xml")
    let result = try program.run("gate", "junit.xml", "--publish")
    #expect(result.status == 3)
    #expect(
      result.errors.contains("could not publish: no job of GitHub Actions or GitLab is around, and no link was given"))
  }

  // MARK: - Jenkins

  private static func jenkins(_ more: String...) throws -> CIFlow {
    let build =
      #"{"number": 12, "result": "FAILURE", "building": false, "fullDisplayName": "shop #12", "duration": 60000}"#
    let routes = more + [Self.route("/ci/job/acme/job/shop/12/api/json*", build)]
    return try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      ["JENKINS_URL": "{here}/ci/", "JENKINS_USER_ID": "me", "JENKINS_API_TOKEN": CIFlow.token])
  }

  private static let crumbless = route(
    "/ci/job/acme/job/shop/build", "No valid crumb was included in the request", method: "POST", status: 403)
  private static let jenkinsLink = "{here}/ci/job/acme/job/shop/12/"

  @Test func buildsAgainAtJenkins() throws {
    let flow = try Self.jenkins(
      Self.route("/ci/job/acme/job/shop/build", "", method: "POST", status: 201))
    #expect(
      try flow.checked("rerun", "--ci", Self.jenkinsLink, "--yes").errors.contains("Jenkins runs no failed jobs alone"))
    #expect(Self.changes(flow).isEmpty)
    let again = try flow.checked("rerun", "--ci", Self.jenkinsLink, "--all-jobs", "--yes")
    #expect(again.status == 0, "\(again)")
    #expect(Self.changes(flow) == ["POST /ci/job/acme/job/shop/build "])
    #expect(!flow.service.seen.contains { $0.path.contains("crumb") }, "a token needs none")
  }

  /// Who has a password gets a crumb, which holds in one session only.
  @Test func asksJenkinsForACrumbWhereItWantsOne() throws {
    let build = #"{"path": "/ci/job/acme/job/shop/build", "method": "POST", "status": 201, "#
    let needs = #""needs": {"jenkins-crumb": "c0ffee", "cookie": "JSESSIONID.1=node0", "authorization": "Basic "#
    let login = Data("me:\(CIFlow.token)".utf8).base64EncodedString()
    let cookie = #"{"path": "/ci/crumbIssuer/api/json", "headers": {"Content-Type": "application/json", "#
    let body =
      #""Set-Cookie": "JSESSIONID.1=node0; Path=/ci; HttpOnly"}, "body": "{\"crumb\": \"c0ffee\", \"crumbRequestField\": \"Jenkins-Crumb\"}"}"#
    let flow = try Self.jenkins(build + needs + login + "\"}}", Self.crumbless, cookie + body)
    let again = try flow.checked("rerun", "--ci", Self.jenkinsLink, "--all-jobs", "--yes")
    #expect(again.status == 0, "\(again)")
    #expect(Self.changes(flow).count == 2)
  }

  @Test(arguments: [
    "", #"{"crumb": "c0ffee", "crumbRequestField": "Host"}"#,
    #"{"crumb": "a\r\nX: y", "crumbRequestField": "Jenkins-Crumb"}"#,
  ])
  func saysWhatJenkinsSaysWhereThereIsNoCrumb(_ issued: String) throws {
    let issuer = Self.route("/ci/crumbIssuer/api/json", issued, status: issued.isEmpty ? 404 : 200)
    let flow = try Self.jenkins(Self.crumbless, issuer)
    let again = try flow.checked("rerun", "--ci", Self.jenkinsLink, "--all-jobs", "--yes")
    #expect(again.status == 3, "\(again)")
    #expect(
      again.errors.contains("forbids it (403): the token needs the permission Job/Build"),
      "\(again.errors)")
    #expect(Self.changes(flow).count == 1, "it is not asked twice in vain")
  }
}
