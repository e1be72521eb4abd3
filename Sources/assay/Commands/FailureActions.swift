internal import ArgumentParser
internal import SafeText
internal import ItemQueries
internal import TriageActions
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// The subcommand of an action on failing tests, made from its description: `assay mute TEST… --ticket T --reason R`.
struct FailureActionCommand<Action: FailureAction>: ParsableCommand {
  static var configuration: CommandConfiguration {
    let action = Action.description
    let needed = action.inputs.filter { $0.problem != nil }.map { " --\($0.id) <\($0.id)>" }.joined()
    return CommandConfiguration(
      commandName: action.command.joined(separator: "-"), abstract: action.abstract,
      usage: "assay \(action.command.joined(separator: " ")) <test> ...\(needed) [<options>]",
      discussion: action.discussion + "\n\nOptions of this action:\n" + ActionWords.help(of: action))
  }

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("Tests: ids, the ends of them, or parts that only one has.", valueName: "test"))
  var words: [String] = []

  @OptionGroup var options: EvidenceOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let words = try ActionWords(words, of: Action.description)
    let context = try CommandContext(repository: options.repository)
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: options.allowsCI)
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let history = context.knownHistory
    var evidence = FailureEvidence(context, options, history)
    let subjects =
      try Action.takesMutes
      ? evidence.mutes(words.tests)
      : evidence.subjects(words.tests, isGlob: words.options.contains(MuteTests.isGlob))
    let order = FailureOrder(
      Action(), subjects, inputs: words.inputs, options: words.options, run: evidence.runName)
    let planned = service.plan(order)
    for warning in planned.plan.warnings { StandardError.write("assay: \(Sanitizer.line(warning))") }
    if let refusal = planned.refusal, !options.isDryRun || planned.plan.steps.isEmpty {
      throw CommandFailure.refused(Sanitizer.line(refusal, limit: .max))
    }
    let hindsight = planned.plan.mutes.isEmpty ? nil : try? history?.hindsight(of: planned.plan.mutes)
    var entry: Int?
    if !options.isDryRun {
      do throws(JournalError) {
        entry = try service.carryOut(planned).number
      } catch {
        throw CommandFailure.refused("could not \(Action.description.id): \(error)")
      }
    }
    let report = ActionReport(planned, entry: entry, hindsight: hindsight)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }
}

/// The subcommands of the actions on failing tests, in the order of their registry.
enum FailureActions {
  static var commands: [any ParsableCommand.Type] {
    TriageActions.failures.filter { !$0.isJob }.map { command(of: $0) }
  }

  private static func command<Action: FailureAction>(of action: Action.Type) -> any ParsableCommand.Type {
    FailureActionCommand<Action>.self
  }
}

/// From which evidence and how an action is taken, shared by those on failing tests.
struct EvidenceOptions: ParsableArguments {
  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "The run: reports, folders or archives. Without one, the usual places are looked at, then the history.",
      valueName: "path"))
  var from: [String] = []

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be done, and do nothing.")
  var isDryRun = false

  @Flag(name: .customLong("allow-ci"), help: "Write although CI is set.")
  var allowsCI = false

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false
}
