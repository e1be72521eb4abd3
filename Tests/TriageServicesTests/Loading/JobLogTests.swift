import RunArtifacts
import TestSupport
import Testing
import TriageModel
import TriageServices

/// How services say that a job went wrong, and that it went well.
private let endings: [(service: String, log: String, words: String)] = [
  ("GitHub", "2026-11-20T10:00:00.1Z ##[error]Process completed with exit code 1.", "the job exited with status 1"),
  ("GitHub, copied", "Error: Process completed with exit code 2.", "the job exited with status 2"),
  (
    "GitHub, lost", "2026-11-20T10:00:00Z ##[error]The runner has received a shutdown signal. This can",
    "the job lost its machine"
  ),
  (
    "GitHub, mute", "##[error]The hosted runner lost communication with the server. Anything in",
    "the job lost its machine"
  ),
  (
    "GitHub, an annotation copied", "The hosted runner: A 5 lost communication with the server. Anything in",
    "the job lost its machine"
  ),
  (
    "TeamCity, told", "##teamcity[buildProblem description='Process exited with code 1']",
    "the build reported a problem"
  ),
  (
    "GitHub, long",
    "##[error]The job running on runner X has exceeded the maximum execution time of 360 minutes.\n##[error]The operation was canceled.",
    "the job ran out of time"
  ),
  ("GitHub, cancelled", "##[error]The operation was canceled.", "the job was cancelled"),
  ("Azure", "##[error]Bash exited with code '1'.\n##[section]Finishing: Test", "the job exited with status 1"),
  (
    "Azure, PowerShell", "2026-11-20T10:00:00.1Z ##[error]PowerShell exited with code '3'.",
    "the job exited with status 3"
  ),
  (
    "Azure, tasks", "##[error]Error: The process '/usr/bin/npm' failed with exit code 7", "the job exited with status 7"
  ),
  (
    "Azure, agent", "##[error]We stopped hearing from agent A 2. Verify the agent machine is running",
    "the job lost its machine"
  ),
  ("GitLab, shell", "\u{1B}[31;1mERROR: Job failed: exit status 1\u{1B}[0;m", "the job exited with status 1"),
  (
    "GitLab, docker", "2026-11-20T10:00:00.000000Z 00O \u{1B}[31;1mERROR: Job failed: exit code 137",
    "the job exited with status 137"
  ),
  ("GitLab, Kubernetes", "ERROR: Job failed: command terminated with exit code 1", "the job exited with status 1"),
  (
    "GitLab, system", "ERROR: Job failed (system failure): pod was evicted", "the job lost its machine (system failure)"
  ),
  ("GitLab, long", "ERROR: Job failed: execution took longer than 1h0m0s seconds", "the job ran out of time"),
  ("GitLab, other", "ERROR: Job failed: failed to pull image \"x\"", "the job failed"),
  ("Jenkins", "script returned exit code 1\nFinished: FAILURE", "the job failed"),
  ("Jenkins, unstable", "[2026-11-20T10:00:00.000Z] Finished: UNSTABLE", "the job is unstable"),
  ("Jenkins, aborted", "Finished: ABORTED", "the job was aborted"),
  ("CircleCI", "Exited with code exit status 1", "the job exited with status 1"),
  ("CircleCI, quiet", "Too long with no output (exceeded 10m0s): context deadline exceeded", "the job ran out of time"),
  (
    "Buildkite", "\u{1B}[31m🚨 Error: The command exited with status 1\u{1B}[0m\n^^^ +++", "the job exited with status 1"
  ),
  (
    "Buildkite, signal", "\u{1B}_bk;t=1700000000000\u{7}🚨 Error: The command was interrupted by a signal: killed",
    "the job was ended by a signal"
  ),
  ("TeamCity", "[10:00:01]E: [Step 1/1] Process exited with code 1 (Step: Tests)", "the job exited with status 1"),
  ("Travis", "\u{1B}[0K\u{1B}[31;1mThe command \"npm test\" exited with 1.\u{1B}[0m", "the job exited with status 1"),
  (
    "Travis, quiet", "No output has been received in the last 10m0s, this potentially indicates a stalled build",
    "the job ran out of time"
  ),
  (
    "Taskcluster",
    "[taskcluster 2026-05-09 18:26:35.479Z] Unsuccessful task run with exit code: 1 completed in 8 seconds",
    "the job exited with status 1"
  ),
  (
    "Taskcluster, long", "[taskcluster:error] Task timeout after 3600 seconds. Force killing container.",
    "the job ran out of time"
  ),
  ("AppVeyor", "Command exited with code 1", "the job exited with status 1"),
  ("Bitbucket", "Container 'Build' exceeded memory limit.", "the job ran out of memory"),
  (
    "CodeBuild", "[Container] 2026/11/20 10:00:00.123 Command did not exit successfully pytest exit status 1",
    "the job exited with status 1"
  ),
  ("CodeBuild, phase", "[Container] 2026/11/20 10:00:00 Phase complete: BUILD State: FAILED", "the job failed"),
  (
    "Cloud Build", "ERROR: build step 0 \"python\" failed: step exited with non-zero status: 1",
    "the job exited with status 1"
  ),
  (
    "Prow", "{\"component\":\"entrypoint\",\"error\":\"wrapped process failed: exit status 1\",\"level\":\"error\"}",
    "the job exited with status 1"
  ),
  (
    "Prow, long",
    "{\"component\":\"entrypoint\",\"level\":\"error\",\"msg\":\"Process did not finish before 2h0m0s timeout\"}",
    "the job ran out of time"
  ),
  ("Bazel", "\u{1B}[31m\u{1B}[1mERROR: \u{1B}[0mBuild did NOT complete successfully", "Bazel's build failed"),
  ("GoCD", "!!|23:00:35.167 [go] Current job status: failed.", "the job failed"),
  ("GoCD, task", "[go] Task status: failed (123 ms), exit code: 2", "the job exited with status 2"),
  (
    "Bamboo", "simple\t14-Nov-2026 05:21:12\tFailing task since return code of [/bin/sh /x.sh] was 1 while expected 0",
    "the job exited with status 1"
  ),
  ("Cirrus", "CirrusCI agent stopped responding!", "the job lost its machine"),
  ("Buildbot", "program finished with exit code 2", "the job exited with status 2"),
  ("Drone", "exit code 1", "the job exited with status 1"),
  ("Maven", "[INFO] BUILD FAILURE\n[INFO] Total time: 3 s", "Maven's build failed"),
]

