internal import ArgumentParser
internal import TriageActions

/// The subcommand of an action on goldens, as its description says it: `assay approve GOLDEN…`.
struct GoldenActionCommand<Action: GoldenAction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let action = Action.description
    return CommandConfiguration(
      commandName: action.command.joined(separator: "-"), abstract: action.abstract, discussion: action.discussion)
  }

  @OptionGroup var options: DecisionOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("include"), help: Self.includeHelp)
  var included: [IncludedObstacles<Action>] = []

  private static var includeHelp: ArgumentHelp {
    let action = Action.description
    let words = action.includes.map(\.rawValue).joined(separator: ", ")
    return ArgumentHelp(
      "What is \(action.past) all the same: \(words); joined by commas.", valueName: "what",
      visibility: action.includes.isEmpty ? .hidden : .default)
  }

  func validate() throws {
    if Action.description.includes.isEmpty, !included.isEmpty { throw ValidationError("Unknown option '--include'") }
  }

  func run() throws {
    let named = included.reduce(into: Set()) { $0.formUnion($1.obstacles) }
    try DecisionRun(action: Action.description, options: options, output: output, included: named).run()
  }
}

/// The subcommands of the actions on goldens, in the order of their registry.
enum GoldenActions {
  static var commands: [any ParsableCommand.Type] { TriageActions.goldens.map { command(of: $0) } }

  private static func command<Action: GoldenAction>(of action: Action.Type) -> any ParsableCommand.Type {
    GoldenActionCommand<Action>.self
  }
}

/// What `--include` names: obstacles that hold nothing back then.
struct IncludedObstacles<Action: GoldenAction>: ExpressibleByArgument {
  let obstacles: Set<Obstacle>

  init?(argument: String) {
    var obstacles: Set<Obstacle> = []
    for word in argument.split(separator: ",") {
      guard let obstacle = Obstacle(rawValue: String(word)) else { return nil }
      if !Action.description.includes.isEmpty, !Action.description.includes.contains(obstacle) { return nil }
      obstacles.insert(obstacle)
    }
    self.obstacles = obstacles
  }
}
