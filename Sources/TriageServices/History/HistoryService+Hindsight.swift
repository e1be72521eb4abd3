internal import FailureAnalysis
package import RunHistory
internal import SafeText
package import TriageModel
internal import Workspace

/// What mutes would have hidden, had they held before.
package struct MuteHindsight: Sendable, Equatable {
  /// A breakage that would not have been seen.
  package struct Breakage: Sendable, Equatable {
    /// The test, by its stable name.
    package let test: String
    /// The run that failed first, as people call it.
    package let since: String
    /// The failures of it.
    package var failures: Int
  }

  /// Days back from the newest run.
  package let days: Int
  /// The runs of the window.
  package let runs: Int
  /// Failures that would not have counted: a test in a leg of a run.
  package var failures = 0
  /// What they said, the most frequent first; failures that said nothing are left out.
  package var causes: [(title: String, failures: Int)] = []
  /// Those that were breakages by the verdict that they got in the end.
  package var breakages: [Breakage] = []

  package static func == (left: MuteHindsight, right: MuteHindsight) -> Bool {
    left.days == right.days && left.runs == right.runs && left.failures == right.failures
      && left.breakages == right.breakages && left.causes.map(\.title) == right.causes.map(\.title)
      && left.causes.map(\.failures) == right.causes.map(\.failures)
  }

  /// `would have hidden 14 failures in 90 days: 12 of “…”, 2 of “…”; 2 of them turned out to be broken since 4116`.
  package var words: String {
    let window = "in the \(CountText.of(days, "day")) up to the newest run (\(CountText.of(runs, "run")))"
    if failures == 0 { return "would have hidden no failure \(window)" }
    let shown = causes.prefix(3).map { "\(CountText.of($0.failures)) of “\($0.title)”" }
    let more = causes.count > 3 ? ", and \(CountText.of(causes.count - 3, "other text"))" : ""
    let detail = shown.isEmpty ? "" : ": " + shown.joined(separator: ", ") + more
    let broken = breakages.reduce(0) { $0 + $1.failures }
    let since = Set(breakages.map(\.since)).sorted()
    let hidden =
      broken == 0
      ? "none turned out to be broken"
      : "\(CountText.of(broken)) of them turned out to be broken since \(since.prefix(3).joined(separator: ", "))"
    return "would have hidden \(CountText.of(failures, "failure")) \(window)\(detail); \(hidden)"
  }
}

extension HistoryService {
  /// Days that a mute is judged by.
  private static let hindsightDays = 90
  /// Tests of a pattern whose past is read.
  private static let mostTests = 2000

  /// What mutes would have hidden in the last 90 days, counted by failing results that they cover; their days do not count.
  package func hindsight(of mutes: [Mute]) throws(HistoryError) -> MuteHindsight {
    let filter = HistoryFilter(.days(Self.hindsightDays))
    let all = try store.runs(of: repository)
    let window = Dictionary(try store.runs(of: repository, filter).map { ($0.key, $0) }) { first, _ in first }
    var hindsight = MuteHindsight(days: Self.hindsightDays, runs: window.count)
    if mutes.isEmpty || window.isEmpty { return hindsight }
    let names = try tests(of: mutes, filter)
    let carried = try store.rekeyed(mutes.compactMap(\.signature), in: repository)
    let far = mutes.map { mute in
      var mute = mute
      mute.expires = Day(Timestamp(milliseconds: .max / 2))
      return mute
    }
    let list = MuteList(far, on: Day(Timestamp(milliseconds: 0)), carried: carried)
    let judge = try judge(among: all)
    var finder = InfraFinder(self, judge.timeline.runs)
    var counts: [SignatureKey: Int] = [:]
    for series in try store.series(of: names, in: repository) {
      let given = finder.given(series)
      for streak in Streak.all(of: series, judge.timeline) {
        let hidden = streak.failures.filter { result in
          window[result.run].map { run in Self.covers(list, series.test, result, in: run) } ?? false
        }
        if hidden.isEmpty { continue }
        hindsight.failures += hidden.count
        for key in hidden.compactMap(\.signature) { counts[key, default: 0] += 1 }
        guard let last = streak.failures.last else { continue }
        let verdict = judge.judge(series, at: last.run, given: given)
        guard verdict.label == .broken else { continue }
        let first = verdict.range?.firstFailure ?? streak.failures[0].run
        let since = all.first { $0.key == first }?.shortName ?? "before"
        hindsight.breakages.append(.init(test: series.test, since: since, failures: hidden.count))
      }
    }
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    for (index, (key, count)) in sorted.enumerated() {
      let title = index < 3 ? try store.text(of: key, in: repository)?.title : nil
      hindsight.causes.append((title ?? key.text, count))
    }
    return hindsight
  }

  private static func covers(_ list: MuteList, _ test: String, _ result: ResultRecord, in run: RunRecord) -> Bool {
    var labels = run.labels.merging(LegName(text: result.leg).labels) { $1 }
    if let branch = run.branch, labels["branch"] == nil { labels["branch"] = branch }
    return list.state(test: test, signature: result.signature, labels: labels)?.mute != nil
  }

  /// The tests that mutes are about; of patterns those that failed.
  private func tests(of mutes: [Mute], _ filter: HistoryFilter) throws(HistoryError) -> [String] {
    var names: Set<String> = []
    var globs: [TestPattern] = []
    for mute in mutes {
      switch mute.scope {
      case .test(let name): names.insert(name)
      case .glob(let pattern): globs.append(TestPattern(pattern))
      }
    }
    if !globs.isEmpty {
      for test in try store.unsteady(in: repository, filter).map(\.test) where names.count < Self.mostTests {
        if globs.contains(where: { $0.matches(test) }) { names.insert(test) }
      }
    }
    return names.sorted()
  }
}

/// Failures of a test in a stream and leg with no pass between them.
struct Streak {
  var failures: [ResultRecord] = []
  /// The pass that ended it; nil while it goes on.
  var end: ResultRecord?

  private struct Lane: Hashable {
    let stream: Stream
    let leg: String
  }

  static func all(of series: TestSeries, _ timeline: RunTimeline) -> [Streak] {
    var lanes: [Lane: [(Int, ResultRecord)]] = [:]
    for result in series.results {
      guard let place = timeline.place(of: result.run) else { continue }
      lanes[Lane(stream: timeline.runs[place].stream, leg: result.leg), default: []].append((place, result))
    }
    var streaks: [Streak] = []
    for lane in lanes.values {
      var open = Streak()
      for (_, result) in lane.sorted(by: { $0.0 < $1.0 }) {
        if result.outcome.isFailing {
          open.failures.append(result)
        } else if result.outcome.isPass, !open.failures.isEmpty {
          open.end = result
          streaks.append(open)
          open = Streak()
        }
      }
      if !open.failures.isEmpty { streaks.append(open) }
    }
    return streaks
  }
}
