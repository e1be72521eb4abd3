package import TriageModel

/// A filter of runs.
package typealias RunFilter = ItemFilter<RunFields>

/// Which runs are shown, and in what order.
package typealias RunQuery = ItemQuery<RunOrder>

/// What can be asked of runs.
package enum RunFields: FilteredKind {
  /// A run as the history knows it.
  package typealias Item = RunRecord
  package static let title = "runs"
  package static let use = "`assay runs --filter`, `/` on the Runs screen"

  package static let words = FilterField<Self>.text(
    "", "the id, the source, the commit, its title, the branch or a label has it, or it ended so"
  ) { run in
    [run.identity.id, run.commitTitle, run.commit, run.branch, run.identity.source] + labels(of: run)
  }

  package static let fields: [FilterField<Self>] = [
    .choice("ended", "it ended so; the words say it without the field too", of: Ending.self, isAlsoPlain: true) {
      run, wanted in wanted.contains { $0.isOne(run) }
    },
    .text("run", "the id has it") { [$0.identity.id] },
    .optional("branch", "the branch has it; `branch:none` where none is known") { run, _ in run.branch },
    .optional("commit", "the commit has it; `commit:none` where none is known") { run, _ in run.commit },
    .text("title", "the commit's title has it") { [$0.commitTitle] },
    .text("label", "a label has it, as `python=3.12`") { labels(of: $0) },
  ]

  private static func labels(of run: RunRecord) -> [String] { run.labels.map { "\($0.key)=\($0.value)" } }

  /// A way in which runs end.
  enum Ending: String, MachineWord {
    case failing
    case green
    case retried
    case incomplete

    func isOne(_ run: RunRecord) -> Bool {
      switch self {
      case .failing: run.failing > 0
      case .green: run.isGreen
      case .retried: run.counts[.passedOnRetry] > 0
      case .incomplete: !run.isComplete
      }
    }
  }
}

/// What runs are sorted by; they come newest first.
package enum RunOrder: String, ItemOrder {
  /// Runs.
  package typealias Kind = RunFields
  case time
  case failing

  /// What a menu calls it.
  package var title: String {
    switch self {
    case .time: "time, newest first"
    case .failing: "failing tests, most first"
    }
  }

  /// Sorts positions of runs.
  package func sorted(_ positions: [Int], of runs: [RunRecord]) -> [Int] {
    switch self {
    case .time: positions
    case .failing: positions.ranked { -runs[$0].failing }
    }
  }
}
