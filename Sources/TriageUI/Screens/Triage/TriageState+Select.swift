import TerminalKit
import TestQueries
import TriageMessages
import TriageModel

extension TriageState {
  /// Goes to a test of the run that is looked at; what hides it is taken away: the filter, the scope, a fold.
  mutating func select(_ test: TestIndex, in run: Run) {
    focus = .list
    isTouched = true
    isZoomed = false
    openedFile = nil
    query.filter = ""
    if !run.table.outcome(of: test).needsAttention { query.scope = .all }
    if !awaitsAnswer, query == asked?.query, rows.count > 0 {
      rows.reveal(test)
      if let row = rows.row(of: test) { return moveCursor(to: row) }
    }
    selectAgain = TestName(test, in: run.table)
  }
}
