import Testing

@testable import CIProviders
@testable import SystemKit

/// Which service a link is of, and what it means there.
@Suite struct LinkTests {
  private static let world = CIWorld([:], netrc: Netrc(""))

  private static func subject(_ link: String, _ world: CIWorld = world) -> String {
    do throws(CIError) {
      let target = try CIProviders.target(link, world)
      return "\(target.service) \(target.api) \(target.project) \(target.subject)"
    } catch {
      return "\(error)"
    }
  }

  @Test(arguments: [
    ("https://github.com/acme/shop/actions/runs/7", "run(\"7\", attempt: nil)"),
    ("https://github.com/acme/shop/actions/runs/7/attempts/2", "run(\"7\", attempt: Optional(2))"),
    ("https://github.com/acme/shop/actions/runs/7/job/9?pr=3#step:4:1", "job(\"9\", run: Optional(\"7\"))"),
    ("https://github.com/acme/shop/runs/9?check_suite_focus=true", "job(\"9\", run: nil)"),
    ("https://github.com/acme/shop/pull/12/checks?check_run_id=4", "request(\"12\")"),
    ("https://github.com/acme/shop/commit/8acabed/checks", "commit(\"8acabed\")"),
    ("https://github.com/acme/shop/tree/fix/a%20b", "branch(\"fix/a b\")"),
    ("https://github.com/acme/shop/actions/workflows/ci.yml?query=branch%3Amain+is%3Afailure", "branch(\"main\")"),
    ("https://github.com/acme/shop", "project"),
    ("github:acme/shop#12", "request(\"12\")"), ("github:acme/shop@fix/x", "branch(\"fix/x\")"),
    ("github:acme/shop/runs/7", "run(\"7\", attempt: nil)"), ("github:acme/shop", "project"),
  ])
  func readsLinksOfGitHub(_ link: String, _ subject: String) {
    #expect(Self.subject(link) == "github https://api.github.com/ acme/shop " + subject)
  }

  @Test(arguments: [
    ("https://gitlab.com/acme/ml/shop/-/pipelines/46", "acme/ml/shop run(\"46\", attempt: nil)"),
    ("https://gitlab.com/acme/shop/-/jobs/7#L12", "acme/shop job(\"7\", run: nil)"),
    ("https://gitlab.com/acme/shop/-/merge_requests/5/diffs", "acme/shop request(\"5\")"),
    ("https://gitlab.com/acme/shop/-/pipelines?ref=main", "acme/shop branch(\"main\")"),
    ("gitlab:acme/ml/shop!5", "acme/ml/shop request(\"5\")"),
  ])
  func readsLinksOfGitLab(_ link: String, _ words: String) {
    #expect(Self.subject(link) == "gitlab https://gitlab.com/api/v4 " + words)
  }

  @Test(arguments: [
    (
      "https://build.example.org/ci/job/a/job/b%252Fc/12/console",
      "https://build.example.org/ci/job/a/job/b%252Fc a/b%2Fc run(\"12\", attempt: nil)"
    ),
    (
      "https://build.example.org/job/a/lastFailedBuild/",
      "https://build.example.org/job/a a run(\"lastFailedBuild\", attempt: nil)"
    ),
    ("https://build.example.org/job/a/", "https://build.example.org/job/a a project"),
  ])
  func readsLinksOfJenkins(_ link: String, _ words: String) {
    #expect(Self.subject(link) == "jenkins " + words)
  }

