import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

extension TriageScreen {
  /// Goes to a test of the run that is looked at; whether the filter that hid it was taken away for that.
  @discardableResult
  mutating func select(_ test: TestIndex, in run: Run) -> Bool {
    focus = .list
    isTouched = true
    isZoomed = false
    openedFile = nil
    openedCommit = nil
    if !awaitsAnswer, query == asked?.query {
      rows.reveal(test)
      if let row = rows.row(of: test) {
        moveCursor(to: row)
        return false
      }
    }
    // Rows that are still to come are chosen by the query as it is then.
    let hadFilter = !query.filter.isEmpty
    query.filter = ""
    if !run.table.outcome(of: test).needsAttention { query.scope = .all }
    selectAgain = TestName(test, in: run.table)
    return hadFilter
  }
}
