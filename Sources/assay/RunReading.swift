internal import TriageModel
internal import TriageRuntime
internal import Workspace

/// Reads the runs that a command is about.
struct RunReading {
  /// Where the command runs.
  let surroundings: Surroundings

  /// What to load: the paths given, else what lies in the usual places.
  func request(_ input: InputOptions) throws(CommandFailure) -> LoadRequest {
    var paths = input.paths
    if paths.isEmpty {
      let usual = UsualRuns(repository: surroundings.repository, configuration: surroundings.configuration)
      paths = usual.found()
      if paths.isEmpty {
        throw .unreadable(
          "could not find runs: no path was given, and none of \(usual.lookedFor) is here (assay PATH…, or assay demo)")
      }
    }
    var request = LoadRequest(
      paths: paths, repositoryRoot: surroundings.repository?.root, cacheFolder: surroundings.directories.cache)
    request.environment = surroundings.environment
    request.overrides.id = input.identity.runID
    request.overrides.commit = input.identity.commit
    request.overrides.branch = input.identity.branch
    for label in input.identity.labels { request.overrides.labels[label.key] = label.value }
    return request
  }

  /// Reads everything, saying on standard error how far it is when that takes long and somebody looks.
  func read(_ request: LoadRequest) throws(CommandFailure) -> LoadedRuns {
    let progress = ProgressLine()
    defer { progress.erase() }
    do throws(LoadError) {
      return try RunLoader.load(request) { count in
        progress.show(count)
        return true
      }
    } catch {
      throw .unreadable("\(error)")
    }
  }
}
