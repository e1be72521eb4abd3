package import TriageModel

/// Says what a test's result in a run probably is, with the evidence and what would change it.
///
/// The order of decision: muted, infra, mass failure, new, broken, flaky, fixed, passing, unknown. Two things go before
/// *new*, since they are known and not guessed: a commit that already went both ways is flaky, and a test that fails
/// since long in one way is broken. Nothing depends on the order in which runs were added, nor on a clock.
package struct VerdictJudge: Sendable {
  /// What is decided outside of the statistics.
  package struct Given: Sendable, Equatable {
    /// Why the failure does not count; nil when no mute covers it.
    package var mute: String?
    /// Which rule says that the failure that is judged is infrastructure's; nil when none does.
    package var infraRule: String?
    /// The same of all failures of the history that are known to be so: they are left out when others are judged.
    package var infraRules: [Result: String] = [:]

    /// A result of the test, in one leg of a run.
    package struct Result: Hashable, Sendable {
      private let run: Int64
      private let leg: String

      /// The result in a leg of a run.
      package init(run: Int64, leg: String) {
        self.run = run
        self.leg = leg
      }
    }

    /// Nothing decided.
    package init(mute: String? = nil, infraRule: String? = nil) {
      self.mute = mute
      self.infraRule = infraRule
    }
  }

  /// The runs in order.
  package let timeline: RunTimeline

  /// A judge over all runs of a history, given in any order.
  package init(runs: [RunRecord], thresholds: Thresholds = .standard) {
    timeline = RunTimeline(runs, thresholds: thresholds)
  }

  /// The verdict on a test in a run; a test of several legs gets its worst leg's, which says of how many.
  package func judge(_ series: TestSeries, at run: Int64, given: Given = Given()) -> Verdict {
    guard let place = timeline.place(of: run) else {
      return Verdict(.unknown, why: ["the run is not in the history"])
    }
    if let mute = given.mute { return Verdict(.muted, why: [mute]) }
    let all = Dictionary(grouping: series.results, by: \.leg).sorted { $0.key < $1.key }
    let present = all.filter { $0.value.contains { $0.run == run } }
    let legs = present.isEmpty ? all : present
    let verdicts = legs.map { leg, results in
      (
        leg: leg, verdict: judge(results, at: place, given),
        fails: results.contains { $0.run == run && $0.outcome.isFailing }
      )
    }
    guard let worst = verdicts.min(by: { Self.rank($0.verdict, $0.fails) < Self.rank($1.verdict, $1.fails) }) else {
      return Verdict(.unknown, why: ["no run of it is known"])
    }
    if verdicts.count == 1 { return worst.verdict }
    var verdict = worst.verdict
    let alike = verdicts.filter { $0.verdict.label == verdict.label }.map(\.leg)
    let others = verdicts.filter { $0.verdict.label != verdict.label }.map { "\($0.leg): \($0.verdict.label.rawValue)" }
    verdict.why.insert(
      "in \(alike.count) of \(CountText.of(verdicts.count, "leg")) (\(alike.joined(separator: ", ")))", at: 0)
    if !others.isEmpty { verdict.why.append(others.joined(separator: ", ")) }
    return verdict
  }

  /// Legs that fail come first, the one that wants a person most before the others: what a leg that passes is called, or
  /// what is excused in one leg, must not hide another's failure.
  private static func rank(_ verdict: Verdict, _ fails: Bool) -> Int {
    let labels = Verdict.Label.allCases
    return fails ? verdict.label.urgency : labels.count + (labels.firstIndex(of: verdict.label) ?? 0)
  }

  private func judge(_ results: [ResultRecord], at place: Int, _ given: Given) -> Verdict {
    let all = observations(results, given)
    let infra = sandwiched(all)
    let isUndated = timeline.runs[place].startedAt == nil
    var kept: [Observation] = []
    var current: [(observation: Observation, isInfra: Bool)] = []
    var setAside = 0
    for (index, observation) in all.enumerated() {
      if observation.position == place {
        current.append((observation, infra.contains(index)))
      } else if isUndated || observation.position < place {
        let isOthers = infra.contains(index) || observation.rule != nil
        if observation.failed, isOthers || timeline.isMassFailure(at: observation.position) {
          setAside += 1
        } else {
          kept.append(observation)
        }
      }
    }
    // The worst of several results of one run is judged, the others are observations like any.
    current.sort { !$0.observation.failed && $1.observation.failed }
    if let failure = current.last, failure.observation.failed {
      if let rule = given.infraRule ?? failure.observation.rule {
        return Verdict(.infra, why: ["the rule \(rule) says so"])
      }
      if failure.isInfra { return sandwich(place) }
      if timeline.isMassFailure(at: place) { return massFailure(place) }
    }
    let history = TestHistory(
      timeline: timeline, observations: kept + current.map(\.observation), setAside: setAside)
    guard !history.observations.isEmpty else { return Verdict(.unknown, why: ["it never ran in the runs known"]) }
    if current.last?.observation.failed == true, let judgement = FailureJudgement(history) { return judgement.verdict }
    return PassJudgement(history, ranNow: !current.isEmpty).verdict
  }

  /// The results that are the test's own: without failures that a rule covers, or that an infra night brought.
  ///
  /// What is left of mass failures is for the statistics to leave out, which know the runs.
  package func ownResults(of series: TestSeries, given: Given = Given()) -> [ResultRecord] {
    var infra: Set<Given.Result> = []
    for (leg, results) in Dictionary(grouping: series.results, by: \.leg) {
      let seen = observations(results, given)
      for index in sandwiched(seen) {
        infra.insert(Given.Result(run: timeline.runs[seen[index].position].number, leg: leg))
      }
    }
    return series.results.filter { result in
      let place = Given.Result(run: result.run, leg: result.leg)
      return !result.outcome.isFailing || given.infraRules[place] == nil && !infra.contains(place)
    }
  }

  /// The results that say something, in order of time; those of one run in an order of their own.
  private func observations(_ results: [ResultRecord], _ given: Given) -> [Observation] {
    let all = results.compactMap { result in
      timeline.place(of: result.run).flatMap { place -> Observation? in
        var observation = Observation(result, position: place, commit: timeline.commit(at: place))
        observation?.rule = given.infraRules[.init(run: result.run, leg: result.leg)]
        return observation
      }
    }
    return all.sorted { left, right in
      if left.position != right.position { return left.position < right.position }
      if left.failed != right.failed { return right.failed }
      return (left.attempts, left.failingAttempts, left.signature?.value ?? 0)
        < (right.attempts, right.failingAttempts, right.signature?.value ?? 0)
    }
  }

  /// Failures of a run that failed far more than its neighbours, between two passes, one of them of the same commit.
  ///
  /// A failure that the test also had in a run that was no such burst is the test's own.
  private func sandwiched(_ observations: [Observation]) -> Set<Int> {
    guard observations.count >= 3 else { return [] }
    var own: Set<SignatureKey> = []
    for seen in observations where seen.hasFailure && seen.rule == nil {
      guard !timeline.isBurst(at: seen.position), !timeline.isMassFailure(at: seen.position) else { continue }
      if let signature = seen.signature { own.insert(signature) }
    }
    // What is said of no one test stands between no two runs.
    let clear = observations.indices.filter { index in
      let seen = observations[index]
      return !seen.failed || seen.rule == nil && !isOnlyMass(seen)
    }
    var found: Set<Int> = []
    for place in clear.indices.dropFirst().dropLast() where observations[clear[place]].failed {
      let now = observations[clear[place]]
      if let signature = now.signature, own.contains(signature) { continue }
      let (before, after) = (observations[clear[place - 1]], observations[clear[place + 1]])
      guard timeline.isBurst(at: now.position), !before.hasFailure, !after.hasFailure, let commit = now.commit,
        before.commit == commit || after.commit == commit
      else { continue }
      found.insert(clear[place])
    }
    return found
  }

  /// Whether it is part of a mass failure that is no burst between good runs.
  private func isOnlyMass(_ seen: Observation) -> Bool {
    timeline.isMassFailure(at: seen.position) && !timeline.isBurst(at: seen.position)
  }

  private func sandwich(_ place: Int) -> Verdict {
    let counts = timeline.runs[place].counts
    let beside = timeline.neighbours(of: place) ?? .init(before: place, after: place)
    return Verdict(
      .infra,
      why: [
        "it passed at this commit in a run beside this one",
        "\(CountText.of(counts.failing, "test")) failed in this run, \(timeline.runs[beside.before].counts.failing) in the run "
          + "before, \(timeline.runs[beside.after].counts.failing) in the run after",
      ],
      flips: ["a failure of the same kind in another run makes it flaky"])
  }

  private func massFailure(_ place: Int) -> Verdict {
    let counts = timeline.runs[place].counts
    let executed = counts.total - counts[.skipped] - counts[.expectedFailure]
    return Verdict(
      .massFailure, why: ["\(counts.failing) of \(executed) tests failed in this run"],
      flips: [
        "a run in which fewer than \(ShareText.of(timeline.thresholds.massFailureShare)) fail judges it by itself"
      ])
  }
}
