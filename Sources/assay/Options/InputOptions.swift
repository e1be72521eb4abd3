internal import ArgumentParser
internal import TriageServices

/// What is read, shared by the commands that read runs.
struct InputOptions: ParsableArguments {
  @Argument(
    help: "Reports, folders or archives; - is standard input. Without one, the usual places are looked at.",
    completion: .file())
  var paths: [String] = []

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Option(name: .customLong("run-id"), help: "The run's id, where the artifacts do not say it.")
  var runID: String?

  @Option(help: "The run's commit, where the artifacts do not say it.")
  var commit: String?

  @Option(help: "The run's branch, where the artifacts do not say it.")
  var branch: String?

  @Option(
    name: .customLong("label"),
    help: ArgumentHelp("A label of the run; may be repeated.", valueName: "KEY=VALUE"))
  var labels: [RunLabel] = []

  /// What the person says of the runs.
  var overrides: RunOverrides {
    var overrides = RunOverrides()
    overrides.id = runID
    overrides.commit = commit
    overrides.branch = branch
    for label in labels { overrides.labels[label.key] = label.value }
    return overrides
  }
}

/// A label on the command line: `python=3.11`.
struct RunLabel: ExpressibleByArgument, Equatable {
  let key: String
  let value: String

  init?(argument: String) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else { return nil }
    key = String(argument[..<equals])
    value = String(argument[argument.index(after: equals)...])
  }
}

/// How much of a long list is wanted.
struct LimitOption: ParsableArguments {
  @Option(help: ArgumentHelp("At most this many.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit needs at least 1") }
  }
}

/// Whose tests are meant, shared by the commands that list tests of the history.
struct OwnerOption: ParsableArguments {
  @Option(help: "Only tests whose owner has this in its name; none means those that nobody owns.")
  var owner: String?

  /// Whether a test counts, by its stable name; nil when all do.
  func filter(_ context: CommandContext) -> ((String) -> Bool)? {
    guard let wanted = owner?.lowercased() else { return nil }
    let owners = OwnerLookup(context.owners)
    return { test in
      let owner = owners.owner(ofTest: test)
      return wanted == "none" ? owner == nil : owner?.lowercased().contains(wanted) ?? false
    }
  }
}

extension CommandContext {
  /// The owner of a test of the history.
  func owner(ofTest test: String) -> String? {
    OwnerLookup(owners).owner(ofTest: test)
  }
}
