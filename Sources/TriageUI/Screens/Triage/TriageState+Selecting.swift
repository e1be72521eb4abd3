import TestQueries
import TriageMessages
import TriageModel

extension TriageState {
  /// Goes to a test of the run that is looked at, showing what hides it; whether the filter had to go for that.
  mutating func select(_ test: TestIndex, in table: TestTable) -> Bool {
    focus = .list
    isTouched = true
    openedFile = nil
    rows.unfold(test)
    if let row = rows.row(of: test) {
      moveCursor(to: row)
      return false
    }
    // Rows that are still to come are chosen by the query as it is then.
    let hadFilter = !query.filter.isEmpty
    query.filter = ""
    if !table.outcome(of: test).needsAttention { query.scope = .all }
    selectAgain = TestName(test, in: table)
    return hadFilter
  }
}
