package import TriageModel

/// What an action would do, and what it leaves out.
package struct Plan: Sendable, Equatable {
  /// What it does, in one line for the journal.
  package var title = ""
  /// What is done, in this order.
  package var steps: [Step] = []
  /// The goldens it is carried out on.
  package var locations: [GoldenLocation] = []
  /// What is left out.
  package var held: [HeldBack] = []
  /// What it would do, in one line over the details.
  package var headline = ""
  /// What a person should know before, a sentence each.
  package var warnings: [String] = []
  /// Mutes that it adds or widens: what they would have hidden is said before.
  package var mutes: [Mute] = []

  /// Nothing.
  package init() {}

  /// Files, and what the ledger says of the goldens in them.
  package init(title: String, writes: [FileWrite], lines: [ApprovalLine] = [], held: [HeldBack] = []) {
    self.title = title
    steps = writes.map(Step.write) + lines.map(Step.append)
    locations = lines.map(\.location)
    self.held = held
  }

  /// The files that are written.
  package var writes: [FileWrite] { steps.compactMap { if case .write(let write) = $0 { write } else { nil } } }

  /// The lines that the ledger gets.
  package var lines: [ApprovalLine] { steps.compactMap { if case .append(let line) = $0 { line } else { nil } } }

  /// What is run; nil where nothing is.
  package var rerun: RerunPlan? { steps.lazy.compactMap { if case .run(let plan) = $0 { plan } else { nil } }.first }

  /// The jobs that run again at their service; nil where none do.
  package var jobs: ServiceJobs.Choice? {
    steps.lazy.compactMap { if case .runThere(let choice) = $0 { choice } else { nil } }.first
  }

  /// The steps that tell people all of it: a line of the ledger says what a file is written for.
  package var shown: [Step] { lines.isEmpty ? steps : lines.map(Step.append) }
}
