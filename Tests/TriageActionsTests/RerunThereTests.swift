import Testing
import TriageActions
import TriageModel

/// Jobs that are run again where they ran: which are meant, what they cost, and what is refused.
@Suite struct RerunThereTests {
  private func jobs(isRunning: Bool = false) -> ServiceJobs {
    func job(_ name: String, _ outcome: RerunOutcome, _ seconds: Double?) -> ServiceJobs.Job {
      var job = ServiceJobs.Job(id: "id of \(name)", name: name)
      (job.outcome, job.seconds) = (outcome, seconds)
      return job
    }
    var jobs = ServiceJobs(
      service: "GitHub Actions", run: "CI #12",
      jobs: [
        job("unit", .failed(nil), 50), job("lint", .passed, 20), job("e2e", .failed(nil), 700),
        job("deploy", .unusable("it was skipped"), nil),
      ])
    jobs.isRunning = isRunning
    return jobs
  }

  private func plan(_ words: String, _ found: Result<ServiceJobs, ActionRefusal>?) throws(ActionRefusal) -> Plan {
    var facts = FailureFacts(who: "Jo", time: Timestamp(milliseconds: 0))
    facts.inputs = ["where": words]
    facts.jobs = found
    return try Rerun().plan([FailureSubject(.test("a"))], facts, in: SampleDecisions())
  }

  @Test(arguments: [
    ("failed", JobScope.failed, ["unit", "e2e"], "2 failed jobs (unit, e2e), 12 min of machines the last time"),
    ("all", .all, ["unit", "lint", "e2e", "deploy"], "all 4 jobs"),
    (" lint ", .job("id of lint"), ["lint"], "the job lint, 20 s of machines the last time"),
  ])
  func saysWhichJobsAndWhatTheyCost(_ words: String, _ scope: JobScope, _ names: [String], _ cost: String) throws {
    let plan = try plan(words, .success(jobs()))
    let choice = try #require(plan.jobs)
    #expect(choice.scope == scope && choice.jobs.map(\.name) == names && choice.words == cost)
    #expect(plan.headline == "\(cost) of CI #12 would run again at GitHub Actions" && plan.steps.count == 1)
  }

  @Test func refusesWhatCannotBeAskedFor() throws {
    let refused = { (words: String, found: Result<ServiceJobs, ActionRefusal>?) -> String in
      do throws(ActionRefusal) { return "planned \(try plan(words, found).title)" } catch { return "\(error)" }
    }
    #expect(refused("nobody", .success(jobs())) == "CI #12 has no job nobody (unit, lint, e2e, deploy)")
    #expect(refused("failed", .success(jobs(isRunning: true))) == "CI #12 has not ended")
    #expect(refused("all", .failure(ActionRefusal("it has no link"))) == "it has no link")
    #expect(refused("all", nil) == "no CI service can be asked here")
    var green = jobs()
    green.jobs = green.jobs.filter { !$0.isFailed }
    #expect(refused("failed", .success(green)) == "no job of CI #12 failed")
    // Without a word tests are run here, which wants a repository.
    for words in ["", "here", "  "] { #expect(refused(words, .success(jobs())).contains("no repository"), "\(words)") }
  }
}
