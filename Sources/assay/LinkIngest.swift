internal import CIProviders
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// Adds the runs that a link leads to, the oldest first: each is fetched, added and let go of before the next one.
struct LinkIngest {
  let context: CommandContext
  let service: HistoryService
  /// Which runs are wanted.
  let choice: CIChoice

  /// Adds the runs; what came before an error stays, and is known the next time.
  func run(_ link: String, _ items: inout [IngestReport.Item]) throws(CommandFailure) {
    let progress = ProgressLine()
    defer { progress.erase() }
    let fetcher: RunFetcher
    let runs: [CIRun]
    do throws(FetchError) {
      fetcher = try LinkFetching(context: context).fetcher(link, progress)
      runs = try fetcher.runs(choice)
    } catch {
      throw CommandFailure(error)
    }
    for (number, run) in runs.reversed().enumerated() {
      progress.show("adding runs", number, of: runs.count)
      do throws(FetchError) {
        items += try add(run, fetcher)
      } catch {
        progress.erase()
        let left = CountText.of(runs.count - number, "run")
        throw .unreadable("\(error) (\(left) of \(runs.count) not added; the same command goes on there)")
      }
    }
  }

  private func add(_ run: CIRun, _ fetcher: RunFetcher) throws(FetchError) -> [IngestReport.Item] {
    let name = run.title
    if run.isRunning { return [IngestReport.Item(name: name, state: "not_ended")] }
    if (try? service.knows(run.identity)) == true { return [IngestReport.Item(name: name, state: "known")] }
    let fetched = try fetcher.fetch(run)
    defer { fetcher.letGo(of: fetched) }
    if fetched.isEmpty, !run.isFailed { return [IngestReport.Item(name: name, state: "without_results")] }
    do {
      let reading = RunReading(context: context)
      let loaded = try reading.read(reading.request([fetched.folder]))
      for warning in loaded.warnings { StandardError.write("assay: \(warning)") }
      if !run.isFailed, loaded.runs.allSatisfy({ $0.table.count == 0 }) {
        return [IngestReport.Item(name: name, state: "without_results")]
      }
      return try loaded.runs.map { IngestReport.Item($0.info.name, try service.add($0)) }
    } catch {
      StandardError.write("assay: could not add \(name): \(error)")
      return [IngestReport.Item(name: name, state: "without_results")]
    }
  }
}
