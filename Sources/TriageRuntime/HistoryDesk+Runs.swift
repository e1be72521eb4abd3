internal import Dispatch
internal import RunHistory
internal import Synchronization
internal import TriageMessages
internal import TriageModel
internal import TriageServices

extension HistoryDesk {
  /// Lists the runs of a window; of several questions that wait, only the newest is answered.
  func listRuns(_ request: RunListRequest) {
    wanted.withLock { $0.runs = request }
    asking.async {
      guard self.wanted.withLock(\.runs) == request else { return }
      var list = RunList(request: request, runs: [])
      if let service = self.history.service {
        do throws(HistoryError) {
          list.runs = try service.runs(HistoryFilter(request.window))
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
    wanted.withLock { $0.pair = pair }
    asking.async {
      guard self.wanted.withLock(\.pair) == pair else { return }
      self.post(.runComparison(self.comparison(of: pair)))
    }
  }

  private func comparison(of pair: RunPair) -> RunComparisonAnswer {
    guard let service = history.service else {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: absence)
    }
    do throws(HistoryError) {
      return RunComparisonAnswer(pair: pair, comparison: try service.compare(pair.before, pair.after))
    } catch {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: "could not compare the runs: \(error)")
    }
  }
}
