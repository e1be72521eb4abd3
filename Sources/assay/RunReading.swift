internal import TriageModel
internal import TriageServices
internal import Workspace

/// Reads the runs that a command is about.
struct RunReading {
  /// Where the command runs.
  let context: CommandContext

  /// Where runs are looked for when no path was given.
  private var usual: UsualRuns {
    UsualRuns(repository: context.repository, configuration: context.configuration)
  }

  /// Whether something lies in the usual places.
  var hasUsualRuns: Bool { !usual.found().isEmpty }

  /// What to load: the paths given, what links lead to, else what lies in the usual places.
  func request(_ paths: [String], _ overrides: RunOverrides = RunOverrides()) throws(CommandFailure) -> LoadRequest {
    var paths = paths
    let isUsual = paths.isEmpty
    if isUsual {
      paths = usual.found()
      if paths.isEmpty {
        throw .unreadable(
          "could not find runs: no path was given, and none of \(usual.lookedFor) is here (assay PATH…, or assay demo)")
      }
    }
    var request = LoadRequest(
      paths: try LinkFetching(context: context).paths(paths), repositoryRoot: context.repository?.root,
      cacheFolder: CommandContext.directories.cache)
    request.items = context.configuration.items
    request.environment = CommandContext.environment
    request.isOneRun = isUsual && usual.areOneRun
    request.overrides = overrides
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
