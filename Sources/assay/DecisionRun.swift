internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import ItemQueries
internal import TriageActions
internal import TriageMessages
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// One decision from the command line: finds the goldens that are meant, says what stands in the way, decides.
struct DecisionRun {
  let action: ActionDescription
  let options: DecisionOptions
  let output: OutputOptions
  let included: Set<Obstacle>

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    try check()
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: options.allowsCI)
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let (run, survey) = try evidence(context)
    let request = try request(survey)
    let planned = service.plan(request, survey)
    let preview = planned.preview
    if let refusal = preview.refusal, !options.isDryRun {
      throw CommandFailure.refused("could not \(action.id): \(refusal)")
    }
    if !options.isDryRun { try confirm(preview) }
    let outcome = options.isDryRun ? nil : service.decide(planned)
    let report = DecisionReport(preview, planned.plan, outcome, run: run.info.name, commit: run.info.commit)
    for warning in outcome?.warnings ?? preview.warnings { StandardError.write("assay: \(warning)") }
    for refusal in report.refusals { StandardError.write("assay: \(refusal)") }
    if let failure = outcome?.failure { StandardError.write("assay: \(failure)") }
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
    if !report.refusals.isEmpty || outcome?.failure != nil { throw ExitCode(4) }
  }

  /// What the command line alone says.
  private func check() throws(CommandFailure) {
    let isBulk = options.all || options.filter != nil
    if options.goldens.isEmpty, !isBulk {
      throw .wrong(
        "could not \(action.id): no golden is named (GOLDEN…, --filter or --all; assay goldens lists them)")
    }
    if !options.goldens.isEmpty, isBulk {
      throw .wrong("could not \(action.id): goldens are named, and --all or --filter chooses too")
    }
    let reason = options.reason ?? ""
    if !options.isDryRun, action.requires("reason"), !reason.contains(where: { !$0.isWhitespace }) {
      throw .wrong("could not \(action.id) without a reason (--reason)")
    }
  }

  /// The newest run, compared. Which one that is, is said when nobody named it.
  private func evidence(_ context: CommandContext) throws(CommandFailure) -> (Run, GoldenSurvey) {
    let reading = GoldenReading(context: context)
    let request = try reading.request(options.from, RunOverrides())
    let runs = try reading.runs(request)
    guard let found = reading.surveys(Array(runs.prefix(1)), among: runs).first else {
      throw .unreadable("could not find a run")
    }
    if options.from.isEmpty || runs.count > 1 {
      let commit = found.run.info.commit.map { " at \($0.prefix(12))" } ?? ""
      let paths = request.paths.isEmpty ? "the working tree" : request.paths.joined(separator: ", ")
      StandardError.write("assay: from \(paths): \(found.run.info.name)\(commit)")
    }
    return found
  }

  private func request(_ survey: GoldenSurvey) throws(CommandFailure) -> DecisionRequest {
    let places =
      try options.goldens.isEmpty
      ? selected(survey)
      : options.goldens.map { wanted throws(CommandFailure) in
        try place(wanted, survey)
      }
    var reviewed: [GoldenLocation: ContentHash] = [:]
    for place in places { reviewed[place] = survey.change(place)?.actualHash }
    return DecisionRequest(
      run: RunRef(0, revision: 0), action: action, places: places, reviewed: reviewed, displayed: [],
      reason: options.reason ?? "", ticket: options.ticket, named: included, isBulk: options.goldens.isEmpty)
  }

  /// The waiting changes that the filter selects.
  private func selected(_ survey: GoldenSurvey) throws(CommandFailure) -> [GoldenLocation] {
    let filter = try GoldenChanges.filter(options.filter ?? "")
    let places = filter.positions(in: survey.changes, scope: .open).map { survey.changes[$0].location }
    if places.isEmpty {
      throw .unreadable("could not find a golden change that waits" + (filter.isEmpty ? "" : " and fits the filter"))
    }
    return places
  }

  private func place(_ wanted: String, _ survey: GoldenSurvey) throws(CommandFailure) -> GoldenLocation {
    switch GoldenLookup(wanted, among: survey.changes.map(\.location)) {
    case .found(let place): return place
    case .several(let ids, let count):
      let more = count > ids.count ? ", and \(count - ids.count) more" : ""
      throw .wrong("could not choose among \(count) goldens that \(wanted) fits: \(ids.joined(separator: ", "))\(more)")
    case .none(let near):
      let hint = near.isEmpty ? "" : "; near it: " + near.joined(separator: ", ")
      throw .unreadable("could not find a golden change of \(wanted)\(hint)")
    }
  }

  /// More than ten files want their number said: by `--yes`, or typed at a terminal.
  private func confirm(_ preview: DecisionPreview) throws(CommandFailure) {
    let count = max(preview.files.count, preview.locations.count)
    guard count > 10 else { return }
    if options.confirmedCount == count { return }
    let question = "\(action.id) \(preview.locations.count) goldens in \(preview.files.count) files"
    if options.confirmedCount == nil, isatty(STDIN_FILENO) == 1, StandardError.isTerminal {
      StandardError.put("\(question)? type \(count) to go on: ")
      if readLine().flatMap({ Int($0.filter { !$0.isWhitespace }) }) == count { return }
    }
    throw .refused("could not \(question): the count was not confirmed (--yes \(count))")
  }
}
