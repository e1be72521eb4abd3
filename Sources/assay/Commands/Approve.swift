internal import ArgumentParser
internal import TriageActions
internal import TriageMessages

/// `assay approve GOLDEN…`: the actuals become the goldens.
struct Approve: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Approve golden changes: the very bytes that the run produced become the goldens.",
    discussion: """
      Nothing is run again. Refused are goldens that changed since the run, actuals that are not wholly known, and runs \
      that disagree; --all and --filter also leave out NaN-born and shape changes, and everything that looks like a \
      secret is held, until --include names it. Each decision is one entry of the journal (assay undo) and a line of \
      .assay/approvals.jsonl.
      """)

  @OptionGroup var options: DecisionOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("include"),
    help: ArgumentHelp("What is approved all the same: nan, shape, secrets; joined by commas.", valueName: "what"))
  var included: [IncludedObstacles] = []

  func run() throws {
    let named = included.reduce(into: Set()) { $0.formUnion($1.obstacles) }
    try DecisionRun(kind: .approve, options: options, output: output, included: named).run()
  }
}
