internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageServices
internal import Workspace

/// Which runs of the history are meant, shared by the commands that ask it.
struct HistoryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Days back from the newest run, or all.", valueName: "days"), transform: HistoryOptions.window)
  var since = HistoryWindow.all

  @Option(help: "Only runs of this branch.")
  var branch: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("Only runs with this label; may be repeated.", valueName: "KEY=VALUE"))
  var labels: [RunLabel] = []

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  /// The runs that are meant.
  var filter: HistoryFilter {
    var filter = HistoryFilter(since)
    filter.branch = branch
    for label in labels { filter.labels[label.key] = label.value }
    return filter
  }

  static func window(_ text: String) throws -> HistoryWindow { text == "all" ? .all : .days(try days(text)) }

  /// A number of days: `400d` or `400`.
  static func days(_ text: String) throws -> Int {
    let digits = text.hasSuffix("d") ? text.dropLast() : text[...]
    guard let days = Int(digits), (1...1_000_000).contains(days) else {
      throw ValidationError("\(text) is no number of days")
    }
    return days
  }
}

extension CommandContext {
  /// The address of the history that the team shares; nil where there is none, and where nobody trusts who names it.
  ///
  /// A repository may come from a stranger, whose server would hear the names of tests, and be shown a password. A job of
  /// CI runs what its repository says as it is.
  private var sharedHistory: String? {
    let isTrusted = trustsConfiguration || WritePermission.isJob(Self.environment)
    return isTrusted ? configuration.history.store : nil
  }

  /// Why another history is used than the configuration names, as a sentence; nil where it is that one.
  var distrust: String? {
    guard configuration.history.store != nil, sharedHistory == nil else { return nil }
    return "history: \(Configuration.file) names a shared one and is not trusted here (assay trust): your own is used"
  }

  /// Where the history of this repository lies, as people call it.
  var historyLocation: String {
    HistoryService.location(directories: Self.directories, environment: Self.environment, store: sharedHistory)
  }

  /// The person's history where there is one already; why it cannot be opened is said on standard error, since the
  /// command can do without.
  var knownHistory: HistoryService? {
    if let words = distrust { StandardError.write("assay: \(words)") }
    do throws(HistoryError) {
      let service = try historyOpening(makes: false)()
      if let notice = service?.notice { StandardError.write("assay: \(notice)") }
      return service
    } catch {
      StandardError.write("assay: could not open the history: \(error)")
      return nil
    }
  }

  /// How the history is opened later, on another thread; it is made where there is none, or left so.
  ///
  /// - Parameter folder: Where it lies instead of in the person's folder.
  func historyOpening(makes: Bool, in folder: String? = nil) -> HistoryOpening {
    let (repository, configuration, environment) = (repository, configuration, Self.environment)
    let directories = folder.map { Self.directories.withState(in: $0) } ?? Self.directories
    let store = folder == nil ? sharedHistory : nil
    return { () throws(HistoryError) in
      var service =
        makes
        ? try HistoryService(repository, directories: directories, environment: environment, store: store)
        : try HistoryService.existing(repository, directories: directories, environment: environment, store: store)
      service?.apply(configuration)
      return service
    }
  }

  /// Opens the history of this repository, and says on standard error what opening it had to say.
  func history() throws(CommandFailure) -> HistoryService {
    if let words = distrust { StandardError.write("assay: \(words)") }
    do throws(HistoryError) {
      var service = try HistoryService(
        repository, directories: Self.directories, environment: Self.environment, store: sharedHistory)
      service.apply(configuration)
      if let notice = service.notice { StandardError.write("assay: \(notice)") }
      return service
    } catch {
      throw .unreadable("could not open the history: \(error)")
    }
  }

  /// Asks the history, with its errors as the command's.
  static func asked<Value>(_ body: () throws(HistoryError) -> Value) throws(CommandFailure) -> Value {
    do throws(HistoryError) { return try body() } catch { throw .unreadable("could not read the history: \(error)") }
  }
}
