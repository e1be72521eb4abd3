internal import Dispatch
internal import RunHistory
internal import TriageMessages
internal import TriageModel

/// Answers what the screens of the history ask, one question after the other, away from what is being loaded.
final class HistoryDesk: Sendable {
  private let history: HistoryOpener
  private let owners: OwnerLookup
  private let post: @Sendable (Event) -> Void
  private let asking = DispatchQueue(label: "assay.history")

  init(history: HistoryOpener, owners: OwnerLookup, post: @escaping @Sendable (Event) -> Void) {
    self.history = history
    self.owners = owners
    self.post = post
  }

  /// Finds the flaky tests of a window.
  func findFlakes(_ request: FlakesRequest) {
    asking.async {
      self.post(.flakes(FlakeList(request: request, runs: [], rows: [])))
    }
  }

  /// Says what an attempt of the history did.
  func describe(_ request: AttemptRequest) {
    asking.async {
      self.post(.attempt(AttemptAnswer(request: request, results: [], text: nil)))
    }
  }

  /// Lists the runs of a window.
  func listRuns(_ request: RunListRequest) {
    asking.async {
      self.post(.runList(RunList(request: request, runs: [])))
    }
  }

  /// Compares two runs.
  func compare(_ pair: RunPair) {
    asking.async {
      self.post(.runComparison(RunComparisonAnswer(pair: pair, comparison: nil)))
    }
  }
}
