internal import RunHistory
internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

extension DocumentBuilder {
  /// What a test did in the runs of a window, newest first.
  mutating func addHistory(of test: TestIndex, _ window: HistoryWindow) {
    guard let history = sources.history() else {
      add(Line("No history is kept here."))
      add(Line("Start assay without --no-history, or add runs with assay ingest PATH…", .dim))
      return
    }
    let past: TestPast
    do throws(HistoryError) {
      past = try history.past(of: run.table.id(of: test), in: window)
    } catch {
      return add(Line("could not read the history: " + Sanitizer.line("\(error)", limit: 400), .fail))
    }
    if past.entries.isEmpty {
      add(Line("The history knows no run of this test in \(window == .all ? "all its runs" : window.words)."))
      let hint = window == .all ? "" : "W looks further back; "
      add(Line("\(hint)assay ingest PATH… adds older runs", .dim))
      return
    }
    let text = PastLines(
      past: past, standing: sources.standing(test), current: run.info.identity, window: window)
    for row in text.rows {
      if let run = row.run { add(row.line, to: .run(run)) } else { add(row.line) }
    }
    if !past.entries.contains(where: { $0.run.identity == run.info.identity }) {
      add(Line())
      add(Line("The run that is looked at is not in the history, or not in this window.", .dim))
    }
  }
}
