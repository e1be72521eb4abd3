internal import CIProviders
internal import SystemKit
internal import TriageServices
internal import Workspace

/// Brings here what links lead to, saying on standard error how far it is.
struct LinkFetching {
  let context: CommandContext
  /// Where runs are wanted instead of the cache.
  var folder: String?

  /// The arguments, with the folders of the runs in the place of each link.
  func paths(_ arguments: [String]) throws(CommandFailure) -> [String] {
    var paths: [String] = []
    for argument in arguments {
      guard Self.isLink(argument) else {
        paths.append(argument)
        continue
      }
      paths += try fetch(argument, CIChoice()).map(\.folder)
    }
    return paths
  }

  /// Whether an argument is a link, and no file.
  static func isLink(_ argument: String) -> Bool {
    CILink.isMeant(argument) && FilePath.resolved(argument) == nil
  }

  /// Fetches the runs that are chosen, the newest first; what is missing is said on standard error.
  func fetch(_ link: String, _ choice: CIChoice) throws(CommandFailure) -> [FetchedRun] {
    let progress = ProgressLine()
    defer { progress.erase() }
    do throws(FetchError) {
      let fetcher = try fetcher(link, progress)
      var fetched: [FetchedRun] = []
      for run in try fetcher.runs(choice) { fetched.append(try fetcher.fetch(run)) }
      progress.erase()
      fetcher.prune()
      for run in fetched {
        for loss in run.losses { StandardError.write("assay: \(run.run.title): \(loss)") }
      }
      return fetched
    } catch {
      throw CommandFailure(error)
    }
  }

  /// A fetcher of what a link leads to.
  func fetcher(_ link: String, _ progress: ProgressLine) throws(FetchError) -> RunFetcher {
    try RunFetcher(link, setting(progress))
  }

  /// How it is fetched, while somebody looks on.
  func setting(_ progress: ProgressLine) -> FetchSetting {
    var setting = quietSetting
    setting.progress = { words in
      if !words.isEmpty { progress.show(words) }
      return true
    }
    setting.notice = { words in
      progress.erase()
      StandardError.write("assay: \(words)")
    }
    return setting
  }

  /// The same, while nobody does.
  var quietSetting: FetchSetting {
    var setting = FetchSetting(
      cacheFolder: CommandContext.directories.cache, world: context.world,
      transport: CurlTransport(environment: CommandContext.environment))
    setting.folder = folder
    setting.artifacts = context.configuration.ci.artifacts
    return setting
  }
}

extension CommandFailure {
  /// A link that was wrong, or what did not come.
  init(_ error: FetchError) {
    switch error {
    case .service(_, .link): self = .wrong("\(error)")
    case .service, .noFolder, .cancelled: self = .unreadable("\(error)")
    }
  }
}

extension CommandContext {
  /// What is known around links to CI.
  var world: CIWorld { CIWorld(Self.environment, hosts: settings.ci.hosts, ask: CITool.ask(settings.ci.tools)) }
}
