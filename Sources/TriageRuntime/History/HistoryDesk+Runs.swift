internal import Dispatch
internal import RunHistory
internal import Synchronization
internal import TriageMessages
internal import TriageModel

extension HistoryDesk {
  /// Why nothing can be answered, as a sentence.
  private var absence: String {
    history.failure ?? "no history is kept here yet: assay ingest PATH… makes one"
  }

  /// Lists the runs of a window; of several questions that wait, only the newest is answered.
  func listRuns(_ request: RunListRequest) {
    wantedRuns.withLock { $0 = request }
    asking.async {
      guard self.wantedRuns.withLock({ $0 == request }) else { return }
      var list = RunList(request: request, runs: [])
      if let service = self.history.service {
        do throws(HistoryError) {
          list.runs = try service.store.runs(of: service.repository, HistoryFilter(request.window))
        } catch {
          list.problem = "could not list the runs: \(error)"
        }
      } else {
        list.problem = self.absence
      }
      self.post(.runList(list))
    }
  }

  /// Compares two runs; of several questions that wait, only the newest is answered.
  func compare(_ pair: RunPair) {
    wantedPair.withLock { $0 = pair }
    asking.async {
      guard self.wantedPair.withLock({ $0 == pair }) else { return }
      self.post(.runComparison(self.comparison(of: pair)))
    }
  }

  private func comparison(of pair: RunPair) -> RunComparisonAnswer {
    guard let service = history.service else {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: absence)
    }
    do throws(HistoryError) {
      return RunComparisonAnswer(pair: pair, comparison: try service.store.compare(pair.before, pair.after))
    } catch {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: "could not compare the runs: \(error)")
    }
  }
}
