internal import TriageModel
internal import TriageRuntime
internal import Workspace

/// Reads the runs whose goldens a command is about, and finds and compares their golden changes.
struct GoldenReading {
  /// Where the command runs.
  let surroundings: Surroundings

  /// The runs, newest first. Where no report lies in the usual places, what frameworks left beside their goldens is a
  /// run of its own.
  func runs(_ paths: [String], _ overrides: RunOverrides) throws(CommandFailure) -> [Run] {
    let reading = RunReading(surroundings: surroundings)
    if paths.isEmpty, !reading.hasUsualRuns, let repository = surroundings.repository {
      return [
        Run(info: RunInfo(identity: RunIdentity(source: repository.root, id: repository.root)), table: TestTable())
      ]
    }
    var request = try reading.request(paths, overrides)
    request.takesAnyFile = true
    return try reading.read(request).runs
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
