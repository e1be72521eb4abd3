import Foundation
import TestSupport
import Testing

/// Links of GitHub Actions, from the built program, against answers as its documentation shows them.
@Suite(.enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct GitHubFetchTests {
  private static let variables = [
    "GITHUB_SERVER_URL": "{here}", "GITHUB_API_URL": "{here}/api/v3", "GH_ENTERPRISE_TOKEN": CIFlow.token,
  ]

  /// A run as `GET /repos/…/actions/runs/ID` answers.
  private static func run(
    _ id: Int = 7, attempt: Int = 1, conclusion: String? = "failure", branch: String = "main",
    started: String = "11:10:00"
  ) -> String {
    """
    {"id": \(id), "name": "CI", "workflow_id": 5, "run_number": 12, "run_attempt": \(attempt), "event": "push",
     "status": "\(conclusion == nil ? "in_progress" : "completed")", "conclusion": \(conclusion.map { "\"\($0)\"" } ?? "null"),
     "head_branch": "\(branch)", "head_sha": "8acabed0000000000000000000000000000000aa", "created_at": "2026-11-17T11:09:00Z",
     "run_started_at": "2026-11-17T\(started)Z", "html_url": "{here}/acme/shop/actions/runs/\(id)",
     "repository": {"full_name": "acme/shop"}, "head_repository": {"full_name": "acme/shop"}}
    """
  }

  private static func route(_ path: String, _ body: String, _ more: String = "") -> String {
    let text = String(decoding: (try? JSONEncoder().encode(body)) ?? Data(), as: UTF8.self)
    return """
      {"path": "/api/v3/repos/acme/shop/\(path)", "needs": {"authorization": "Bearer \(CIFlow.token)"},
       "headers": {"Content-Type": "application/json; charset=utf-8"}, "body": \(text)\(more)}
      """
  }

  private static let jobs = """
    {"total_count": 2, "jobs": [
     {"id": 91, "run_id": 7, "run_attempt": 1, "name": "test (3.12)", "status": "completed", "conclusion": "failure",
      "started_at": "2026-11-17T11:11:00Z", "steps": [{"name": "Set up", "conclusion": "success", "number": 1},
      {"name": "Run pytest", "conclusion": "failure", "number": 2}]},
     {"id": 92, "run_id": 7, "run_attempt": 1, "name": "lint", "status": "completed", "conclusion": "success",
      "started_at": "2026-11-17T11:11:00Z", "steps": []}]}
    """

  private static func artifact(
    _ id: Int, _ name: String, size: Int = 300, expired: Bool = false, created: String = "11:20:00"
  ) -> String {
    """
    {"id": \(id), "name": "\(name)", "size_in_bytes": \(size), "expired": \(expired), "created_at": "2026-11-17T\(created)Z",
     "expires_at": "2026-11-27T11:20:00Z", "archive_download_url": "{here}/api/v3/repos/acme/shop/actions/artifacts/\(id)/zip"}
    """
  }

  private static func stored(_ id: Int, _ file: String, _ more: String = "") -> String {
    """
    {"path": "/api/v3/repos/acme/shop/actions/artifacts/\(id)/zip", "needs": {"authorization": "Bearer \(CIFlow.token)"},
     "status": 302, "headers": {"Location": "{there}/blob/\(id)?sig=S1gn4ture"}},
    {"path": "/blob/\(id)?sig=S1gn4ture", "host": "localhost", "refuses": {"authorization": 1},
     "headers": {"Content-Type": "application/zip", "ETag": "\\"e\(id)\\""}, "file": "\(file)"\(more)}
    """
  }

  private static let log = """
    {"path": "/api/v3/repos/acme/shop/actions/jobs/91/logs", "needs": {"authorization": "Bearer \(CIFlow.token)"},
     "status": 302, "headers": {"Location": "{there}/logs/91"}},
    {"path": "/logs/91", "host": "localhost", "refuses": {"authorization": 1}, "headers": {"Content-Type": "text/plain"},
     "body": "2026-11-17T11:12:00.0000000Z ##[group]Run pytest\\n2026-11-17T11:12:01.0000000Z ##[error]Process completed with exit code 1.\\n"}
    """

  /// A run with one report, one build and one failed job.
  private static func flow(_ more: String = "", artifacts: String? = nil) throws -> CIFlow {
    let listed = artifacts ?? [artifact(31, "junit-py312"), artifact(32, "dist-wheel")].joined(separator: ",")
    let routes = [
      more, route("actions/runs/7", run()), route("actions/runs/7/attempts/1/jobs?per_page=100", jobs),
      route("actions/runs/7/artifacts?per_page=100", #"{"total_count": 2, "artifacts": [\#(listed)]}"#),
      stored(31, "junit.zip"), log,
    ]
    return try CIFlow(
      "[" + routes.filter { !$0.isEmpty }.joined(separator: ",") + "]",
      files: ["junit.zip": CIFlow.zip(["junit.xml": CIFlow.junit()])], variables)
  }

  @Test func opensALinkAsItWasCopied() throws {
    let flow = try Self.flow()
    let listed = try flow.checked("{here}/acme/shop/actions/runs/7")
    #expect(listed.output.contains("test_two"), "\(listed.output)\(listed.errors)")
    #expect(listed.output.contains("8acabed"))
    let seen = flow.service.seen.map(\.path)
    #expect(!seen.contains { $0.contains("artifacts/32") })
    // The second time nothing is downloaded again.
    let count = flow.service.seen.count
    let json = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7")
    #expect(json.output.contains(#""source":"github:acme/shop""#))
    #expect(json.output.contains(#""workflow":"CI""#))
    #expect(flow.service.seen.count == count + 1)
  }

  @Test func fetchesIntoAFolder() throws {
    let flow = try Self.flow()
    let result = try flow.checked("fetch", "{here}/acme/shop/actions/runs/7", "--out", "here", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(#""artifacts":1,"logs":1"#), "\(result.output)")
    let files = Files.all(in: flow.program.folder + "/here").map { $0.dropFirst(flow.program.folder.count) }.sorted()
    #expect(
      files == [
        "/here/acme/shop/7/.whole", "/here/acme/shop/7/junit-py312/junit.xml", "/here/acme/shop/7/logs/test (3.12).log",
        "/here/acme/shop/7/run.json",
      ])
    let list = try flow.checked("list", "--json", "here")
    #expect(list.output.contains(#""incomplete":[]"#), "\(list.output)")
    #expect(list.output.contains("1 artifact not fetched, since their names are not those of reports: dist-wheel"))
    #expect(list.output.contains("the job test (3.12) ended with failure in the step Run pytest"))
  }

  @Test func anExpiredArtifactLeavesTheLog() throws {
    let flow = try Self.flow(artifacts: Self.artifact(31, "junit-py312", expired: true))
    let result = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7")
    #expect(result.output.contains("the artifact junit-py312 is no longer there since 2026-11-27"), "\(result.output)")
    #expect(result.output.contains("no test report was found"))
    #expect(result.errors.contains("no longer there since 2026-11-27"))
  }

  @Test(arguments: [
    (#""status": 401"#, "127.0.0.1 refuses the request (401): the token that was sent is not accepted"),
    (
      #""status": 403, "body": "{\"message\": \"Resource not accessible by personal access token TOKEN\"}""#,
      "the token needs actions:read (Resource not accessible by personal access token [secret])"
    ),
    (#""status": 404, "body": "{\"message\": \"Not Found\"}""#, "there is no run 7 (404), or the token may not see it"),
    (
      #""headers": {"Content-Type": "text/html"}, "body": "<html>log in</html>""#,
      "answered with a web page instead of data"
    ),
    (#""body": "{\"id\": ""#, "cannot be read (line 1: the document ends inside a value)"),
    (
      #""status": 302, "headers": {"Location": "file:///etc/passwd"}"#,
      "redirects to file:///etc/passwd, which is not followed"
    ),
    (#""status": 429, "headers": {"Retry-After": "90000"}"#, "answers no more until"),
    (#""endless": true"#, "the answer is larger than 64 MiB (limit)"),
  ])
  func saysWhatIsWrong(_ answer: String, _ words: String) throws {
    let answer = answer.replacingOccurrences(of: "TOKEN", with: CIFlow.token)
    let flow = try CIFlow(#"[{"path": "/api/v3/repos/acme/shop/actions/runs/7", \#(answer)}]"#, Self.variables)
    let result = try flow.checked("{here}/acme/shop/actions/runs/7")
    #expect(result.status == 3)
    #expect(result.errors.hasPrefix("assay: could not fetch \(flow.service.here)/acme/shop/actions/runs/7: "))
    #expect(result.errors.contains(words), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func aDownloadThatWasCutGoesOn() throws {
    let text = CIFlow.junit() + String((0..<200_000).map { Character(Unicode.Scalar(UInt8(97 + $0 &* 7919 % 26))) })
    let zip = try CIFlow.zip(["junit.xml": CIFlow.junit(), "tail.txt": text])
    let cut = Self.stored(31, "junit.zip", #", "breaks": 1000, "times": 3"#)
    let flow = try Self.flow(cut)
    try flow.service.play(Self.routes(flow, cut), files: ["junit.zip": zip])
    let broken = try flow.checked("fetch", "{here}/acme/shop/actions/runs/7", "--out", "here")
    #expect(broken.status == 3)
    #expect(broken.errors.contains("the connection ended after 1000 bytes"), "\(broken.errors)")
    let whole = try flow.checked("fetch", "{here}/acme/shop/actions/runs/7", "--out", "here")
    #expect(whole.status == 0, "\(whole.errors)")
    let ranges = flow.service.seen.filter { $0.path.hasPrefix("/blob/31") }.map { $0["range"] }
    #expect(ranges == [nil, "bytes=1000-", "bytes=2000-", "bytes=3000-"])
    #expect(Files.text(flow.program.folder + "/here/acme/shop/7/junit-py312/tail.txt") == text)
  }

  /// What a killed program left is taken up at the same byte, and the bytes are those that were sent.
  @Test func aKilledDownloadGoesOn() throws {
    let noise = (0..<400_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7 &+ $0 >> 3) }
    let zip = try CIFlow.zip([
      "junit.xml": CIFlow.junit(), "noise.txt": String(decoding: noise.map { $0 % 90 + 33 }, as: UTF8.self),
    ])
    let hung = Self.stored(31, "junit.zip", #", "hangs": 70000, "times": 1"#)
    let flow = try Self.flow(hung)
    try flow.service.play(Self.routes(flow, hung), files: ["junit.zip": zip])
    let started = try flow.start("fetch", "{here}/acme/shop/actions/runs/7", "--out", "here")
    let part = flow.program.folder + "/here/acme/shop/7/.partial/artifact-junit-py312.part"
    while started.isRunning, Files.bytes(part).count < 60_000 { poll(nil, 0, 5) }
    started.kill()
    started.wait()
    let left = Files.bytes(part)
    #expect(left == Array(zip.prefix(left.count)) && !left.isEmpty)
    let whole = try flow.checked("fetch", "{here}/acme/shop/actions/runs/7", "--out", "here")
    #expect(whole.status == 0, "\(whole.errors)")
    let ranges = flow.service.seen.filter { $0.path.hasPrefix("/blob/31") }.map { $0["range"] }
    #expect(ranges == [nil, "bytes=\(left.count)-"])
    let text = Files.bytes(flow.program.folder + "/here/acme/shop/7/junit-py312/noise.txt")
    #expect(text == noise.map { $0 % 90 + 33 })
  }

  @Test(arguments: [
    (#""status": 410"#, "the artifact junit-py312 is no longer there (410)"),
    (#""status": 404"#, "the artifact junit-py312 is not there (404)"),
    (#""says": 10737418240, "body": "PK""#, "it has 10 GiB, and at most 4 GiB are taken (limit)"),
    (#""headers": {"Content-Type": "text/html"}, "body": "<html>""#, "came as a web page: the service wants a login"),
    (#""file": "cut.zip""#, "the archive is damaged"),
    (#""file": "bomb.zip""#, "unpacks to more than 200 times its size (limit)"),
    (#""status": 302, "headers": {"Location": "{there}/loop"}"#, "it redirects more than 5 times"),
  ])
  func saysWhatIsWrongWithAnArtifact(_ answer: String, _ words: String) throws {
    let loop = #"{"path": "/loop", "status": 302, "headers": {"Location": "{there}/loop"}}"#
    let bad = #"{"path": "/api/v3/repos/acme/shop/actions/artifacts/31/zip", \#(answer)}, \#(loop)"#
    let flow = try Self.flow(bad)
    let zip = try CIFlow.zip(["junit.xml": CIFlow.junit() + String(repeating: " ", count: 1000), "z.txt": "z"])
    let isBomb = answer.contains("bomb")
    try flow.service.play(
      Self.routes(flow, bad),
      files: [
        "junit.zip": zip, "cut.zip": Array(zip.prefix(zip.count / 2)),
        "bomb.zip": isBomb ? CIFlow.zip(["junit.xml": String(repeating: "0", count: 100 << 20)], isPacked: true) : [],
      ])
    let result = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(words), "\(result.output)")
    #expect(result.output.contains(#""complete":false"#))
    #expect(result.errors.contains("assay: CI #12: "))
  }

  private static func routes(_ flow: CIFlow, _ more: String) -> String {
    let listed = artifact(31, "junit-py312")
    return "["
      + [
        more, route("actions/runs/7", run()), route("actions/runs/7/attempts/1/jobs?per_page=100", jobs),
        route("actions/runs/7/artifacts?per_page=100", #"{"total_count": 1, "artifacts": [\#(listed)]}"#),
        stored(31, "junit.zip"), log,
      ].joined(separator: ",") + "]"
  }

  @Test func tellsAttemptsApart() throws {
    let routes = [
      Self.route("actions/runs/7", Self.run(attempt: 2, conclusion: "success", started: "12:00:00")),
      Self.route("actions/runs/7/attempts/1", Self.run()),
      Self.route("actions/runs/7/attempts/2/jobs?per_page=100", #"{"jobs": []}"#),
      Self.route("actions/runs/7/attempts/1/jobs?per_page=100", Self.jobs),
      Self.route(
        "actions/runs/7/artifacts?per_page=100",
        #"{"artifacts": [\#(Self.artifact(31, "junit")), \#(Self.artifact(33, "junit", created: "12:10:00"))]}"#),
      Self.stored(31, "red.zip"), Self.stored(33, "green.zip"), Self.log,
    ]
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      files: [
        "red.zip": CIFlow.zip(["junit.xml": CIFlow.junit()]),
        "green.zip": CIFlow.zip(["junit.xml": CIFlow.junit(fails: false)]),
      ], Self.variables)
    let result = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains(#""attempt":2"#) && result.output.contains(#""attempt":1"#), "\(result.output)")
    #expect(result.output.contains("test_two"))
  }

  @Test func aPullRequestIsTheNewestRunOfEachWorkflow() throws {
    let sha = "8acabed0000000000000000000000000000000aa"
    let routes = [
      Self.route("pulls/12", #"{"number": 12, "head": {"sha": "\#(sha)", "ref": "fix"}}"#),
      Self.route(
        "actions/runs?head_sha=\(sha)&per_page=100",
        #"{"total_count": 2, "workflow_runs": [\#(Self.run(8, conclusion: nil, branch: "fix")), \#(Self.run(7, branch: "fix"))]}"#
      ),
      Self.route(
        "actions/runs/8/attempts/1/jobs?per_page=100", #"{"jobs": [{"id": 1, "name": "test", "status": "queued"}]}"#),
      Self.route("actions/runs/8/artifacts?per_page=100", #"{"artifacts": []}"#),
    ]
    let flow = try CIFlow("[" + routes.joined(separator: ",") + "]", Self.variables)
    let result = try flow.checked("list", "--json", "github:acme/shop#12")
    #expect(
      result.output.contains("the run has not ended: 1 job of 1 still to come"), "\(result.output)\(result.errors)")
    #expect(result.output.contains(#""run":"8""#))
  }

  @Test func sendsNoTokenToAHostThatIsNotItsOwn() throws {
    let flow = try CIFlow("[]", ["GH_TOKEN": CIFlow.token, "GITHUB_TOKEN": CIFlow.token])
    let result = try flow.checked("{here}/acme/shop/actions/runs/7")
    #expect(result.status != 0)
    for seen in flow.service.seen { #expect(seen["authorization"] == nil) }
  }

  // MARK: - Annotations

  /// What was remarked on a job is kept beside its log, and is no test, whatever it says.
  @Test func keepsTheAnnotationsOfAFailedJob() throws {
    func annotation(_ path: String, _ level: String, _ message: String, _ more: String = "") -> String {
      #"{"path": "\#(path)", "start_line": 3, "end_line": 3, "annotation_level": "\#(level)", "title": null, "message": "\#(message)"\#(more)}"#
    }
    let first = [
      annotation(
        "src/cart.py", "failure", #"TAP version 13\n1..1\nnot ok 1 - total"#, #", "raw_details": "more\u001b[2J""#),
      annotation(".github", "failure", "Process completed with exit code 1."),
    ]
    let second = [annotation("src/shop.py", "warning", "unused", #", "title": "lint""#)]
    let next = #""headers": {"Link": "<{here}/api/v3/repos/acme/shop/check-runs/91/annotations?page=2>; rel=\"next\"","#
    let flow = try Self.flow(
      [
        Self.route("check-runs/91/annotations?per_page=100", "[" + first.joined(separator: ",") + "]")
          .replacingOccurrences(of: #""headers": {"#, with: next),
        Self.route("check-runs/91/annotations?page=2", "[" + second.joined(separator: ",") + "]"),
      ].joined(separator: ","))
    let json = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7").output
    #expect(json.contains(#""total":2"#) && json.contains(#""incomplete":[]"#), "\(json)")
    #expect(json.contains("the job test (3.12), at src/cart.py:3: TAP version 13"), "\(json)")
    #expect(!json.contains("at .github"), "that it failed is said already")
    let file = try #require(Files.all(in: flow.program.folder).first { $0.contains("/annotations/") })
    #expect(file.hasSuffix("/annotations/test (3.12).txt"))
    #expect(
      Files.text(file) == """
        annotations of the job test (3.12) at GitHub Actions

        src/cart.py:3: failure: TAP version 13
          1..1
          not ok 1 - total
          more␛[2J
        .github:3: failure: Process completed with exit code 1.
        src/shop.py:3: warning: lint: unused

        """)
    #expect(!flow.service.seen.contains { $0.path.contains("check-runs/92") }, "only of jobs that failed")
  }

  @Test func withoutTheRightToAnnotationsTheRunIsWhole() throws {
    let flow = try Self.flow(
      Self.route(
        "check-runs/91/annotations?per_page=100", #"{"message": "Resource not accessible"}"#, #", "status": 403"#))
    let json = try flow.checked("list", "--json", "{here}/acme/shop/actions/runs/7").output
    #expect(
      json.contains("the annotations of test (3.12) were not read: the token needs checks:read (Resource not"),
      "\(json)")
    #expect(json.contains(#""incomplete":[]"#) && json.contains("test_two"), "\(json)")
  }
}
