internal import CIProviders
internal import Dispatch
internal import SystemKit
internal import TriageServices
internal import Workspace

/// Goes on fetching runs that have not ended, so that whoever watches their folders sees what comes.
enum LinkFollower {
  /// Follows what links lead to, on a thread of its own, until all of it has ended or the program has.
  static func start(_ links: [String], _ context: CommandContext) {
    for link in links {
      DispatchQueue.global(qos: .utility).async {
        repeat { HTTPClock.system.wait(context.settings.ci.every) { true } } while !hasEnded(link, context)
      }
    }
  }

  /// Fetches what came since; a service that cannot be reached is asked again.
  private static func hasEnded(_ link: String, _ context: CommandContext) -> Bool {
    guard let fetcher = try? RunFetcher(link, LinkFetching(context: context).quietSetting),
      let runs = try? fetcher.runs(CIChoice())
    else { return false }
    for run in runs { _ = try? fetcher.fetch(run) }
    return runs.allSatisfy { !$0.isRunning }
  }
}
