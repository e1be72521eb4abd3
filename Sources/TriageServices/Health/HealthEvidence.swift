internal import FailureAnalysis
internal import RunHistory
internal import TriageModel
internal import Workspace

/// What the figures are counted from, read once for all of them: the runs of the main stream, and which of their
/// failures are flakes or muted.
struct HealthEvidence {
  /// A test that flaked in the window.
  struct Flake: Equatable {
    var test: String
    /// Results that failed and are called flaky.
    var failed = 0
    /// Results that passed on retry.
    var retried = 0
    /// The newest run of them.
    var last: RunIdentity?

    var count: Int { failed + retried }
  }

  /// Where a result stands.
  private struct Place: Hashable {
    let run: RunKey
    let leg: String

    init(_ result: ResultRecord) { (run, leg) = (result.run, result.leg) }
  }

  /// Runs of a window that a number is made of, at least.
  static let fewestRuns = 5
  /// The same of a window of a day.
  static let fewestOfADay = 2
  /// Rows of failing tests that are judged; of more, the rest counts as real.
  static let mostStreaks = 20_000

  let service: HistoryService
  let sources: HealthSources
  let window: HistoryWindow
  /// What people call the stream.
  private(set) var stream = ""
  /// All runs of the stream, oldest first.
  private(set) var all: [HealthRun] = []
  /// Where the window begins in `all`.
  private(set) var start = 0
  /// Runs of the window that are of other streams.
  private(set) var otherRuns = 0
  /// The tests that flaked in the window, those with the most flaked results first.
  private(set) var flakes: [Flake] = []
  /// Limits that were reached.
  private(set) var remarks: [String] = []

  /// Reads the history; nil when it stopped because nobody wants it any more.
  init?(
    _ service: HistoryService, _ sources: HealthSources, _ filter: HistoryFilter, isWanted: () -> Bool = { true }
  ) throws(HistoryError) {
    self.service = service
    self.sources = sources
    window = filter.window
    var whole = filter
    whole.window = .all
    let records = try service.runs(whole)
    let inWindow = Set(try service.records(filter).map(\.key))
    let known = Dictionary(records.map { ($0.key, $0) }) { first, _ in first }
    let judge = try service.judge(among: service.records())
    let main = judge.mainStream { known[$0] != nil }
    stream = main.words
    // A run that lacks tests is told by the list of the runs, not by the judge's.
    all = main.runs.compactMap { known[$0.key] }.map { HealthRun($0) }
    start = all.firstIndex { inWindow.contains($0.record.key) } ?? all.count
    otherRuns = inWindow.count - (all.count - start)
    guard try readFailures(isWanted) else { return nil }
  }

  /// The runs of the window, oldest first.
  var runs: ArraySlice<HealthRun> { all[start...] }
  /// The newest run of the stream.
  var newest: HealthRun? { runs.last }

  /// The runs that began no more than so many days before the newest; nil where that run has no time.
  func runs(ofDays days: Int) -> [HealthRun]? {
    guard let newest = all.last?.record.startedAt else { return nil }
    let oldest = Timestamp(milliseconds: newest.milliseconds - .init(days) * 86_400_000)
    return all.filter { run in run.record.startedAt.map { $0 >= oldest } ?? false }
  }

  /// Why the newest run gives no number, as a clause; nil when it can.
  var flaw: String? {
    guard let newest else { return "no run of \(stream.isEmpty ? "the repository" : stream) is in the window" }
    if newest.record.counts.total == 0 { return "the newest run (\(newest.record.shortName)) has no tests" }
    if newest.record.missing > 0 {
      return "the newest run (\(newest.record.shortName)) lacks \(CountText.of(newest.record.missing, "test"))"
    }
    return newest.isWhole ? nil : "the newest run (\(newest.record.shortName)) is incomplete"
  }

  /// A figure whose number is not known, with its target.
  func unknown(_ kind: HealthKind, _ why: String) -> HealthFigure {
    HealthFigure(kind, .unknown(why), target: sources.settings.target(of: kind))
  }

  /// A figure of a number, with its target.
  func figure(_ kind: HealthKind, _ number: Double) -> HealthFigure {
    HealthFigure(kind, .known(number), target: sources.settings.target(of: kind))
  }
}

