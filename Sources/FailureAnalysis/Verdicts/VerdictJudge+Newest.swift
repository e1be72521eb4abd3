package import TriageModel

/// What is said of a test's newest results, stream by stream.
package struct NewestVerdict: Sendable {
  /// The verdict on one stream.
  package struct Part: Sendable {
    /// What the stream is called.
    package var stream: String
    /// What kind of branch it is of.
    package var kind: BranchKind
    /// The verdict on its newest result.
    package var verdict: Verdict
    /// The run that it broke in, as people call it; nil when it did not, or that is not known.
    package var since: String?
    /// The run of that result.
    package var run: RunKey
    /// The results that a verdict of flaky counts, those of infrastructure, mass failures and breakages left out.
    package var counted: [ResultRecord]
    fileprivate var rolled: StreamVerdict
  }

  /// The streams, the branch that others come from first.
  package var parts: [Part]

  /// The verdict on the test: of the branch that others come from the stream that wants a person most; it says how the
  /// others stand.
  package var verdict: Verdict? {
    let base = parts.filter { $0.kind == .base }
    let spoken = base.isEmpty ? parts : base
    guard let worst = VerdictJudge.worst(spoken.map(\.rolled)) else { return nil }
    var verdict = worst.verdict
    let alike = spoken.filter { $0.verdict.label == verdict.label }.map(\.stream)
    if spoken.count > 1 {
      verdict.why.insert(
        "in \(alike.count) of \(CountText.of(spoken.count, "stream")) (\(alike.prefix(4).joined(separator: "; ")))",
        at: 0)
    }
    let others =
      spoken.filter { $0.verdict.label != verdict.label } + (base.isEmpty ? [] : parts.filter { $0.kind != .base })
    for other in others.prefix(6) {
      verdict.why.append(
        "\(other.stream): \(other.verdict.label.rawValue)" + (other.since.map { " since \($0)" } ?? ""))
    }
    if others.count > 6 { verdict.why.append("and \(CountText.of(others.count - 6, "more stream"))") }
    return verdict
  }

  /// The streams that it is flaky in; a test that is in one of four is that, whatever it does in the others.
  package var flaky: [Part] { parts.filter { $0.verdict.label == .flaky } }
}

extension VerdictJudge {
  /// The results of a test in the streams that it ran in in a run: of its branch, of the one that comes from before it, and
  /// of its jobs.
  package func results(of series: TestSeries, beside run: RunKey) -> [ResultRecord] {
    guard streams.isPlural, let place = timeline.place(of: run) else { return series.results }
    let results = PlacedResults(series, self)
    let branch = streams.branchOfRun[place]
    let ordered = streams.timeline(of: branch)
    let parts = Set(results.jobs(at: place, of: branch).map(\.parts))
    return results.all.compactMap { placed in
      let result = results[placed]
      let isOfJob = parts.contains { streams.isVaguer(placed.parts, than: $0) }
      return isOfJob && ordered.place(of: result.run) != nil ? result : nil
    }
  }

  /// Later runs of a test on a branch after which a stream that had none of them is over: a leg that was given up.
  private static let runsOfTheOver = 50
  /// Side branches that are looked at, the newest.
  private static let mostSides = 20

  /// The verdicts on a test's newest result in each of its streams.
  ///
  /// - Parameter isWanted: Whether a run counts as one to speak of; what came before speaks for it all the same.
  package func judgeNewest(
    _ series: TestSeries, given: Given = Given(), where isWanted: (RunKey) -> Bool = { _ in true }
  ) -> NewestVerdict {
    let results = PlacedResults(series, self)
    var newest: [PlacedResults.Key: PlacedResults.Placed] = [:]
    for placed in results.all where isWanted(results[placed].run) {
      let key = PlacedResults.Key(branch: placed.branch, parts: placed.parts)
      if let known = newest[key], known.run >= placed.run { continue }
      newest[key] = placed
    }
    let chosen = newest.filter { key, last in isLive(key, last.run, among: newest, results) }
    var sides = chosen.keys.filter { streams.kinds[$0.branch] == .side }
    sides.sort { (chosen[$0]?.run ?? 0, $0.parts) > (chosen[$1]?.run ?? 0, $1.parts) }
    let left = Set(sides.dropFirst(Self.mostSides))
    let parts = chosen.filter { !left.contains($0.key) }.map { key, last in
      part(key, last, series, results, given)
    }
    return NewestVerdict(
      parts: parts.sorted { left, right in
        if left.kind != right.kind { return left.kind == .base || left.kind == .long && right.kind == .side }
        return left.stream < right.stream
      })
  }

  private func part(
    _ key: PlacedResults.Key, _ last: PlacedResults.Placed, _ series: TestSeries, _ results: PlacedResults,
    _ given: Given
  ) -> NewestVerdict.Part {
    let place = StreamPlace(branch: key.branch, parts: key.parts, run: last.run)
    var verdict = judge(results, place, given)
    verdict.stream = words(branch: key.branch, parts: key.parts)
    let fails = results.all.contains {
      $0.run == last.run && $0.parts == key.parts && results[$0].outcome.isFailing
    }
    var counted: [ResultRecord] = []
    if verdict.label == .flaky {
      let history = StreamResults(results, place, self, given).history(keepsMass: false)
      counted = history.steadyIndices().map { series.results[history.observations[$0].source] }
    }
    let rolled = StreamVerdict(branch: key.branch, parts: key.parts, leg: "", verdict: verdict, fails: fails)
    return NewestVerdict.Part(
      stream: verdict.stream ?? "", kind: streams.kinds[key.branch], verdict: verdict,
      since: verdict.range.flatMap { timeline.place(of: $0.firstFailure) }.map { timeline.name(at: $0) },
      run: results[last].run,
      counted: counted, rolled: rolled)
  }

  /// Whether a stream goes on: not one that was split into legs since, nor one that the test has long left. Of branches
  /// that go back to the base, only those where it failed have anything to say.
  private func isLive(
    _ key: PlacedResults.Key, _ last: Int, among newest: [PlacedResults.Key: PlacedResults.Placed],
    _ results: PlacedResults
  ) -> Bool {
    for (other, placed) in newest where other != key && other.branch == key.branch && placed.run > last {
      if other.parts != key.parts, streams.isVaguer(key.parts, than: other.parts) { return false }
    }
    if streams.kinds[key.branch] == .side {
      let isOnlySide = !newest.keys.contains { streams.kinds[$0.branch] != .side }
      return isOnlySide
        || results.all.contains {
          $0.branch == key.branch && $0.parts == key.parts
            && (results[$0].outcome.isFailing || results[$0].attempts.count > 1)
        }
    }
    let later = Set(results.all.lazy.filter { $0.branch == key.branch && $0.run > last }.map(\.run))
    return later.count <= Self.runsOfTheOver
  }
}
