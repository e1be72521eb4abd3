internal import ArgumentParser
internal import FailureAnalysis
internal import Foundation
internal import SafeText
internal import Synchronization
internal import SystemKit
internal import TriageActions
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay rerun TEST --why`: what a flaky test hangs on.
extension RerunTests {
  /// Says what would be run, runs it, and says what was found.
  func findCause(_ choice: RerunChoice.Found, _ service: RerunService, _ context: CommandContext) throws {
    let test = choice.tests[0]
    guard choice.tests.count == 1 else {
      throw CommandFailure.wrong("could not look for a cause of \(choice.tests.count) tests: --why takes one")
    }
    var request = choice.dossier.map { CauseRequest(test, in: $0) } ?? CauseRequest(test)
    request.budget = count.budget ?? CauseRequest.usualBudget
    request.order.jobs = jobs ?? service.usualJobs
    request.order.timeLimit = timeout
    request.order.place = at
    let plan = service.causePlan(request)
    let report = CauseReport(plan)
    if plan.alone.invocations.isEmpty {
      throw CommandFailure.wrong("could not rerun: \(plan.alone.refused.first?.why ?? "there is nothing to run")")
    }
    for warning in plan.alone.warnings { StandardError.write("assay: \(warning)") }
    if options.isDryRun {
      return try write {
        report.writePlan(to: $0)
      } json: {
        report.writePlanJSON(to: $0)
      }
    }
    try checkTrust(plan.alone, service)
    for line in report.planLines { StandardError.write(line) }
    let last = try watched { (cancellation, progress) throws(RerunError) in
      try service.findCause(plan, commit: choice.commit, cancellation: cancellation) { snapshot in
        progress.show(snapshot, of: plan.cost.runs)
      }
    }
    try write {
      report.write(last, style: output.textStyle(context.settings), to: $0)
    } json: {
      report.writeJSON(last, to: $0)
    }
    try leave(last)
  }

  /// The status that says how it went: a failure before what is not known.
  private func leave(_ last: CauseSnapshot) throws {
    if case .failed(let why) = last.state { throw CommandFailure.unreadable(why) }
    if last.cause.with.failures + last.cause.without.failures > 0 { throw ExitCode(1) }
    if last.state == .cancelled || last.cause.finding == .nothingKnown { throw ExitCode(3) }
  }
}

extension SharedProgress {
  /// Shows how far a search for a cause is.
  func show(_ snapshot: CauseSnapshot, of most: Int) {
    let failed = snapshot.rows.reduce(0) { $0 + $1.count.failures }
    show("\(snapshot.cause.runs) of at most \(most) runs, \(failed) failed, \(Int(snapshot.elapsed)) s")
  }
}
