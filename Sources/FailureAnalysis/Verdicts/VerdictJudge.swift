package import TriageModel

/// Says what a test's result in a run probably is, with the evidence and what would change it.
///
/// The order of decision: infra, mass failure, new, broken, flaky, fixed, passing, unknown. Two things go before
/// *new*, since they are known and not guessed: a commit that already went both ways is flaky, and a test that fails
/// since long in one way is broken. Results are judged within their stream (branch and job), in the order of the code.
/// Nothing depends on the order in which runs were added, nor on a clock.
package struct VerdictJudge: Sendable {
  /// What is decided outside of the statistics.
  package struct Given: Sendable, Equatable {
    /// Which rule says that the failure that is judged is infrastructure's; nil when none does.
    package var infraRule: String?
    /// The same of all failures of the history that are known to be so: they are left out when others are judged.
    package var infraRules: [Result: String] = [:]

    /// A result of the test, in one leg of a run.
    package struct Result: Hashable, Sendable {
      private let run: RunKey
      private let leg: String

      /// The result in a leg of a run.
      package init(run: RunKey, leg: String) {
        self.run = run
        self.leg = leg
      }
    }

    /// Nothing decided.
    package init(infraRule: String? = nil) {
      self.infraRule = infraRule
    }
  }

  /// The runs in order of time.
  package let timeline: RunTimeline
  let streams: StreamIndex

  /// A judge over all runs of a history, given in any order.
  ///
  /// - Parameters:
  ///   - failures: What failed in them.
  ///   - committed: When their commits were made, as far as git knows them.
  package init(
    runs: [RunRecord], failures: RunFailures = RunFailures(), thresholds: Thresholds = .standard,
    committed: [String: Timestamp] = [:]
  ) {
    timeline = RunTimeline(runs, thresholds: thresholds)
    streams = StreamIndex(timeline, failures, committed)
  }

  /// The verdict on a test in a run; a test of several legs gets its worst leg's, which says of how many.
  package func judge(_ series: TestSeries, at run: RunKey, given: Given = Given()) -> Verdict {
    guard let place = timeline.place(of: run) else {
      return Verdict(.unknown, why: ["the run is not in the history"])
    }
    let results = PlacedResults(series, self)
    let branch = streams.branchOfRun[place]
    let verdicts = results.jobs(at: place, of: branch).map { job in
      StreamVerdict(
        branch: branch, parts: job.parts, leg: job.leg,
        verdict: judge(results, StreamPlace(branch: branch, parts: job.parts, run: place), given),
        fails: job.fails)
    }
    guard let worst = Self.worst(verdicts) else { return Verdict(.unknown, why: ["no run of it is known"]) }
    var verdict = worst.verdict
    verdict.stream = words(branch: branch, parts: worst.parts)
    if verdicts.count == 1 { return verdict }
    let alike = verdicts.filter { $0.verdict.label == verdict.label }.map(\.leg)
    let others = verdicts.filter { $0.verdict.label != verdict.label }.map { "\($0.leg): \($0.verdict.label.rawValue)" }
    verdict.why.insert(
      "in \(alike.count) of \(CountText.of(verdicts.count, "leg")) (\(alike.joined(separator: ", ")))", at: 0)
    if !others.isEmpty { verdict.why.append(others.joined(separator: ", ")) }
    return verdict
  }

  /// The verdict of the stream that wants a person most: those that fail come first. What a leg that passes is called, or
  /// what is excused in one leg, must not hide another's failure.
  static func worst(_ verdicts: [StreamVerdict]) -> StreamVerdict? {
    let labels = Verdict.Label.allCases
    func rank(_ one: StreamVerdict) -> Int {
      let label = one.verdict.label
      return one.fails ? label.urgency : labels.count + (labels.firstIndex(of: label) ?? 0)
    }
    return verdicts.min { rank($0) < rank($1) }
  }

  /// What a stream is called, where there are several.
  func words(branch: Int, parts: Int) -> String? {
    guard streams.isPlural else { return nil }
    let words = Stream(branch: streams.branches[branch], parts: streams.names(parts)).words
    return words.isEmpty ? nil : words
  }

  /// The results that are the test's own: without failures that a rule covers, or that an infra night brought.
  ///
  /// What is left of mass failures is for the statistics to leave out, which know the runs.
  package func ownResults(of series: TestSeries, given: Given = Given()) -> [ResultRecord] {
    let results = PlacedResults(series, self)
    var infra: Set<Given.Result> = []
    for key in results.keys {
      let stream = StreamResults(results, StreamPlace(branch: key.branch, parts: key.parts, run: nil), self, given)
      for seen in stream.all where stream.isInfra(seen) {
        infra.insert(Given.Result(run: stream.timeline.runs[seen.position].key, leg: seen.leg))
      }
    }
    return series.results.filter { result in
      let place = Given.Result(run: result.run, leg: result.leg)
      return !result.outcome.isFailing || given.infraRules[place] == nil && !infra.contains(place)
    }
  }

  func judge(_ results: PlacedResults, _ place: StreamPlace, _ given: Given) -> Verdict {
    let stream = StreamResults(results, place, self, given)
    let current = stream.current
    if let failure = current.last, failure.failed {
      if let rule = given.infraRule ?? failure.rule { return Verdict(.infra, why: ["the rule \(rule) says so"]) }
      let isMass = stream.isMass(failure)
      if let burst = stream.burst(failure), burst.isProven || !isMass { return stream.infra(failure, burst) }
      if isMass { return stream.massFailure(failure) }
      if let verdict = verdictOfBase(failure, results, place, given) { return verdict }
    }
    let history = stream.history(keepsMass: false)
    guard !history.observations.isEmpty else { return Verdict(.unknown, why: ["it never ran in the runs known"]) }
    if current.last?.failed == true, let judgement = FailureJudgement(history) { return judgement.verdict }
    return PassJudgement(history, ranNow: !current.isEmpty).verdict
  }
}

extension VerdictJudge {
  /// The verdict of the branch that a pull request goes back to, where that fails in the same way by now: then the
  /// request is not to blame.
  private func verdictOfBase(
    _ failure: Observation, _ results: PlacedResults, _ place: StreamPlace, _ given: Given
  ) -> Verdict? {
    guard streams.kinds[place.branch] == .side, let run = place.run else { return nil }
    let newest = results.all.filter {
      $0.branch == 0 && $0.run < run && streams.isVaguer($0.parts, than: place.parts)
    }.max { $0.run < $1.run }
    guard let newest, results[newest].outcome.isFailing, results[newest].signature == failure.signature else {
      return nil
    }
    var verdict = judge(results, StreamPlace(branch: 0, parts: newest.parts, run: newest.run), given)
    verdict.why.append("\(streams.branches[0] ?? "the base branch") fails so too")
    return verdict
  }
}

/// What is said of a test in one stream.
struct StreamVerdict {
  var branch: Int
  var parts: Int
  /// What the leg is called among those of its run.
  var leg: String
  var verdict: Verdict
  /// Whether its newest result is a failure.
  var fails: Bool
}

/// A stream, and the run in it that is judged; without one, all its runs are meant.
struct StreamPlace: Hashable {
  var branch: Int
  var parts: Int
  /// The run's place in the order of time.
  var run: Int?
}
