import TerminalKit
import ItemQueries
import TriageMessages
import TriageModel

extension GoldensScreen {
  func standing(_ context: AppContext) -> (left: Line, right: Line) { (left(context), right(context)) }

  /// What waits for a person, by state.
  private func left(_ context: AppContext) -> Line {
    guard let list else { return Line("looking for golden changes…", .dim) }
    let open = openCount
    var line = Line("\(CountText.of(open)) to decide", open > 0 ? .title : .pass, .bold)
    for golden in GoldenState.allCases where golden != .pending {
      let count = list.changes.count { $0.state == golden }
      guard count > 0 else { continue }
      line.append(" · ", .dim)
      line.append("\(CountText.of(count)) \(golden.rawValue)", golden.isOpen ? golden.role : .dim)
    }
    return line
  }

  /// What is under way, and how the list is arranged.
  private func right(_ context: AppContext) -> Line {
    if let list, !list.isComplete {
      return Line("comparing \(CountText.of(list.compared)) of \(CountText.of(list.changes.count))…", .running)
    }
    var line = Line()
    if context.options.isReadOnly { line.append("read-only  ", .dim) }
    line.spans += shownWords(rows.changes.count).spans
    if query.scope == .all { line.append("all  ", .dim) }
    let grouping = query.grouping
    line.append(grouping == .none ? "not grouped" : "by \(grouping.rawValue)", .dim)
    return line
  }
}
