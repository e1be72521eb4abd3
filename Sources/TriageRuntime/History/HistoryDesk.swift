internal import Dispatch
internal import RunHistory
internal import Synchronization
internal import TriageMessages
internal import TriageModel

/// Answers what the screens of the history ask, one question after the other, away from what is being loaded.
final class HistoryDesk: Sendable {
  let history: HistoryOpener
  private let owners: OwnerLookup
  let post: @Sendable (Event) -> Void
  let asking = DispatchQueue(label: "assay.history")
  /// The list of runs that is wanted by now.
  let wantedRuns = Mutex<RunListRequest?>(nil)
  /// The pair of runs that is wanted by now.
  let wantedPair = Mutex<RunPair?>(nil)

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
}
