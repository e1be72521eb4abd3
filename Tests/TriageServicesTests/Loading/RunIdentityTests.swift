import Foundation
import SystemKit
import TestSupport
import Testing
import TriageModel
@testable import TriageServices

@Suite struct RunIdentityTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  private func load(_ environment: [String: String]) throws -> RunInfo {
    var request = runs.request("out")
    request.environment = environment
    return try #require(try RunLoader.load(request).runs.first).info
  }

  @Test func readsEveryFieldOfRunJSON() throws {
    try runs.junit("out/junit.xml", "one!")
    try runs.folder.write(
      "out/run.json",
      """
      {"id": "4136", "ci": "example", "attempt": 2, "commit": "8acabed1", "branch": "main",
       "started_at": "2026-11-16T09:15:00Z", "exit_code": 1, "labels": {"gpu": "no"}, "job": "unit"}
      """)
    let info = try load([:])
    #expect(info.identity == RunIdentity(source: "example", id: "4136", attempt: 2))
    #expect(info.commit == "8acabed1")
    #expect(info.branch == "main")
    #expect(info.startedAt?.description == "2026-11-16T09:15:00Z")
    #expect(info.exitCode == 1)
    #expect(info.labels == ["gpu": "no", "job": "unit"])
    #expect(info.completeness.isComplete)
    #expect(info.warnings == [])
  }

  @Test func saysWhichFieldsItCannotRead() throws {
    try runs.junit("out/junit.xml", "one")
    try runs.folder.write(
      "out/run.json", #"{"id": "1", "attempt": "many", "commit": [], "started_at": "soon", "labels": 3}"#)
    #expect(
      try load([:]).warnings == [
        "run.json: attempt is no whole number", "run.json: commit is no text", "run.json: started_at is no time",
        "run.json: labels is no object",
      ])
  }

  @Test func aBrokenRunJSONStillMarksItsFolder() throws {
    try runs.junit("out/1/junit.xml", "one")
    try runs.folder.write("out/1/run.json", #"{"id": "1", "com"#)
    try runs.junit("out/2/junit.xml", "one")
    try runs.folder.write("out/2/run.json", #"{"id": "2"}"#)
    let loaded = try runs.load("out")
    #expect(loaded.runs.count == 2)
    #expect(loaded.runs.flatMap(\.info.warnings).count == 1)
  }

  @Test(
    arguments: [
      (
        [
          "GITHUB_RUN_ID": "99", "GITHUB_RUN_ATTEMPT": "3", "GITHUB_SHA": "c0ffee00", "GITHUB_REF_NAME": "main",
          "GITHUB_REPOSITORY": "o/r", "GITHUB_JOB": "unit", "GITHUB_WORKSPACE": "@",
        ], RunIdentity(source: "github:o/r", id: "99", attempt: 3), "unit"
      ),
      (
        [
          "CI_PIPELINE_ID": "5", "CI_JOB_ID": "6", "CI_COMMIT_SHA": "c0ffee00", "CI_COMMIT_BRANCH": "main",
          "CI_PROJECT_PATH": "g/p", "CI_JOB_NAME": "unit", "CI_PROJECT_DIR": "@",
        ], RunIdentity(source: "gitlab:g/p", id: "5"), "unit"
      ),
      (
        [
          "BUILD_NUMBER": "12", "JOB_NAME": "churn", "GIT_COMMIT": "c0ffee00", "GIT_BRANCH": "origin/main",
          "WORKSPACE": "@",
        ], RunIdentity(source: "jenkins:churn", id: "12"), nil
      ),
      (
        [
          "BUILDKITE_BUILD_NUMBER": "8", "BUILDKITE_RETRY_COUNT": "1", "BUILDKITE_COMMIT": "c0ffee00",
          "BUILDKITE_BRANCH": "main", "BUILDKITE_ORGANIZATION_SLUG": "o", "BUILDKITE_PIPELINE_SLUG": "p",
          "BUILDKITE_STEP_KEY": "unit", "BUILDKITE_BUILD_CHECKOUT_PATH": "@",
        ], RunIdentity(source: "buildkite:o/p", id: "8", attempt: 2), "unit"
      ),
      (
        [
          "CIRCLECI": "true", "CIRCLE_BUILD_NUM": "4", "CIRCLE_SHA1": "c0ffee00", "CIRCLE_BRANCH": "main",
          "CIRCLE_PROJECT_REPONAME": "r", "CIRCLE_JOB": "unit", "CIRCLE_WORKING_DIRECTORY": "@",
        ], RunIdentity(source: "circleci:r", id: "4"), "unit"
      ),
      (
        [
          "BUILD_BUILDID": "31", "BUILD_SOURCEVERSION": "c0ffee00", "BUILD_SOURCEBRANCH": "refs/heads/main",
          "SYSTEM_TEAMPROJECT": "t", "BUILD_DEFINITIONNAME": "d", "SYSTEM_JOBNAME": "unit",
          "BUILD_SOURCESDIRECTORY": "@",
        ], RunIdentity(source: "azure:t/d", id: "31"), "unit"
      ),
      (
        [
          "BITBUCKET_BUILD_NUMBER": "7", "BITBUCKET_COMMIT": "c0ffee00", "BITBUCKET_BRANCH": "main",
          "BITBUCKET_REPO_FULL_NAME": "o/r", "BITBUCKET_CLONE_DIR": "@",
        ], RunIdentity(source: "bitbucket:o/r", id: "7"), nil
      ),
    ] as [([String: String], RunIdentity, String?)])
  func readsTheCIEnvironment(variables: [String: String], identity: RunIdentity, job: String?) throws {
    try runs.junit("out/junit.xml", "one")
    let info = try load(variables.mapValues { $0 == "@" ? runs.folder.path : $0 })
    #expect(info.identity == identity)
    #expect(info.commit == "c0ffee00")
    #expect(info.branch == "main")
    #expect(info.labels["job"] == job)
  }

  @Test(arguments: [
    (["GITHUB_HEAD_REF": "fix", "GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/8/merge"], "fix"),
    // A fork's main is not the repository's.
    (["GITHUB_HEAD_REF": "main", "GITHUB_BASE_REF": "main", "GITHUB_REF": "refs/pull/8/merge"], "pull/8/merge"),
    (["GITHUB_REF_NAME": "main"], "main"),
  ])
  func aRequestIsOfTheBranchThatItComesFrom(variables: [String: String], branch: String) throws {
    try runs.junit("out/junit.xml", "one")
    let job = ["GITHUB_RUN_ID": "99", "GITHUB_WORKSPACE": runs.folder.path]
    #expect(try load(job.merging(variables) { $1 }).branch == branch)
  }

  @Test func ciSystemsAreToldByTheirIDs() {
    #expect(Set(CIService.all.map(\.id)).count == CIService.all.count)
  }

  @Test func anArchiveInTheCIJobsFolderIsItsOwn() throws {
    try runs.junit("junit.xml", "one")
    let packed = try ProcessRunner.run(
      ProcessRequest(
        ["tar", "-C", runs.folder.path, "-czf", runs.folder.at("out"), "junit.xml"],
        environment: ["PATH": "/usr/bin:/bin"], timeLimit: 60))
    try #require(packed.end == .exited(0))
    let info = try load(["GITHUB_RUN_ID": "99", "GITHUB_WORKSPACE": runs.folder.path])
    #expect(info.identity == RunIdentity(source: "github", id: "99"))
  }

  @Test func artifactsFromElsewhereAreNotTheCIJobsOwn() throws {
    try runs.junit("out/junit.xml", "one")
    let elsewhere = try TemporaryFolder()
    let info = try load(["GITHUB_RUN_ID": "99", "GITHUB_SHA": "c0ffee00", "GITHUB_WORKSPACE": elsewhere.path])
    #expect(info.identity.source == "out")
    #expect(info.commit == nil)
  }

  @Test func withoutAnyWordTheFolderAndItsTimeAreTheIdentity() throws {
    try runs.junit("out/junit.xml", "one")
    let time = [timeval(tv_sec: 1_790_000_000, tv_usec: 0), timeval(tv_sec: 1_790_000_000, tv_usec: 0)]
    utimes(runs.folder.at("out/junit.xml"), time)
    let info = try load([:])
    #expect(info.identity.source == "out")
    #expect(info.identity.id.hasPrefix("2026-09-21T14:13:20Z-"))
    #expect(info.name == "out")
    // The same bytes are the same run, others of the same moment are another.
    #expect(try load([:]).identity == info.identity)
    try runs.junit("out/junit.xml", "two")
    utimes(runs.folder.at("out/junit.xml"), time)
    #expect(try load([:]).identity != info.identity)
    #expect(info.startedAt?.description == "2026-09-21T14:13:20Z")
  }
}
