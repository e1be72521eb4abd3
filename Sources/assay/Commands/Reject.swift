internal import ArgumentParser
internal import TriageActions
internal import TriageMessages

/// `assay reject GOLDEN…`: these very actuals are refused.
struct Reject: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reject golden changes: these very actuals are refused; another one comes back for review.",
    discussion: "No golden is changed and nothing is deleted: the refusal is a line of .assay/approvals.jsonl.")

  @OptionGroup var options: DecisionOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    try DecisionRun(kind: .reject, options: options, output: output, included: []).run()
  }
}
