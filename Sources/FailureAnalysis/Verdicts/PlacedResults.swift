internal import TriageModel

/// The results of one test, each with its run's place in time and its stream.
struct PlacedResults {
  /// A result.
  struct Placed {
    /// Its place among the results of the test.
    var source: Int
    /// The run's place in the order of time.
    var run: Int
    var branch: Int
    var parts: Int
  }

  /// A stream that it has results in.
  struct Key: Hashable {
    var branch: Int
    var parts: Int
  }

  private let results: [ResultRecord]
  let all: [Placed]

  init(_ series: TestSeries, _ judge: VerdictJudge) {
    let streams = judge.streams
    results = series.results
    var all: [Placed] = []
    all.reserveCapacity(series.results.count)
    for (source, result) in series.results.enumerated() {
      guard let run = judge.timeline.place(of: result.run) else { continue }
      let parts = streams.parts(ofRun: run, leg: result.leg)
      all.append(Placed(source: source, run: run, branch: streams.branchOfRun[run], parts: parts))
    }
    self.all = all
  }

  /// What a placed result is.
  subscript(placed: Placed) -> ResultRecord { results[placed.source] }

  /// The streams that it has results in.
  var keys: Set<Key> { Set(all.map { Key(branch: $0.branch, parts: $0.parts) }) }

  /// A job that it is judged in.
  struct Job {
    var parts: Int
    var leg: String
    var fails: Bool
  }

  /// The jobs that it ran in in a run; where it did not run, all those of the run's branch. In the order of their names.
  func jobs(at run: Int, of branch: Int) -> [Job] {
    let now = all.filter { $0.run == run }
    let present = now.isEmpty ? all.filter { $0.branch == branch || $0.branch == 0 } : now
    var jobs: [Int: Job] = [:]
    for placed in present {
      let result = self[placed]
      let fails = placed.run == run && result.outcome.isFailing
      let known = jobs[placed.parts]
      jobs[placed.parts] = Job(
        parts: placed.parts, leg: known.map { min($0.leg, result.leg) } ?? result.leg,
        fails: fails || known?.fails ?? false)
    }
    return jobs.values.sorted { ($0.leg, $0.parts) < ($1.leg, $1.parts) }
  }
}