@Suite struct JobLogTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  private func reasons() throws -> [String] {
    try #require(try runs.load().runs.first).info.completeness.reasons
  }

  @Test(arguments: endings.indices)
  func everyServiceIsHeardWithEveryLineEnd(place: Int) throws {
    let ending = endings[place]
    try runs.junit("junit.xml", "one")
    for lineEnd in ["\n", "\r\n"] {
      let log = "start\nrunning tests\n\(ending.log)\n".replacing("\n", with: lineEnd)
      try runs.folder.write("console.log", log)
      let reason = try #require(try reasons().first, "\(ending.service)")
      #expect(reason.hasPrefix("console.log: \(ending.words)"), "\(ending.service)")
    }
  }

  @Test(arguments: [
    "exit code 1 is expected here\nProcess completed with exit code 0.\nFinished: SUCCESS\n",
    "we print Finished: FAILURE in the middle of a line\nand ERROR: Job failed: exit code 1 as well".replacing(
      "and ", with: "> "),
    "Job succeeded\n", "[10:00:01] Process exited with code 0\n", "The command \"npm test\" exited with 0.\n", "",
  ])
  func aLogOfAJobThatWentWellIsNoReason(log: String) throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("console.log", log)
    #expect(try reasons() == [])
  }

  @Test func whatEndedAJobTellsOfMoreThanItsFailingTests() throws {
    try runs.junit("junit.xml", "one!")
    try runs.folder.write("console.log", "##[error]Process completed with exit code 1.\n")
    #expect(try reasons() == [])
    try runs.folder.write("console.log", "##[error]The runner has received a shutdown signal.\n")
    #expect(try reasons() == ["console.log: the job lost its machine"])
  }

  @Test(arguments: [("gz", "gzip"), ("xz", "xz"), ("bz2", "bzip2"), ("zst", "zstd")])
  func packedLogsAreHeard(ending: String, program: String) throws {
    try runs.junit("junit.xml", "one")
    let filler = (0..<20_000).map { "line \($0)\n" }.joined()
    try runs.folder.write("console.log", filler + "##[error]Process completed with exit code 1.\r\n")
    let packed = Shell.run([program, "-q", "-k", "console.log"], directory: runs.folder.path)
    try #require(packed.status == 0)
    try #require(Shell.run(["rm", "console.log"], directory: runs.folder.path).status == 0)
    #expect(try reasons() == ["console.log.\(ending): the job exited with status 1, but no test failed"])
  }

  @Test func aPackedLogThatBreaksOffSaysSo() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("console.log.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 5])
    #expect(try runs.load().runs[0].info.warnings.first?.hasPrefix("console.log.gz cannot be read") == true)
  }

  @Test func withoutAReportTheLogTellsHowTheJobEnded() throws {
    try runs.folder.write("console.log", "##[error]Process completed with exit code 1.\n")
    #expect(try reasons() == ["no test report was found", "console.log: the job exited with status 1"])
  }

  @Test(arguments: ["job.log", "job.txt", "3_build (3.12).txt", "notes"])
  func aLogGivenAloneOpens(name: String) throws {
    try runs.folder.write(
      name, "2026-03-02T10:00:01Z ##[group]Run pytest\n##[error]Process completed with exit code 1.\n")
    let run = try #require(try runs.load(name).runs.first)
    #expect(run.info.completeness.reasons == ["no test report was found", "\(name): the job exited with status 1"])
    #expect(run.info.files.map(\.kind) == [.log])
  }

  @Test func aPageGivenAloneIsNoLog() throws {
    try runs.folder.write("page.txt", "<html></html>")
    #expect(throws: LoadError.self) { try runs.load("page.txt") }
    try runs.folder.write("empty.txt", "")
    #expect(throws: LoadError.self) { try runs.load("empty.txt") }
  }

  @Test func pytestThatStoppedEarlyIsHeardEvenWithFailures() throws {
    try runs.junit("junit.xml", "one!")
    let session = """
      ========= test session starts =========
      collected 0 items / 1 error
      !!!!!!!!!!!! Interrupted: 1 error during collection !!!!!!!!!!!!
      ========= 1 error in 0.05s =========

      """
    try runs.folder.write("console.log", session + "##[error]Process completed with exit code 2.\n")
    #expect(try reasons() == ["console.log: pytest stopped early: Interrupted: 1 error during collection"])
    // A test of a plugin shows what its inner session printed.
    let inner =
      "========= test session starts =========\n" + session + "========= 1 failed, 3 passed in 0.12s =========\n"
    try runs.folder.write("console.log", inner)
    #expect(try reasons() == [])
  }
}
