internal import ArgumentParser
internal import CIProviders
internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// How runs are run again at their service.
struct RerunThereOptions: ParsableArguments {
  @Flag(help: "Where it ran: have the failed jobs of the run that a link leads to run again there.")
  var ci = false

  @Flag(name: .customLong("all-jobs"), help: "With --ci: all jobs, not only those that failed.")
  var allJobs = false

  @Option(help: ArgumentHelp("With --ci: only the job of this name.", valueName: "name"))
  var job: String?

  @Flag(help: "With --ci: do not ask.")
  var yes = false

  @Flag(help: "With --ci: wait for the answer, and list what fails then; status 1 when it failed.")
  var wait = false

  @Option(help: ArgumentHelp("With --ci --wait: how often is asked, in seconds.", valueName: "seconds"))
  var every = 30.0

  func validate() throws {
    if !ci, allJobs || job != nil || yes || wait {
      throw ValidationError("--all-jobs, --job, --yes and --wait need --ci")
    }
    if !(0...3600).contains(every) { throw ValidationError("--every needs 0 to 3600 seconds") }
  }
}

/// `assay rerun --ci LINK`: has a run's jobs run again where they ran.
struct RerunThere {
  let context: CommandContext
  let options: RerunThereOptions
  let isDryRun: Bool
  let output: OutputOptions

  func run(_ words: [String]) throws {
    guard words.count == 1, let link = words.first, LinkFetching.isLink(link) else {
      throw CommandFailure.wrong("could not rerun there: one link of a run is needed (assay manual ci)")
    }
    let progress = ProgressLine()
    defer { progress.erase() }
    do {
      let fetcher = try LinkFetching(context: context).fetcher(link, progress)
      guard let run = try fetcher.runs(CIChoice()).first else { return }
      if run.isRunning { throw CommandFailure.refused("could not rerun \(run.title): it has not ended") }
      let jobs = try fetcher.jobs(of: run)
      // A job's name is a name, be it `all`.
      let choice =
        try options.job.map { name throws(JobRefusal) in try jobs.choice(job: name) }
        ?? jobs.choice(isAll: options.allJobs)
      progress.erase()
      if isDryRun {
        _ = try fetcher.rerun(choice.scope, of: run) { StandardError.write("assay: would send \($0)") }
        return
      }
      try confirm("rerun \(choice.words) of \(run.title) at \(fetcher.service)")
      let rerun = try fetcher.rerun(choice.scope, of: run)
      StandardError.write("assay: asked for \(choice.words): the answer is \(rerun.words) \(rerun.link ?? "")")
      if options.wait { try wait(for: rerun, of: fetcher, progress) }
    } catch let error as FetchError {
      throw CommandFailure(error)
    } catch let refusal as JobRefusal {
      throw CommandFailure.wrong("could not rerun: \(refusal)")
    }
  }

  private func confirm(_ words: String) throws(CommandFailure) {
    if output.isReadOnly { throw .refused("could not rerun: --read-only") }
    if options.yes { return }
    guard isatty(STDIN_FILENO) == 1, StandardError.isTerminal else {
      throw .refused("could not \(words): nobody can be asked here (--yes)")
    }
    StandardError.put("assay: \(Sanitizer.line(words))? [y/N] ")
    guard readLine()?.lowercased() == "y" else { throw .refused("could not rerun: it was not wanted") }
  }

  /// Waits for the answer, fetches it, and lists what fails.
  private func wait(for rerun: CIRerun, of fetcher: RunFetcher, _ progress: ProgressLine) throws {
    while true {
      HTTPClock.system.wait(options.every) { true }
      guard let run = try fetcher.run(rerun.identity) else {
        progress.show("waiting for \(rerun.identity.id) to begin")
        continue
      }
      if run.isRunning {
        progress.show("waiting for \(run.title) to end")
        continue
      }
      let fetched = try fetcher.fetch(run)
      progress.erase()
      for loss in fetched.losses { StandardError.write("assay: \(run.title): \(loss)") }
      try Open.list(try RunReading(context: context).request([fetched.folder]), context, output)
      if run.isFailed { throw ExitCode(1) }
      return
    }
  }
}
