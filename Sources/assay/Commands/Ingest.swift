internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay ingest PATH…`: adds runs to the history.
struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add runs to the history.",
    discussion: "A run that is known changes nothing; a richer report of it completes it.")

  @OptionGroup var input: InputOptions

  @Option(
    help: ArgumentHelp(
      "Then forget runs that began more days before the newest: 400d or 400.", valueName: "days"),
    transform: HistoryOptions.days)
  var keep: Int?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let reading = RunReading(context: context)
    let loaded = try reading.read(reading.request(input.paths, input.overrides))
    for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
    let service = try context.history()
    var report = IngestReport(try add(loaded.runs, to: service))
    if let keep = keep ?? context.configuration.history.keepDays { report.forgotten = try prune(service, keep) }
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.writeText(to: sink) }
    }
  }

  /// What went; nil when nothing was that old.
  private func prune(_ service: HistoryService, _ days: Int) throws(CommandFailure) -> IngestReport.Forgotten? {
    do throws(HistoryError) {
      let pruned = try service.prune(keepDays: days)
      return pruned.runs == 0 ? nil : IngestReport.Forgotten(runs: pruned.runs, results: pruned.results, days: days)
    } catch {
      throw .unreadable("could not forget runs older than \(days) days: \(error)")
    }
  }

  private func add(_ runs: [Run], to service: HistoryService) throws(CommandFailure) -> [IngestReport.Item] {
    let progress = ProgressLine()
    defer { progress.erase() }
    var items: [IngestReport.Item] = []
    for run in runs.reversed() {
      progress.show("adding runs", items.count, of: runs.count)
      do throws(HistoryError) {
        items.append(IngestReport.Item(run.info.name, try service.add(run)))
      } catch {
        throw .unreadable("could not add \(run.info.name) to the history: \(error)")
      }
    }
    return items
  }
}

extension IngestReport.Item {
  /// What became of a run.
  fileprivate init(_ name: String, _ added: RunAdded) {
    switch added {
    case .added(let results, let newTests):
      self.init(name: name, state: "added", results: results, newTests: newTests)
    case .completed(let results, let newTests):
      self.init(name: name, state: "completed", results: results, newTests: newTests)
    case .known: self.init(name: name, state: "known")
    }
  }
}
