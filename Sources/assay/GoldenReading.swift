internal import TriageModel
internal import TriageRuntime
internal import Workspace

/// Reads the runs whose goldens a command is about, and finds and compares their golden changes.
struct GoldenReading {
  /// Where the command runs.
  let surroundings: Surroundings

  /// What to load: the paths given, else the usual places, else the working tree with what frameworks left in it.
  func request(_ paths: [String], _ overrides: RunOverrides) throws(CommandFailure) -> LoadRequest {
    let reading = RunReading(surroundings: surroundings)
    if paths.isEmpty, !reading.hasUsualRuns, let root = surroundings.repository?.root, hasLeftovers(root) {
      var request = LoadRequest(paths: [], repositoryRoot: root, cacheFolder: Surroundings.directories.cache)
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
    let reading = RunReading(surroundings: surroundings)
    var request = request
    do throws(CommandFailure) {
      return try reading.read(request).runs
    } catch {
      if request.takesAnyFile { throw error }
      // What tests produced may lie in the usual places without a report: a run too, when it changes goldens.
      request.takesAnyFile = true
      guard let runs = try? reading.read(request).runs, runs.contains(where: changesGoldens) else { throw error }
      return runs
    }
  }

  private func changesGoldens(_ run: Run) -> Bool {
    !surroundings.goldenFinder.survey(run, others: []).changes.isEmpty
  }

  /// Whether the working tree has golden changes that no report tells of.
  private func hasLeftovers(_ root: String) -> Bool {
    changesGoldens(.workingTree(of: root))
  }

  /// The golden changes of some of the runs, found and compared, saying how far that is.
  func surveys(_ runs: [Run], among all: [Run]) -> [(run: Run, survey: GoldenSurvey)] {
    let progress = ProgressLine()
    defer { progress.erase() }
    let finder = surroundings.goldenFinder
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
