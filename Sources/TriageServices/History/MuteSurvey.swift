package import RunHistory
internal import SafeText
package import TriageModel
internal import Workspace

/// Says how each mute stands: whether it holds, and what its test did under it.
package struct MuteSurvey {
  private let history: HistoryService?
  private let settings: MuteSettings
  /// Days before its end that a mute asks for a person.
  private static let expiring = 3
  /// Runs without the test after which it is gone.
  private static let goneRuns = 5

  /// A survey; without a history only the days are known.
  package init(_ history: HistoryService?, _ settings: MuteSettings) {
    self.history = history
    self.settings = settings
  }

  /// The mutes as they stand, the most urgent first.
  package func table(of records: TeamRecords) throws(HistoryError) -> MuteTable {
    var table = MuteTable()
    table.problems = records.muteProblems
    let mutes = records.mutes
    let runs = try history.map { history throws(HistoryError) in try history.records() } ?? []
    let names = mutes.mutes.compactMap { mute -> String? in if case .test(let name) = mute.scope { name } else { nil } }
    var past: [String: TestSeries] = [:]
    if let history, !names.isEmpty {
      for series in try history.series(of: names) { past[series.test] = series }
    }
    for mute in mutes.mutes {
      var row = MuteRecord(mute, state: .live, why: "until the end of \(mute.expires)")
      row.age = mute.created.map { mutes.today.days(since: $0) }
      if case .test(let name) = mute.scope, let series = past[name], !runs.isEmpty {
        try add(series, runs, mutes, to: &row)
      }
      judgeDays(mutes.today, &row)
      table.rows.append(row)
    }
    let order = MuteRecord.State.allCases
    table.rows.sort { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.state) ?? 0 }
      return (ranks[0], left.mute.expires, left.mute.subject) < (ranks[1], right.mute.expires, right.mute.subject)
    }
    return table
  }

  /// The same with what could not be read among its problems.
  package func answer(of records: TeamRecords) -> MuteTable {
    do throws(HistoryError) {
      return try table(of: records)
    } catch {
      var table = (try? MuteSurvey(nil, settings).table(of: records)) ?? MuteTable()
      table.problems.append("could not read the history: \(error)")
      return table
    }
  }

  /// A day that is over is said before anything else: such a mute does nothing.
  private func judgeDays(_ today: Day, _ row: inout MuteRecord) {
    let left = row.mute.expires.days(since: today)
    if left < 0 {
      (row.state, row.why) = (.expired, "ended \(CountText.of(-left, "day")) ago: it mutes nothing")
    } else if row.state == .live, left < Self.expiring {
      row.state = .expiring
      row.why = left == 0 ? "ends today" : "ends in \(CountText.of(left, "day"))"
    }
  }

  private func add(
    _ series: TestSeries, _ runs: [RunRecord], _ mutes: MuteList, to row: inout MuteRecord
  ) throws(HistoryError) {
    let order = Dictionary(runs.enumerated().map { ($1.key, $0) }) { first, _ in first }
    let results = series.results.filter { order[$0.run] != nil }
      .sorted { (order[$0.run] ?? 0, $0.leg) < (order[$1.run] ?? 0, $1.leg) }
    guard let newest = results.first.flatMap({ order[$0.run] }) else {
      // A mute may be made from a run that nobody added: only runs that came after it tell.
      let since = row.mute.created.map { day in runs.count { run in run.startedAt.map { Day($0) >= day } ?? false } }
      guard since ?? runs.count >= Self.goneRuns else { return }
      row.state = .orphaned
      row.why = "no run of the history has the test" + (try renamed(series.test))
      return
    }
    // Runs of other jobs never had it.
    let missed = runs[..<newest].count { $0.stream == runs[newest].stream }
    if missed >= Self.goneRuns {
      row.state = .orphaned
      row.why =
        "the test was in none of the newest \(CountText.of(missed, "run")) of its job" + (try renamed(series.test))
    }
    let passes = results.prefix { !$0.outcome.isFailing }.count { $0.outcome == .passed }
    row.passesInARow = passes
    let list = MuteList([row.mute], on: mutes.today)
    row.absorbed = results.count { result in
      guard result.outcome.isFailing, let index = order[result.run] else { return false }
      let run = runs[index]
      // A run whose day is not known is not counted among those since the mute.
      guard let created = row.mute.created, let day = run.startedAt.map(Day.init), day >= created,
        day <= row.mute.expires
      else { return false }
      return list.state(test: series.test, signature: result.signature, labels: run.labels)?.mute != nil
    }
    let wanted = row.mute.passes ?? settings.passes
    if row.state == .live, passes >= wanted {
      row.state = .healed
      row.why = "passed \(CountText.of(passes, "time")) in a row, and \(wanted) were asked for: it can go"
    }
  }

  /// What the test may be called now: one of the newest run with the same function in another file.
  private func renamed(_ test: String) throws(HistoryError) -> String {
    guard let history, let name = test.split(separator: ":").last.map(String.init), name.count > 3 else { return "" }
    let others = try history.tests(fitting: "::" + name).filter { $0 != test }
    return others.count == 1 ? "; it may be \(others[0]) now" : ""
  }
}