// MARK: - Reading failures

extension HealthEvidence {
  /// Days of runs whose failures are told apart: the window's and the budget's.
  private var failureWindow: HistoryFilter {
    switch window {
    case .all: HistoryFilter()
    case .days(let days): HistoryFilter(.days(max(days, sources.settings.budget.days)))
    }
  }

  /// Says of each run how many of its failures are flakes or muted; false when nobody wants it any more.
  ///
  /// A failure is a flake where it makes its test flaky by now. Failures with no pass between them are one thing as well:
  /// they are what the last of them is called.
  private mutating func readFailures(_ isWanted: () -> Bool) throws(HistoryError) -> Bool {
    let places = Dictionary(all.indices.map { (all[$0].record.key, $0) }) { first, _ in first }
    let kinds = Set(all.flatMap(\.record.items.kinds))
    // An item's id begins with the word of its kind.
    func isItem(_ name: String) -> Bool { !kinds.isEmpty && kinds.contains(String(name.prefix { $0 != ":" })) }
    var cover = MuteCover(sources.records.mutes)
    var found: [Flake] = []
    var runs = all
    let start = start
    var streaks = 0
    var isStopped = false
    try service.eachFailingSeries(failureWindow) { failing throws(HistoryError) in
      isStopped = isStopped || !isWanted()
      if isStopped { return }
      let series = failing.series
      if isItem(series.test) { return }
      var flake = Flake(test: series.test)
      let flaked = failing.streaks.isEmpty ? [] : Set(failing.flaked().map(Place.init))
      for streak in failing.streaks {
        let own = streak.filter { places[$0.run] != nil }
        guard let last = own.last else { continue }
        streaks += 1
        let isFlaky = streaks <= Self.mostStreaks && failing.verdict(last.run).label == .flaky
        for result in own {
          guard let place = places[result.run] else { continue }
          if isFlaky || flaked.contains(Place(result)) {
            runs[place].flaky += 1
            if place >= start { flake.failed += 1 }
          } else if cover.covers(series.test, result, in: runs[place].record) {
            runs[place].muted += 1
          }
        }
      }
      flake.retried = series.results.count { $0.outcome == .passedOnRetry && (places[$0.run] ?? -1) >= start }
      if flake.count > 0 {
        let last = series.results.filter { $0.outcome.isFailing || $0.outcome == .passedOnRetry }
          .compactMap { places[$0.run] }.max()
        flake.last = last.map { runs[$0].record.identity }
        found.append(flake)
      }
    }
    self.all = runs
    flakes = found.sorted { ($1.count, $0.test) < ($0.count, $1.test) }
    if streaks > Self.mostStreaks {
      let rest = CountText.of(streaks - Self.mostStreaks)
      remarks.append("\(rest) rows of failures were not judged (limit): they count as real")
    }
    return !isStopped
  }
}

/// Tells failures that a mute covered on the day of their run.
struct MuteCover {
  private let list: MuteList
  private var lists: [Day: MuteList] = [:]

  init(_ list: MuteList) { self.list = list }

  /// Whether a mute of that day covers a result: one that was made later, or was over, mutes nothing of it.
  mutating func covers(_ test: String, _ result: ResultRecord, in run: RunRecord) -> Bool {
    guard !list.mutes.isEmpty, let day = run.startedAt.map(Day.init) else { return false }
    if lists[day] == nil {
      // A mute that does not say when it was made holds from the day that its file is read.
      lists[day] = MuteList(list.mutes.filter { ($0.created ?? list.today) <= day }, on: day)
    }
    return covers(test, result, in: run, lists[day])
  }

  /// Whether a mute that holds now covers a result: a person looked at such failures, and set them aside.
  func coversToday(_ test: String, _ result: ResultRecord, in run: RunRecord) -> Bool {
    !list.mutes.isEmpty && covers(test, result, in: run, list)
  }

  private func covers(_ test: String, _ result: ResultRecord, in run: RunRecord, _ list: MuteList?) -> Bool {
    var labels = run.labels.merging(LegName(text: result.leg).labels) { $1 }
    if let branch = run.branch, labels["branch"] == nil { labels["branch"] = branch }
    return list?.state(test: test, signature: result.signature, labels: labels)?.mute != nil
  }
}
