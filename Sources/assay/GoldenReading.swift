internal import TriageModel
internal import TriageServices
internal import Workspace

/// Reads the runs whose goldens a command is about, and finds and compares their golden changes.
struct GoldenReading {
  /// Where the command runs.
  let context: CommandContext

  /// What to load: the paths given, else the usual places, else the working tree with what frameworks left in it.
  func request(_ paths: [String], _ overrides: RunOverrides) throws(CommandFailure) -> LoadRequest {
    let reading = RunReading(context: context)
    if paths.isEmpty, !reading.hasUsualRuns, let root = context.repository?.root,
      context.goldenFinder.changesGoldens(.workingTree(of: root))
    {
      var request = LoadRequest(paths: [], repositoryRoot: root, cacheFolder: CommandContext.directories.cache)
      request.isWorkingTree = true
      return request
    }
    var request = try reading.request(paths, overrides)
    request.takesAnyFile = !paths.isEmpty
    return request
  }

  /// The runs, newest first.
  func runs(_ paths: [String], _ overrides: RunOverrides) throws(CommandFailure) -> [Run] {
    try runs(try request(paths, overrides))
  }

  /// The runs of a request, newest first.
  func runs(_ request: LoadRequest) throws(CommandFailure) -> [Run] {
    do throws(CommandFailure) {
      return try RunReading(context: context).read(request).runs
    } catch {
      // What tests produced may lie in the usual places without a report.
      guard let loaded = context.goldenFinder.loadWithoutReports(request) else { throw error }
      return loaded.runs
    }
  }

  /// The golden changes of some of the runs, found and compared, saying how far that is.
  func surveys(_ runs: [Run], among all: [Run]) -> [(run: Run, survey: GoldenSurvey)] {
    let progress = ProgressLine()
    defer { progress.erase() }
    let finder = context.goldenFinder
    return runs.map { run in
      var survey = finder.survey(run, others: all)
      survey.compareAll { done, survey in
        progress.show("comparing goldens", done, of: survey.changes.count)
        return true
      }
      return (run, survey)
    }
  }
}
