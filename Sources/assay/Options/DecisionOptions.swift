internal import ArgumentParser

/// What is decided and from which evidence, shared by the actions on goldens.
struct DecisionOptions: ParsableArguments {
  @Argument(help: "Goldens: ids as assay goldens lists them, the ends of their paths, or file names.")
  var goldens: [String] = []

  @Option(help: "Why. Everyone reads it in the ledger.")
  var reason: String?

  @Option(help: "The ticket.")
  var ticket: String?

  @Option(
    name: .customLong("from"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "The run: reports, folders or archives. Without one, the usual places are looked at.", valueName: "path"))
  var from: [String] = []

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(help: "Every golden change that waits for a decision.")
  var all = false

  @Option(help: "Every waiting golden change that a filter selects, as assay goldens does.")
  var filter: String?

  @Flag(name: .customLong("dry-run"), help: "Say what would be done, and do nothing.")
  var isDryRun = false

  @Flag(name: .customLong("allow-ci"), help: "Write although CI is set.")
  var allowsCI = false

  @Option(
    name: .customLong("yes"),
    help: ArgumentHelp("How many files are meant, when they are more than ten.", valueName: "count"))
  var confirmedCount: Int?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false
}
