import Foundation
import TerminalKit
import TestSupport
import Testing

/// A day on call, from the link that was pasted to the word that the pull request gets, on the real program in a real
/// terminal.
@Suite(
  .enabled(if: Tmux.isInstalled, "tmux is not here"),
  .enabled(if: LoopbackService.isAvailable, Comment(rawValue: LoopbackService.absence)))
struct ServiceDayFlowTests {
  private static let hub = "/api/v3/repos/acme/shop"

  /// What the service says of its run at a moment.
  private struct Moment {
    var attempt = 1
    var conclusion: String?
    /// The end of each job, by its name; nil for one that runs.
    var jobs: [(name: String, end: String?)]
    /// The artifacts, each with when it was made.
    var artifacts: [(id: Int, name: String, made: String)]
  }

  private static func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data(), as: UTF8.self)
  }

  private static func route(_ path: String, _ body: String, method: String = "GET", status: Int = 200) -> String {
    #"{"path": "\#(hub)/\#(path)", "method": "\#(method)", "status": \#(status), "headers": {"Content-Type": "application/json"}, "body": \#(quoted(body))}"#
  }

  private static func run(_ attempt: Int, _ conclusion: String?) -> String {
    """
    {"id": 7, "name": "CI", "workflow_id": 5, "run_number": 12, "run_attempt": \(attempt),
     "status": "\(conclusion == nil ? "in_progress" : "completed")", "conclusion": \(conclusion.map { "\"\($0)\"" } ?? "null"),
     "head_branch": "main", "head_sha": "8acabed", "run_started_at": "2026-11-17T1\(attempt):10:00Z",
     "html_url": "{here}/acme/shop/actions/runs/7"}
    """
  }

  private static func job(_ id: Int, _ name: String, _ end: String?, _ attempt: Int) -> String {
    let ended = end.map {
      #""status": "completed", "conclusion": "\#($0)", "completed_at": "2026-11-17T1\#(attempt):14:00Z""#
    }
    return #"{"id": \#(id), "name": "\#(name)", "started_at": "2026-11-17T1\#(attempt):11:00Z", "#
      + (ended ?? #""status": "in_progress", "conclusion": null"#) + "}"
  }

  private static func routes(_ moment: Moment) -> String {
    let jobs = moment.jobs.enumerated().map {
      job(moment.attempt * 10 + $0.offset, $0.element.name, $0.element.end, moment.attempt)
    }
    let artifacts = moment.artifacts.map {
      """
      {"id": \($0.id), "name": "\($0.name)", "size_in_bytes": 500, "expired": false, "created_at": "\($0.made)"}
      """
    }
    let log =
      "2026-11-17T11:12:00Z ##[group]Run pytest\n2026-11-17T11:12:01Z ##[error]Process completed with exit code 1.\n"
    let parts =
      [
        route("actions/runs/7", run(moment.attempt, moment.conclusion)),
        route("actions/runs/7/attempts/1", run(1, "failure")),
        route(
          "actions/runs/7/attempts/\(moment.attempt)/jobs?per_page=100", "{\"jobs\": [\(jobs.joined(separator: ","))]}"),
        route("actions/runs/7/artifacts?per_page=100", "{\"artifacts\": [\(artifacts.joined(separator: ","))]}"),
        route("actions/runs/7/rerun-failed-jobs", "{}", method: "POST", status: 201),
        route("statuses/8acabed", "{}", method: "POST", status: 201),
      ]
      + moment.artifacts.map {
        #"{"path": "\#(hub)/actions/artifacts/\#($0.id)/zip", "headers": {"Content-Type": "application/zip"}, "file": "\#($0.id).zip"}"#
      }
      + moment.jobs.indices.map {
        #"{"path": "\#(hub)/actions/jobs/\#(moment.attempt * 10 + $0)/logs", "headers": {"Content-Type": "text/plain"}, "body": \#(quoted(log))}"#
      }
    return "[" + parts.joined(separator: ",") + "]"
  }

  private static func report(_ name: String, fails: Bool) throws -> [UInt8] {
    let text = CIFlow.junit(fails: fails).replacingOccurrences(of: "test_two", with: name)
      .replacingOccurrences(of: "test_one", with: name + "_too")
    return try CIFlow.zip(["junit.xml": text])
  }

  @Test func fromTheLinkToTheAnswer() throws {
    let unit = (31, "junit-unit", "2026-11-17T11:14:00Z"), browser = (32, "junit-e2e", "2026-11-17T11:15:00Z")
    let running = Moment(jobs: [("unit", "failure"), ("e2e", nil)], artifacts: [unit])
    let ended = Moment(
      conclusion: "failure", jobs: [("unit", "failure"), ("e2e", "failure")], artifacts: [unit, browser])
    let again = Moment(attempt: 2, jobs: [("unit", "failure"), ("e2e", nil)], artifacts: ended.artifacts)
    let answered = Moment(
      attempt: 2, conclusion: "failure", jobs: [("unit", "failure"), ("e2e", "success")],
      artifacts: ended.artifacts + [
        (33, "junit-unit", "2026-11-17T12:14:00Z"), (34, "junit-e2e", "2026-11-17T12:15:00Z"),
      ])
    var flow = try CIFlow(
      Self.routes(running),
      files: [
        "31.zip": Self.report("test_totals", fails: true), "32.zip": Self.report("test_checkout", fails: true),
        "33.zip": Self.report("test_totals", fails: true), "34.zip": Self.report("test_checkout", fails: false),
      ],
      [
        "GITHUB_SERVER_URL": "{here}", "GITHUB_API_URL": "{here}/api/v3", "GH_ENTERPRISE_TOKEN": CIFlow.token,
        "USER": "someone",
      ])
    try flow.program.write("ci: {every: 1}\n", to: ".config/assay/config.yaml")
    let project = flow.program.folder + "/project"
    _ = try flow.program.shell(["git", "init", "-q", "project"])
    for (name, folder) in [("XDG_CONFIG_HOME", ".config"), ("XDG_STATE_HOME", "state"), ("XDG_CACHE_HOME", "cache")] {
      flow.variables[name] = flow.program.folder + "/" + folder
    }
    let link = flow.service.here + "/acme/shop/actions/runs/7"
    let tmux = try Tmux(
      [Program.path(), link, "--watch"], environment: flow.variables, size: Size(width: 120, height: 40),
      directory: project)

    try seesFailuresWhileTheRunGoesOn(tmux) { try flow.service.play(Self.routes(ended)) }
    try runsAgain(tmux, flow, again, answered)
    try mutes(tmux)

    // The commit is told; the token went to the service alone.
    let gate = try flow.run("-C", project, "gate", link, "--publish", "--publish-to", "{here}/acme/shop/commit/8acabed")
    #expect(gate.status == 0, "\(gate.output)\(gate.errors)\(flow.service.seen.suffix(3).map(\.path))")
    let told = flow.service.seen.last { $0.method == "POST" }
    #expect(told?.path == Self.hub + "/statuses/8acabed" && told?.body.contains("success") == true, "\(told as Any)")
    #expect(flow.service.seen.count { $0.method == "POST" } == 2)
  }

  private func seesFailuresWhileTheRunGoesOn(_ tmux: Tmux, end: () throws -> Void) throws {
    // Failures are there while the run still runs, and nothing of it is green.
    try tmux.waitFor("test_totals")
    try tmux.waitFor("INCOMPLETE")
    try end()
    try tmux.waitFor("test_checkout")
    try tmux.waitFor("2 failing")
  }

  private func runsAgain(_ tmux: Tmux, _ flow: CIFlow, _ again: Moment, _ answered: Moment) throws {
    // The failed jobs are run again where they ran, once a person has seen what that means.
    tmux.send("R")
    try tmux.waitFor("times (")
    tmux.send("Tab")
    tmux.type("failed")
    tmux.send("Enter")
    try tmux.waitFor("2 failed jobs (unit, e2e), 6 min of machines the last time of CI #12 of acme/shop")
    #expect(!flow.service.seen.contains { $0.method == "POST" })
    tmux.send("y")
    try tmux.waitFor("J shows it")
    try flow.service.play(Self.routes(again))
    tmux.send("J")
    try tmux.waitFor("failure after 3 m 00 s")
    try tmux.waitFor("it has not ended yet")
    try flow.service.play(Self.routes(answered))
    try tmux.waitFor("success after 3 m 00 s")
    try tmux.waitFor("FINISHED")
    try tmux.waitFor("1 of 2 jobs failed")
    tmux.send("J")
    try tmux.waitUntilGone("FINISHED")
  }

  private func mutes(_ tmux: Tmux) throws {
    // The answer is an attempt of its own, and the newest run; what still fails there is set aside with its ticket.
    try tmux.waitFor("(2 of 2)")
    tmux.send(">")
    try tmux.waitFor("run 7 attempt 2 (1 of 2)")
    try tmux.waitFor("1 failing")
    tmux.send("m")
    try tmux.waitFor("ticket:")
    tmux.type("ML-7")
    tmux.send("Tab")
    tmux.type("the totals are rounded since monday")
    tmux.send("Enter")
    try tmux.waitFor("would have hidden")
    tmux.send("y")
    try tmux.waitFor(" muted ")
    tmux.send("q")
    #expect(try tmux.waitForExit() == 0)
  }
}
