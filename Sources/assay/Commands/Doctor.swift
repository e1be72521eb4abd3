internal import ArgumentParser
internal import Goldens
internal import RunArtifacts
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay doctor [PATH…]`: what was recognised and what was not, and how the program sees its context.
struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what was recognised and what was not, and how the terminal and the configuration are seen.")

  @OptionGroup var input: InputOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    var report = DoctorReport()
    var failure: CommandFailure?
    var runs: [Run] = []
    do throws(CommandFailure) {
      runs = try examine(into: &report)
    } catch {
      // What keeps the runs from being read is one of the findings; the context may explain it.
      failure = error
      report.problems.append(DoctorReport.Problem(location: "", words: error.description))
    }
    let context = DoctorSections(repository: input.repository, output)
    report.problems += context.problems
    report.sections = context.all + [history(&report.problems), Self.goldens(of: runs.first, input.repository)]
    try StandardOutput.write { sink in
      if json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
    if let failure, !input.paths.isEmpty { throw failure }
  }

  /// Where the history of the repository lies and how many runs it has; why it cannot be used is a problem more.
  private func history(_ problems: inout [DoctorReport.Problem]) -> DoctorReport.Section {
    guard let context = try? CommandContext(repository: input.repository) else { return .init("history", []) }
    var notices = context.distrust.map { [$0] } ?? []
    var count: String?
    do throws(HistoryError) {
      let service = try context.historyOpening(makes: false)()
      notices += service?.notice.map { [$0] } ?? []
      count = CountText.of(try service?.records().count ?? 0)
    } catch {
      notices.append("could not open the history: \(error)")
    }
    problems += notices.map { DoctorReport.Problem(location: "", words: $0) }
    return DoctorReport.Section(
      "history", [DoctorReport.Fact("store", context.historyLocation), DoctorReport.Fact("runs", count)])
  }

  /// How many golden changes of the newest run each convention found.
  private static func goldens(of run: Run?, _ repository: String?) -> DoctorReport.Section {
    let changes = run.flatMap { run in
      (try? CommandContext(repository: repository))?.goldenFinder.survey(run, others: []).changes
    }
    let found = Dictionary(grouping: changes ?? [], by: \.convention).mapValues(\.count)
    let facts = GoldenConventions.all.map { DoctorReport.Fact($0.id, found[$0.id].map { CountText.of($0) }) }
    return DoctorReport.Section("goldens", facts)
  }

  private func examine(into report: inout DoctorReport) throws(CommandFailure) -> [Run] {
    report.paths = input.paths
    let reading = RunReading(context: try CommandContext(repository: input.repository))
    if input.paths.isEmpty, !reading.hasUsualRuns { return [] }
    let request = try reading.request(input.paths, input.overrides)
    report.paths = request.paths
    let loaded = try reading.read(request)
    report.runs = loaded.runs.map(\.info.identity.id)
    report.reports = loaded.recognised.map {
      DoctorReport.Report(path: $0.path, format: $0.format, cases: $0.cases)
    }
    report.unrecognised = loaded.unrecognised.map(\.path)
    report.problems = Self.problems(of: loaded)
    return loaded.runs
  }

  private static func problems(of loaded: LoadedRuns) -> [DoctorReport.Problem] {
    var problems = loaded.refusals.map { DoctorReport.Problem(location: $0.path, words: $0.reason) }
    problems += loaded.warnings.map { DoctorReport.Problem(location: "", words: $0) }
    for run in loaded.runs {
      let name = "run " + run.info.identity.id
      problems += run.info.partial.map { damage in
        DoctorReport.Problem(location: damage.path + (damage.line.map { ":\($0)" } ?? ""), words: damage.cause)
      }
      problems += run.info.completeness.reasons.map { DoctorReport.Problem(location: name, words: "incomplete: " + $0) }
      problems += run.info.warnings.map { DoctorReport.Problem(location: name, words: $0) }
    }
    return problems
  }
}