  @Test(arguments: [
    (
      "https://dev.azure.com/org/my%20shop/_build/results?buildId=88&view=logs",
      "azure https://dev.azure.com/org/my%20shop org/my shop run(\"88\", attempt: nil)"
    ),
    (
      "https://org.visualstudio.com/shop/_build/results?buildId=88",
      "azure https://org.visualstudio.com/shop shop run(\"88\", attempt: nil)"
    ),
    (
      "https://dev.azure.com/org/shop/_git/repo/pullrequest/3",
      "azure https://dev.azure.com/org/shop org/shop request(\"3\")"
    ),
    (
      "https://buildkite.com/acme/shop/builds/12#0190-aa",
      "buildkite https://api.buildkite.com/v2 acme/shop job(\"0190-aa\", run: Optional(\"12\"))"
    ),
    (
      "https://app.circleci.com/pipelines/github/acme/shop/9/workflows/w-1/jobs/5",
      "circleci https://circleci.com/api/v2 gh/acme/shop job(\"5\", run: Optional(\"w-1\"))"
    ),
    (
      "https://github.com/acme/shop/releases/download/v1/junit.zip",
      "web https://github.com/acme/shop/releases/download/v1/junit.zip github.com project"
    ),
    (
      "s3://ml-artifacts/nightly/a b.zip",
      "s3 https://ml-artifacts.s3.us-east-1.amazonaws.com/nightly/a%20b.zip ml-artifacts run(\"nightly/a b.zip\", attempt: nil)"
    ),
    (
      "s3://ml.artifacts/a.zip",
      "s3 https://s3.us-east-1.amazonaws.com/ml.artifacts/a.zip ml.artifacts run(\"a.zip\", attempt: nil)"
    ),
  ])
  func readsLinksOfTheOthers(_ link: String, _ words: String) {
    #expect(Self.subject(link) == words)
  }

  @Test func servicesAreSortedAndUnique() {
    let ids = CIProviders.all.map { $0.id }
    #expect(ids == Set(ids).sorted())
  }

  // MARK: - Tokens

  /// Where a link of a service leads with a token, and where its token goes besides.
  private static func line(_ link: String, _ variables: [String: String], at asked: String? = nil) throws -> String? {
    let world = CIWorld(variables, netrc: Netrc(""))
    let target = try CIProviders.target(link, world)
    let provider = try #require(CIProviders.provider(target.service))
    let origin = try asked.map { try #require(WebAddress($0)).origin } ?? target.api.origin
    return provider.credential(for: target, world)?.line(for: origin).map { $0.name + " " + $0.value }
  }

  @Test func tokensAreForTheirOwnHosts() throws {
    let hub = ["GH_TOKEN": "public", "GH_ENTERPRISE_TOKEN": "own", "GH_HOST": "git.example.org"]
    #expect(try Self.line("github:acme/shop", ["GH_TOKEN": "public"]) == "Authorization Bearer public")
    #expect(try Self.line("https://git.example.org/acme/shop/pull/1", hub) == "Authorization Bearer own")
    #expect(try Self.line("https://github.com/acme/shop/pull/1", hub) == "Authorization Bearer public")
    #expect(try Self.line("https://github.com/acme/shop/pull/1", hub, at: "https://git.example.org") == nil)
    #expect(try Self.line("https://github.com/acme/shop/pull/1", hub, at: "https://github.com.evil.org") == nil)
    let lab = ["GITLAB_TOKEN": "t", "GITLAB_HOST": "lab.example.org"]
    #expect(try Self.line("https://lab.example.org/a/b", lab) == "PRIVATE-TOKEN t")
    #expect(try Self.line("https://gitlab.com/a/b", lab) == nil)
    #expect(try Self.line("https://gitlab.com/a/b", ["GITLAB_TOKEN": "t"]) == "PRIVATE-TOKEN t")
    #expect(
      try Self.line("https://build.example.org/job/a/", ["JENKINS_API_TOKEN": "t", "JENKINS_USER_ID": "me"]) == nil)
    #expect(
      try Self.line(
        "https://build.example.org/job/a/",
        ["JENKINS_API_TOKEN": "t", "JENKINS_USER_ID": "me", "JENKINS_URL": "https://build.example.org/"])
        == "Authorization Basic bWU6dA==")
    let circle = ["CIRCLE_TOKEN": "t"]
    #expect(try Self.line("circleci:gh/a/b", circle, at: "https://output.circle-artifacts.com") == "Circle-Token t")
    #expect(try Self.line("circleci:gh/a/b", circle, at: "https://evilcircle-artifacts.com") == nil)
    let azure = ["AZURE_DEVOPS_EXT_PAT": "t"]
    let build = "https://dev.azure.com/o/p/_build/results?buildId=1"
    #expect(
      try Self.line(build, azure, at: "https://artprodcus3.artifacts.visualstudio.com") == "Authorization Basic OnQ=")
    #expect(try Self.line(build, azure, at: "https://storage.example.org") == nil)
  }
}
