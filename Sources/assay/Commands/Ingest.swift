internal import ArgumentParser
internal import CIProviders
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay ingest PATH|LINK…`: adds runs to the history.
struct Ingest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Add runs to the history.",
    discussion: """
      A run that is known changes nothing; a richer report of it completes it. Of a link to a project, as \
      github:OWNER/REPO --since 30d, each run is fetched, added and let go of; what is known is not fetched again.
      """)

  @OptionGroup var input: InputOptions

  @OptionGroup var choice: FetchOptions

  @Option(
    help: ArgumentHelp(
      "Then forget runs that began more days before the newest: 400d or 400.", valueName: "days"),
    transform: HistoryOptions.days)
  var keep: Int?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: input.repository)
    let service = try context.history()
    do throws(HistoryError) { try service.checkAdding() } catch {
      throw CommandFailure.unreadable("could not add to the history: \(error)")
    }
    let links = input.paths.filter { LinkFetching.isLink($0) }
    let paths = input.paths.filter { !links.contains($0) }
    var items: [IngestReport.Item] = []
    if links.isEmpty || !paths.isEmpty {
      let reading = RunReading(context: context)
      let loaded = try reading.read(reading.request(paths, input.overrides))
      for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
      items = try add(loaded.runs, to: service)
    }
    var wanted = choice.choice(WallClock.now(environment: CommandContext.environment))
    wanted.branch = input.branch
    let ingest = LinkIngest(context: context, service: service, choice: wanted)
    var failure: CommandFailure?
    for link in links where failure == nil {
      do throws(CommandFailure) { try ingest.run(link, &items) } catch { failure = error }
    }
    var report = IngestReport(items)
    if let keep = keep ?? context.configuration.history.keepDays { report.forgotten = try prune(service, keep) }
    try StandardOutput.write { sink in
      if json { report.writeJSON(to: sink) } else { report.writeText(to: sink) }
    }
    if let failure { throw failure }
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
  init(_ name: String, _ added: RunAdded) {
    switch added {
    case .added(let results, let newTests):
      self.init(name: name, state: "added", results: results, newTests: newTests)
    case .completed(let results, let newTests):
      self.init(name: name, state: "completed", results: results, newTests: newTests)
    case .known: self.init(name: name, state: "known")
    }
  }
}
