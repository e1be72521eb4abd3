internal import Foundation
internal import NcursesTerminal
internal import Synchronization
internal import TerminalKit
internal import TriageMessages
internal import TriageModel
internal import TriageRuntime
internal import TriageServices
internal import TriageUI
internal import Workspace

/// Opens runs in the screen: puts terminal, runtime and application together.
struct TriageScreen {
  let context: CommandContext
  let output: OutputOptions
  /// Whether files are read again when they change.
  let watches: Bool
  /// Whether goldens may be decided on although CI is set.
  var allowsCI = false
  /// Whether the runs are added to the history.
  var keepsHistory = false
  /// Where another history than the person's lies; the demo has its own.
  var ownHistory: HistoryOpening?

  /// Shows the runs of a request until the person quits.
  func show(_ request: LoadRequest) throws(CommandFailure) {
    guard let queue = EventQueue() else { throw .unreadable("could not open the screen: no file handles are left") }
    let themes = Themes(directories: CommandContext.directories)
    let chosen = themes.set.themeOrStandard(context.settings.theme ?? ThemeSet.standardName)
    let terminal = try openTerminal(chosen.theme)
    defer { terminal.close() }
    let repository = context.repository
    var options = AppState.Options()
    options.isReadOnly = output.isReadOnly
    let ownFiles = OwnFiles { path in repository?.has(path) ?? false }
    let finder = context.goldenFinder
    let opened = OpenedLater()
    let runtime = TriageRuntime(
      queue: queue, owners: OwnerLookup(context.owners),
      ownFiles: ownFiles, commits: CommitSearch(root: repository?.root, environment: CommandContext.environment),
      goldens: finder, runbooks: context.runbooks,
      decisions: context.decisions(isReadOnly: output.isReadOnly, allowsCI: allowsCI),
      keepsHistory: keepsHistory, watches: watches,
      history: ownHistory ?? context.historyOpening(makes: keepsHistory),
      causeRules: { CauseRuleSet(repository) },
      records: { history in
        TeamRecords(repository, now: WallClock.now(environment: CommandContext.environment)) {
          history?.rekeyed($0) ?? [:]
        }
      },
      health: { [context] history, goldens in
        var sources = context.healthSources(history)
        sources.waiting = goldens.map { HealthSources.Waiting($0) }
        return HealthSurvey(history, sources)
      },
      elsewhere: JobReruns(pause: context.settings.ci.every, opened: { opened.add($0) }) { [context] in
        LinkFetching(context: context).quietSetting
      },
      load: { publish in
        var request = request
        request.paths += opened.folders
        return Self.load(request, finder, publish)
      })
    var session = Session(
      terminal: terminal, queue: queue, runtime: runtime, ownFiles: ownFiles, root: repository?.root ?? ".",
      editor: Editor.chosen(settings: context.settings, environment: CommandContext.environment),
      opener: context.settings.opener, environment: CommandContext.environment,
      tickets: TicketFiling(context: context), state: AppState(size: terminal.size, options: options))
    let warnings = context.settings.warnings + context.configuration.warnings
    for warning in warnings + [ownHistory == nil ? context.distrust : nil].compactMap(\.self) {
      session.say(.warning, warning)
    }
    for problem in themes.problems { session.say(.warning, problem) }
    if let problem = chosen.problem { session.say(.warning, "could not use the theme: \(problem)") }
    if context.settings.mouse { session.turnMouseOn() }
    if let failure = session.run() {
      terminal.close()
      throw .unreadable(failure)
    }
  }

  private func openTerminal(_ theme: Theme) throws(CommandFailure) -> NcursesTerminal {
    let options = NcursesTerminal.Options(
      theme: theme, color: output.color(context.settings),
      ascii: output.ascii || context.settings.ascii, environment: CommandContext.environment)
    do throws(TerminalError) {
      return try NcursesTerminal(options)
    } catch {
      throw .wrong("could not open the screen: \(error)")
    }
  }

  /// Reads the runs on the runtime's thread, telling it how far that is.
  private static func load(
    _ request: LoadRequest, _ finder: GoldenFinder, _ publish: @escaping (LoadCount, [Run]?) -> Bool
  ) -> TriageRuntime.Outcome {
    do throws(LoadError) {
      let loaded = try RunLoader.load(request) { progress in
        let count = LoadCount(
          phase: progress.phase.rawValue, files: progress.files, tests: progress.tests, bytes: progress.bytes)
        return publish(count, progress.runs)
      }
      return .runs(loaded.runs, watched: watched(loaded, request))
    } catch {
      guard let loaded = finder.loadWithoutReports(request) else { return .failed("\(error)") }
      return .runs(loaded.runs, watched: watched(loaded, request))
    }
  }

  /// What a change of is worth reading again: the paths given, the reports and the folders they lie in.
  private static func watched(_ loaded: LoadedRuns, _ request: LoadRequest) -> [String] {
    var paths = Set(request.paths)
    for file in loaded.runs.flatMap(\.info.files) where file.kind == .report {
      paths.insert(file.location)
      paths.insert(String(file.location.prefix(upTo: file.location.lastIndex(of: "/") ?? file.location.endIndex)))
    }
    return paths.sorted()
  }
}

/// Folders that came while the screen was open: what runs were answered by.
private final class OpenedLater: Sendable {
  private let paths = Mutex<[String]>([])

  var folders: [String] { paths.withLock(\.self) }

  func add(_ folder: String) { paths.withLock { if !$0.contains(folder) { $0.append(folder) } } }
}
