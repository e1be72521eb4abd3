import SystemKit
import TestSupport
import Testing
import TriageModel
import TriageServices

@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct CommitHeadingsTests {
  @Test func titlesComeFromTheRepositoryThatHasTheCommits() throws {
    let folder = try TemporaryFolder()
    let cloned = try ProcessRunner.run(
      ProcessRequest(
        ["git", "clone", "-q", Corpus.root + "/churn/project.bundle", folder.at("project")],
        environment: ["PATH": "/usr/bin:/bin:/usr/local/bin"], timeLimit: 60))
    try #require(cloned.end == .exited(0))
    let runs = Corpus.root + "/churn/runs"
    var request = LoadRequest(
      paths: [runs + "/001", runs + "/036"], repositoryRoot: folder.at("project"), cacheFolder: folder.at("cache"))
    let loaded = try RunLoader.load(request)
    #expect(loaded.runs.map { $0.info.commitTitle?.isEmpty } == [false, false])
    #expect(loaded.runs.first?.info.commitTitle == "Restore the round trip")
    request.overrides.commit = "0123456789012345678901234567890123456789"
    #expect(try RunLoader.load(request).runs.map(\.info.commitTitle) == [nil, nil])
    request.overrides.commit = "--output=/tmp/x"
    #expect(try RunLoader.load(request).runs.map(\.info.commitTitle) == [nil, nil])
  }
}
