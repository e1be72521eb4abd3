import Foundation
import TestSupport
import Testing

/// Links of the other services, from the built program, against answers as their documentation shows them.
@Suite(.enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct ServiceFetchTests {
  private static let json = #""headers": {"Content-Type": "application/json"}"#

  /// An answer in JSON, only for who sends the header line.
  private static func route(_ path: String, _ body: String, _ needs: String, _ more: String = "") -> String {
    let text = String(decoding: (try? JSONEncoder().encode(body)) ?? Data(), as: UTF8.self)
    return #"{"path": "\#(path)", "needs": {\#(needs)}, \#(json), "body": \#(text)\#(more)}"#
  }

  private static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

  /// What `list --json` says of a link, which is fetched by it.
  private static func listed(_ flow: CIFlow, _ link: String) throws -> String {
    let result = try flow.checked("list", "--json", link)
    #expect(result.status == 0, "\(result.errors) \(flow.service.seen.suffix(3).map { $0.method + " " + $0.path })")
    return result.output
  }

  private static func contains(_ text: String, _ parts: String...) {
    for part in parts { #expect(text.contains(part), "\(part) in \(text)") }
  }

  // MARK: - GitLab

  private static let gitLabToken = #""private-token": "\#(CIFlow.token)""#

  private static func gitLab(jobs: String, report: String, _ more: String...) throws -> CIFlow {
    let base = "/api/v4/projects/acme%2Fml%2Fshop"
    let pipeline = """
      {"id": 46, "iid": 11, "project_id": 1, "sha": "8acabed0000000000000000000000000000000aa", "ref": "main", "status": "failed",
       "source": "push", "created_at": "2026-11-17T11:09:00.000Z", "started_at": "2026-11-17T11:10:00.000Z",
       "web_url": "https://gitlab.example.com/acme/ml/shop/-/pipelines/46"}
      """
    let routes = [
      route(base + "/pipelines/46", pipeline, gitLabToken),
      route(base + "/pipelines/46/bridges?per_page=100", "[]", gitLabToken),
      route(base + "/pipelines/46/jobs?per_page=100", jobs, gitLabToken),
      route(base + "/pipelines/46/test_report", report, gitLabToken),
      #"{"path": "\#(base)/jobs/7/trace", "needs": {\#(gitLabToken)}, "body": "section_start:1:x\r\nERROR: Job failed: exit code 1\n"}"#,
      #"{"path": "\#(base)/jobs/7/artifacts", "needs": {\#(gitLabToken)}, "status": 302, "headers": {"Location": "{there}/cdn/7"}}"#,
      #"{"path": "/cdn/7", "refuses": {"private-token": 1}, "headers": {"Content-Type": "application/zip"}, "file": "a.zip"}"#,
    ]
    return try CIFlow(
      "[" + (more + routes).joined(separator: ",") + "]",
      files: ["a.zip": CIFlow.zip(["junit.xml": CIFlow.junit()]), "log.zip": CIFlow.zip(["notes.md": "nothing"])],
      ["GITLAB_HOST": "{here}", "GITLAB_TOKEN": CIFlow.token])
  }

  private static let gitLabJob = """
    {"id": 7, "name": "unit", "stage": "test", "status": "failed", "failure_reason": "script_failure", "allow_failure": false,
     "started_at": "2026-11-17T11:11:00Z", "artifacts_expire_at": null, "pipeline": {"id": 46}
    """

  @Test func readsArtifactsOfGitLab() throws {
    let job =
      Self.gitLabJob
      + #", "artifacts": [{"file_type": "junit", "size": 9}], "artifacts_file": {"filename": "artifacts.zip", "size": 300}}"#
    let report = #"{"total_count": 2, "failed_count": 1, "test_suites": []}"#
    let flow = try Self.gitLab(jobs: "[\(job)]", report: report)
    let text = try Self.listed(flow, "{here}/acme/ml/shop/-/pipelines/46")
    Self.contains(
      text, "test_two", #""source":"gitlab:acme/ml/shop""#, "the job unit ended with failed in the step script_failure")
    Self.contains(text, #""incomplete":[]"#)
    #expect(Files.all(in: flow.program.folder).contains { $0.hasSuffix("/logs/unit.log") })
  }

  /// Reports of `artifacts:reports:junit` are in no archive.
  @Test func readsTheTestReportOfGitLab() throws {
    let report = """
      {"total_count": 3, "failed_count": 1, "test_suites": [{"name": "unit", "suite_error": null, "test_cases": [
       {"status": "success", "name": "one", "classname": "Spec", "execution_time": 0.5},
       {"status": "failed", "name": "two <b>", "classname": "Spec", "file": "spec/a_spec.rb", "execution_time": 1,
        "system_output": "Failure/Error: expected 1\\nat line 3", "stack_trace": null},
       {"status": "error", "name": "three", "classname": "Spec", "system_output": {"message": "odd"}}]}]}
      """
    let flow = try Self.gitLab(jobs: "[\(Self.gitLabJob)}]", report: report)
    let text = try Self.listed(flow, "{here}/acme/ml/shop/-/pipelines/46")
    Self.contains(text, "two <b>", "Failure/Error: expected 1", #""total":3"#, #""failed":1,"errored":1"#)
  }

  @Test func findsTheNewestPipelineOfAMergeRequest() throws {
    let report = #"{"total_count": 0, "test_suites": []}"#
    let flow = try Self.gitLab(
      jobs: "[\(Self.gitLabJob)}]", report: report,
      Self.route(
        "/api/v4/projects/acme%2Fml%2Fshop/merge_requests/5/pipelines",
        #"[{"id": 46, "sha": "8acabed", "ref": "refs/merge-requests/5/head", "status": "failed"}, {"id": 40, "sha": "0", "ref": "x", "status": "success"}]"#,
        Self.gitLabToken))
    for link in ["gitlab:acme/ml/shop!5", "{here}/acme/ml/shop/-/merge_requests/5/pipelines"] {
      Self.contains(
        try Self.listed(flow, link), "no test report was found", "the job exited with status 1", #""run":"46""#)
    }
  }

  // MARK: - Jenkins

  private static func jenkins(_ more: String, fails: Int = 1) throws -> CIFlow {
    let login = #""authorization": "Basic \#(base64("me:" + CIFlow.token))""#
    let build = """
      {"_class": "hudson.model.FreeStyleBuild", "number": 12, "result": "UNSTABLE", "building": false, "timestamp": 1763377800000,
       "url": "{here}/job/acme/job/shop%252Fx/12/", "fullDisplayName": "acme » shop #12",
       "artifacts": [\(more)],
       "actions": [{}, {"lastBuiltRevision": {"SHA1": "8acabed0000000000000000000000000000000aa", "branch": [{"name": "refs/remotes/origin/main"}]}},
        {"failCount": \(fails), "skipCount": 0, "totalCount": 2, "urlName": "testReport"}]}
      """
    let report = """
      {"suites": [{"name": "pytest", "enclosingBlockNames": ["unit", "Test"], "cases": [
        {"className": "tests.test_a", "name": "test_one", "status": "PASSED", "duration": 0.25},
        {"className": "tests.test_a", "name": "test_two", "status": "REGRESSION", "duration": 1.5, "errorDetails": "assert 1 == 2",
         "errorStackTrace": "E  assert", "stdout": "printed\\u0001"}]}]}
      """
    let base = "/ci/job/acme/job/shop%252Fx/12"
    let routes = [
      #"{"path": "\#(base)/api/json*", "needs": {\#(login)}, \#(json), "body": \#(quoted(build))}"#,
      #"{"path": "\#(base)/testReport/api/json*", "needs": {\#(login)}, \#(json), "body": \#(quoted(report))}"#,
      #"{"path": "\#(base)/consoleText", "needs": {\#(login)}, "headers": {"Content-Type": "text/plain"}, "body": "Finished: UNSTABLE\n"}"#,
      #"{"path": "\#(base)/artifact/build/reports/junit.xml", "needs": {\#(login)}, "file": "junit.xml"}"#,
    ]
    return try CIFlow(
      "[" + routes.joined(separator: ",") + "]", files: ["junit.xml": Array(CIFlow.junit().utf8)],
      ["JENKINS_URL": "{here}/ci/", "JENKINS_USER_ID": "me", "JENKINS_API_TOKEN": CIFlow.token])
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  @Test func readsTheTestReportOfJenkins() throws {
    let flow = try Self.jenkins("")
    let text = try Self.listed(flow, "{here}/ci/job/acme/job/shop%252Fx/12/console")
    Self.contains(
      text, "test_two", "assert 1 == 2", #""branch":"main""#, #""source":"jenkins:acme/shop%2Fx""#, #""total":2"#,
      #""incomplete":[]"#)
  }

  @Test func readsArtifactsOfJenkins() throws {
    let flow = try Self.jenkins(
      #"{"fileName": "junit.xml", "relativePath": "build/reports/junit.xml"}, {"fileName": "app.jar", "relativePath": "app.jar"}"#,
      fails: 3)
    let text = try Self.listed(flow, "{here}/ci/job/acme/job/shop%252Fx/12/")
    Self.contains(
      text, "test_two", "the service knows of 3 failing tests, the reports that were fetched of 1", "app.jar")
  }

  // MARK: - Azure DevOps

  @Test func readsResultsOfAzure() throws {
    let login = #""authorization": "Basic \#(Self.base64(":" + CIFlow.token))""#
    let api = "/org/shop/_apis"
    let version = "api-version=7.1"
    let build = """
      {"id": 88, "buildNumber": "20261117.3", "status": "completed", "result": "failed", "sourceBranch": "refs/heads/main",
       "sourceVersion": "8acabed0000000000000000000000000000000aa", "startTime": "2026-11-17T11:10:00.1234567Z",
       "definition": {"id": 3, "name": "CI"}, "project": {"name": "shop"}, "_links": {"web": {"href": "https://dev.azure.com/x"}}}
      """
    let timeline = """
      {"records": [{"id": "j1", "type": "Job", "name": "Linux", "state": "completed", "result": "failed", "log": {"id": 9}},
       {"id": "t1", "parentId": "j1", "type": "Task", "name": "PublishTestResults", "state": "completed", "result": "failed"}]}
      """
    let results = """
      {"count": 2, "value": [{"id": 1, "automatedTestName": "Shop.Tests.One", "automatedTestStorage": "shop.dll", "outcome": "Passed", "durationInMs": 20},
       {"id": 2, "automatedTestName": "Shop.Tests.Two", "automatedTestStorage": "shop.dll", "outcome": "Failed", "errorMessage": "Expected 1", "stackTrace": "at A"}]}
      """
    let routes = [
      Self.route("\(api)/build/builds/88?\(version)", build, login),
      Self.route("\(api)/build/builds/88/timeline?\(version)", timeline, login),
      Self.route("\(api)/build/builds/88/artifacts?\(version)", #"{"count": 0, "value": []}"#, login),
      Self.route(
        "\(api)/test/runs?buildUri=vstfs%3A%2F%2F%2FBuild%2FBuild%2F88&\(version)",
        #"{"value": [{"id": 5, "name": "VSTest", "totalTests": 2, "unanalyzedTests": 1}]}"#, login),
      Self.route("\(api)/test/Runs/5/results?%24top=1000&%24skip=0&\(version)", results, login),
      ###"{"path": "\###(api)/build/builds/88/logs/9?\###(version)", "needs": {\###(login)}, "headers": {"Content-Type": "text/plain"}, "body": "##[error]Bash exited with code '1'.\n"}"###,
    ]
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      ["SYSTEM_COLLECTIONURI": "{here}/org/", "AZURE_DEVOPS_EXT_PAT": CIFlow.token])
    let text = try Self.listed(flow, "{here}/org/shop/_build/results?buildId=88&view=results")
    Self.contains(
      text, "Shop.Tests.Two", "Expected 1", #""source":"azure:shop/CI""#, #""branch":"main""#,
      "the job Linux ended with failed in the step PublishTestResults")
    // Whoever it does not know gets a page.
    try flow.service.play(
      #"[{"path": "*", "status": 203, "headers": {"Content-Type": "text/html"}, "body": "<html>"}]"#)
    let refused = try flow.checked("fetch", "{here}/org/shop/_build/results?buildId=89")
    Self.contains(refused.errors, "answered with a web page instead of data: the token may be wrong")
  }

  // MARK: - Buildkite

  @Test func readsArtifactsOfBuildkite() throws {
    let login = #""authorization": "Bearer \#(CIFlow.token)""#
    let api = "/v2/organizations/acme/pipelines/shop/builds"
    let build = """
      {"id": "b-1", "number": 12, "state": "failed", "branch": "main", "commit": "8acabed0000000000000000000000000000000aa",
       "created_at": "2026-11-17T11:09:00.000Z", "started_at": "2026-11-17T11:10:00.000Z", "web_url": "https://buildkite.com/acme/shop/builds/12",
       "jobs": [{"type": "waiter"}, {"id": "j-1", "type": "script", "name": "unit", "state": "failed", "exit_status": 1,
        "started_at": "2026-11-17T11:10:00Z", "parallel_group_index": 0, "parallel_group_total": 2},
        {"id": "j-2", "type": "script", "name": "unit", "state": "passed", "exit_status": 0, "started_at": "2026-11-17T11:10:00Z",
         "parallel_group_index": 1, "parallel_group_total": 2}]}
      """
    func artifact(_ id: String, _ job: String, _ state: String = "finished") -> String {
      """
      {"id": "\(id)", "job_id": "\(job)", "state": "\(state)", "path": "reports/junit.xml", "filename": "junit.xml", "file_size": 300,
       "download_url": "{here}\(api)/12/jobs/\(job)/artifacts/\(id)/download"}
      """
    }
    let second =
      #", "headers": {"Content-Type": "application/json", "Link": "<{here}\#(api)/12/artifacts?page=2>; rel=\"next\""}"#
    let routes = [
      Self.route("\(api)/12", build, login),
      #"{"path": "\#(api)/12/artifacts?per_page=100", "needs": {\#(login)}, "body": \#(Self.quoted("[" + artifact("a-1", "j-1") + "]"))\#(second)}"#,
      Self.route(
        "\(api)/12/artifacts?page=2", "[" + artifact("a-2", "j-2") + "," + artifact("a-3", "j-2", "expired") + "]",
        login),
      #"{"path": "\#(api)/12/jobs/j-1/artifacts/a-1/download", "needs": {\#(login)}, "status": 302, "headers": {"Location": "{there}/s3/a-1"}, "body": "{}"}"#,
      #"{"path": "\#(api)/12/jobs/j-2/artifacts/a-2/download", "needs": {\#(login)}, "status": 302, "headers": {"Location": "{there}/s3/a-2"}, "body": "{}"}"#,
      #"{"path": "/s3/a-1", "refuses": {"authorization": 1}, "file": "red.xml"}"#,
      #"{"path": "/s3/a-2", "refuses": {"authorization": 1}, "file": "green.xml"}"#,
      #"{"path": "\#(api)/12/jobs/j-1/log.txt", "needs": {\#(login)}, "headers": {"Content-Type": "text/plain"}, "body": "🚨 Error: The command exited with status 1\n"}"#,
    ]
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      files: ["red.xml": Array(CIFlow.junit().utf8), "green.xml": Array(CIFlow.junit(fails: false).utf8)],
      ["BUILDKITE_REST_API_ENDPOINT": "{here}", "BUILDKITE_API_TOKEN": CIFlow.token])
    let text = try Self.listed(flow, "buildkite:acme/shop/builds/12")
    Self.contains(
      text, "test_two", #""source":"buildkite:acme/shop""#, "unit 2 of 2/reports/junit.xml is no longer there",
      "the job unit 1 of 2 ended with status 1")
    #expect(Files.all(in: flow.program.folder).contains { $0.hasSuffix("/logs/unit 1 of 2.log") })
  }

  // MARK: - CircleCI

  @Test func readsTestsOfCircleCI() throws {
    let login = #""circle-token": "\#(CIFlow.token)""#
    let api = "/api/v2"
    let pipeline =
      #"{"id": "p-1", "number": 9, "vcs": {"revision": "8acabed0000000000000000000000000000000aa", "branch": "main"}}"#
    let workflow =
      #"{"id": "w-1", "name": "build", "status": "failed", "pipeline_id": "p-1", "pipeline_number": 9, "created_at": "2026-11-17T11:10:00Z"}"#
    let tests = """
      {"items": [{"name": "test_one", "classname": "tests.test_a", "file": "tests/test_a.py", "result": "success", "run_time": 0.1}],
       "next_page_token": "t2"}
      """
    let more =
      #"{"items": [{"name": "test_two", "classname": "tests.test_a", "result": "failure", "message": "assert 1 == 2\nmore"}], "next_page_token": null}"#
    let routes = [
      Self.route("\(api)/project/gh/acme/shop/pipeline/9", pipeline, login),
      Self.route("\(api)/pipeline/p-1/workflow", #"{"items": [\#(workflow)], "next_page_token": null}"#, login),
      Self.route(
        "\(api)/workflow/w-1/job", #"{"items": [{"id": "j", "job_number": 55, "name": "test", "status": "failed"}]}"#,
        login),
      Self.route("\(api)/project/gh/acme/shop/55/artifacts", #"{"items": []}"#, login),
      Self.route("\(api)/project/gh/acme/shop/55/tests", tests, login),
      Self.route("\(api)/project/gh/acme/shop/55/tests?page-token=t2", more, login),
      // A token of a project may read its tests and not its logs.
      #"{"path": "/api/v1.1/project/gh/acme/shop/55", "status": 403, "body": "{}"}"#,
    ]
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]", ["CIRCLECI_CLI_HOST": "{here}", "CIRCLE_TOKEN": CIFlow.token])
    let text = try Self.listed(flow, "https://app.circleci.com/pipelines/github/acme/shop/9")
    Self.contains(
      text, "test_two", "assert 1 == 2", #""source":"circleci:acme/shop""#, #""run":"w-1""#, #""workflow":"build""#,
      #""total":2"#, "the log of test: 127.0.0.1 forbids it")
  }

  /// Each step's output lies apart, at a storage that refuses the token; only the steps that failed are fetched.
  @Test func readsTheFailedStepsOfCircleCI() throws {
    let login = #""circle-token": "\#(CIFlow.token)""#
    let api = "/api/v2"
    let workflow = #"{"id": "w-1", "name": "build", "status": "failed", "pipeline_id": "p-1", "pipeline_number": 9}"#
    let jobs = """
      {"items": [{"id": "j", "job_number": 55, "name": "test", "status": "failed"},
       {"id": "k", "job_number": 56, "name": "lint", "status": "success"}]}
      """
    func action(_ name: String, _ more: String, _ output: String) -> String {
      #"{"name": "\#(name)", "type": "test", "index": 1, \#(more), "output_url": "{there}/output/\#(output)?X-Sig=S1gn4ture"}"#
    }
    let failed = #""parallel": true, "status": "failed", "failed": true, "exit_code": 1"#
    let steps = """
      {"build_num": 55, "status": "failed", "steps": [
       {"name": "Checkout code", "actions": [\(action("Checkout code", #""status": "success", "exit_code": 0"#, "0"))]},
       {"name": "Run tests", "actions": [\(action("Run tests", failed + #", "truncated": true"#, "1"))]},
       {"name": "Upload", "actions": [\(action("Upload", failed, "2"))]},
       {"name": "Stop", "actions": [\(action("Stop", failed, "3"))]}, {"name": "no output", "actions": [{"status": "failed"}]}]}
      """
    let output =
      #"[{"message": "FAILED test_two\u001b[0m\n", "type": "out"}, {"message": "Exited with code exit status 1\n"}]"#
    func stored(_ name: String, _ answer: String) -> String {
      #"{"path": "/output/\#(name)?X-Sig=S1gn4ture", "host": "localhost", "refuses": {"circle-token": 1}, \#(answer)}"#
    }
    let empty = #"{"items": []}"#
    let routes =
      [
        Self.route("\(api)/workflow/w-1", workflow, login), Self.route("\(api)/pipeline/p-1", #"{"id": "p-1"}"#, login),
        Self.route("\(api)/workflow/w-1/job", jobs, login),
        Self.route("/api/v1.1/project/gh/acme/shop/55", steps, login),
        stored("1", #""body": \#(Self.quoted(output))"#), stored("2", #""status": 403"#),
        stored("3", #""body": "plain words""#),
      ]
      + ["55", "56"].flatMap { job in
        ["artifacts", "tests"].map { Self.route("\(api)/project/gh/acme/shop/\(job)/\($0)", empty, login) }
      }
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]", ["CIRCLECI_CLI_HOST": "{here}", "CIRCLE_TOKEN": CIFlow.token])
    let text = try Self.listed(flow, "https://app.circleci.com/pipelines/github/acme/shop/9/workflows/w-1")
    Self.contains(
      text, "the job exited with status 1",
      "step Run tests, container 1 (failed, exit code 1): the service keeps only a part",
      "step Upload, container 1 (failed, exit code 1): localhost forbids it (403)")
    let log = try #require(Files.all(in: flow.program.folder).first { $0.hasSuffix("/logs/test.log") })
    #expect(
      Files.text(log) == """
        ==> Run tests, container 1 (failed, exit code 1)
        FAILED test_two\u{1B}[0m
        Exited with code exit status 1
        ==> Stop, container 1 (failed, exit code 1)
        plain words

        """)
    #expect(!flow.service.seen.contains { $0.path.hasPrefix("/output/0") || $0.path.hasSuffix("shop/56") })
  }

  // MARK: - A file

  @Test func opensAFileOfABucketWithASignatureAndNoSecret() throws {
    let path = "/ml-artifacts/nightly/run%207/junit.zip"
    let keys = #""signed": {"key": "AKIAEXAMPLE", "secret": "\#(CIFlow.token)", "region": "eu-west-1"}"#
    let routes = """
      [{"path": "\(path)", \(keys), "needs": {"x-amz-security-token": "session"},
        "headers": {"Content-Type": "application/zip", "ETag": "\\"a\\""}, "file": "a.zip"},
       {"path": "*", "status": 403, "headers": {"Content-Type": "application/xml"}, "body": "<Error/>"}]
      """
    let flow = try CIFlow(
      routes, files: ["a.zip": CIFlow.zip(["junit.xml": CIFlow.junit()])], ["AWS_ENDPOINT_URL": "{here}"])
    let credentials = "[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = nobody\n"
    try flow.program.write(credentials, to: ".aws/credentials")
    try flow.program.write("[profile ml]\nregion = eu-west-1\n", to: ".aws/config")
    let refused = try flow.run("list", "s3://ml-artifacts/nightly/run 7/junit.zip")
    Self.contains(refused.errors, "forbids it (403)")
    var signed = flow
    signed.variables.merge([
      "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE", "AWS_SECRET_ACCESS_KEY": CIFlow.token, "AWS_SESSION_TOKEN": "session",
      "AWS_PROFILE": "ml",
    ]) { $1 }
    let listed = try signed.checked("list", "s3://ml-artifacts/nightly/run 7/junit.zip")
    Self.contains(listed.output, "test_two")
    #expect(!flow.service.seen.contains { $0.headers.values.contains { $0.contains(CIFlow.token) } })
    for link in ["s3://ml-artifacts", "s3://ml-artifacts/", "s3://M/x.zip", "s3://ml-artifacts/../x.zip"] {
      #expect(try signed.run("list", link).status == 2, "\(link)")
    }
  }

  @Test func opensAFileOfTheWeb() throws {
    let flow = try CIFlow(
      """
      [{"path": "/files/artifacts.zip", "headers": {"Content-Type": "application/zip"}, "file": "a.zip"},
       {"path": "/files/page.zip", "headers": {"Content-Type": "text/html"}, "body": "<html>log in"}]
      """, files: ["a.zip": CIFlow.zip(["junit.xml": CIFlow.junit()])], [:])
    Self.contains(try Self.listed(flow, "{here}/files/artifacts.zip"), "test_two")
    let page = try flow.checked("{here}/files/page.zip")
    #expect(page.status == 3)
    Self.contains(page.errors, "answered with a web page instead of data: the address may want a login")
  }

  /// A login of `.netrc`, a host of the person's settings, a token of `gh`: each only where the person said so.
  @Test func takesTokensFromWhereThePersonSays() throws {
    let file =
      #"[{"path": "/a.xml", "needs": {"authorization": "Basic \#(Self.base64("me:" + CIFlow.token))"}, "file": "a.xml"}]"#
    let flow = try CIFlow(file, files: ["a.xml": Array(CIFlow.junit().utf8)], [:])
    #expect(try flow.run("{here}/a.xml").status == 3)
    try flow.program.write("machine 127.0.0.1 login me password \(CIFlow.token)", to: ".netrc")
    Self.contains(try flow.run("list", "--json", "{here}/a.xml").output, "test_two")

    let api = "/api/v3/repos/acme/shop/actions/runs/7"
    let own = try CIFlow(
      #"[{"path": "\#(api)", "needs": {"authorization": "Bearer \#(CIFlow.token)"}, "status": 418}]"#, [:])
    try own.program.write("ci: {hosts: {127.0.0.1: github}}", to: ".config/assay/config.yaml")
    Self.contains(try own.run("{here}/acme/shop/actions/runs/7").errors, "404")
    let tool = try own.program.write(
      "#!/bin/sh\n[ \"$*\" = 'auth token --hostname 127.0.0.1' ] && echo \(CIFlow.token)\n", to: "bin/gh")
    try #require(own.program.shell(["chmod", "+x", tool]).status == 0)
    var asking = own
    asking.variables["PATH"] = own.program.folder + "/bin:/usr/bin:/bin"
    Self.contains(try asking.run("{here}/acme/shop/actions/runs/7").errors, "404")
    try own.program.write("ci: {hosts: {127.0.0.1: github}, tools: [gh]}", to: ".config/assay/config.yaml")
    Self.contains(try asking.run("{here}/acme/shop/actions/runs/7").errors, "answered with status 418")
  }

  /// A repository of strangers does not say who gets a token.
  @Test func aRepositoryNamesNoHosts() throws {
    let program = try Program()
    try program.write("ci: {hosts: {evil.example.org: github}}", to: ".assay/config.yaml")
    try #require(program.shell(["git", "init", "-q"]).status == 0)
    let result = try program.run("https://evil.example.org/acme/shop/actions/runs/7")
    #expect(result.status == 2)
    #expect(result.errors.contains("ci.hosts: expected it in your own settings, not here"), "\(result.errors)")
  }

  @Test func chosenArtifactsAreThoseOfTheRepository() throws {
    let flow = try Self.jenkins(
      #"{"fileName": "junit.xml", "relativePath": "build/reports/junit.xml"}, {"fileName": "b.xml", "relativePath": "b.xml"}"#
    )
    try flow.program.write("ci: {artifacts: ['b*.xml']}", to: ".assay/config.yaml")
    try #require(flow.program.shell(["git", "init", "-q"]).status == 0)
    let text = try Self.listed(flow, "{here}/ci/job/acme/job/shop%252Fx/12/")
    Self.contains(
      text, "1 artifact not fetched, since no pattern fits them: build/reports/junit.xml",
      "the artifact b.xml is not there (404)")
  }

  @Test(arguments: ["ftp://example.org/a.zip", "https://example.org/some/page", "http://example.org/a.zip"])
  func saysWhichLinksItTakes(_ link: String) throws {
    let result = try Program().run(link)
    #expect(result.status == 2)
    #expect(result.errors.contains("could not fetch \(link): it is "), "\(result.errors)")
  }

  // MARK: - Into the history

  @Test func fillsTheHistoryRunByRun() throws {
    let api = "/api/v4/projects/acme%2Fshop"
    func pipeline(_ id: Int, _ status: String) -> String {
      #"{"id": \#(id), "sha": "8acabed\#(id)", "ref": "main", "status": "\#(status)", "created_at": "2026-11-\#(10 + id)T11:00:00Z"}"#
    }
    var routes = [
      Self.route(
        "\(api)/pipelines?created_after=2026-10-22T00%3A00%3A00Z&per_page=100",
        "[" + pipeline(3, "failed") + "," + pipeline(2, "running") + "," + pipeline(1, "success") + "]",
        Self.gitLabToken)
    ]
    for (id, status) in [(1, "success"), (2, "running"), (3, "failed")] {
      let report =
        id == 3
        ? #"{"test_suites": [{"name": "unit", "test_cases": [{"name": "two", "classname": "S", "status": "failed"}]}]}"#
        : #"{"test_suites": []}"#
      routes += [
        Self.route("\(api)/pipelines/\(id)", pipeline(id, status), Self.gitLabToken),
        Self.route("\(api)/pipelines/\(id)/bridges?per_page=100", "[]", Self.gitLabToken),
        Self.route(
          "\(api)/pipelines/\(id)/jobs?per_page=100", "[]", Self.gitLabToken, id == 3 ? #", "status": 502"# : ""),
        Self.route("\(api)/pipelines/\(id)/test_report", report, Self.gitLabToken),
      ]
    }
    let flow = try CIFlow(
      "[" + routes.joined(separator: ",") + "]",
      ["GITLAB_HOST": "{here}", "GITLAB_TOKEN": CIFlow.token, "ASSAY_NOW": "2026-11-21T00:00:00Z"])
    let broken = try flow.checked("ingest", "gitlab:acme/shop", "--since", "30d")
    #expect(broken.status == 3)
    Self.contains(broken.errors, "(1 run of 3 not added; the same command goes on there)", "status 502")
    // The rate is used up in the middle.
    let limited =
      #"{"path": "\#(api)/pipelines/3/jobs?per_page=100", "times": 1, "status": 429, "headers": {"Retry-After": "0"}}"#
    try flow.service.play(
      "["
        + ([limited] + routes.map { $0.replacingOccurrences(of: #", "status": 502"#, with: "") }).joined(separator: ",")
        + "]")
    let whole = try flow.checked("ingest", "gitlab:acme/shop", "--since", "30d", "--json")
    Self.contains(whole.errors, "127.0.0.1 answers no more until")
    Self.contains(whole.output, #""added":1,"completed":0,"known":0,"without_results":1,"not_ended":1"#)
    let again = try flow.checked("ingest", "gitlab:acme/shop", "--since", "30d")
    Self.contains(again.output, "0 runs added, 0 completed, 1 known", "1 run without results, 1 not ended: left out")
    Self.contains(try flow.checked("runs", "--json").output, #""run":"3""#)
    #expect(!Files.all(in: flow.program.folder).contains { $0.contains("/downloads/") && $0.hasSuffix("run.json") })
  }
}
