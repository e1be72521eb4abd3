internal import TriageModel

extension HistoryStore {
  /// Writes runs as JSON lines, oldest first: a line a run, then one a signature it names, then one a result.
  ///
  /// `write` gets whole lines, about 64 kB at a time.
  package func export(
    _ repository: String, _ filter: HistoryFilter = .init(), write: ([UInt8]) -> Bool
  ) throws(HistoryError) {
    for run in try runs(of: repository, filter).reversed() {
      var lines: [UInt8] = []
      let results = try results(ofRun: run.key, isWhole: true)
      RunLines.write(run, received: try received(run.key), results: results.count, to: &lines)
      for key in Set(results.compactMap(\.result.signature)).sorted() {
        if let text = try text(of: key, in: repository) { RunLines.write(key, text, to: &lines) }
      }
      for (test, result) in results {
        RunLines.write(test, result, to: &lines)
        if lines.count > 1 << 16 {
          if !write(lines) { return }
          lines.removeAll(keepingCapacity: true)
        }
      }
      if !write(lines) { return }
    }
  }
}
