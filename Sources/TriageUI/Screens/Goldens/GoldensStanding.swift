import TerminalKit
import TriageMessages
import TriageModel

/// How the goldens of the run stand: the line below the run's own.
enum GoldensStanding {
  /// What waits for a person, by state.
  static func left(_ state: AppState) -> Line {
    guard let list = state.goldens.list else { return Line("looking for golden changes…", .dim) }
    let open = state.goldens.openCount
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
  static func right(_ state: AppState) -> Line {
    let goldens = state.goldens
    if let list = goldens.list, !list.isComplete {
      return Line("comparing \(CountText.of(list.compared)) of \(CountText.of(list.changes.count))…", .running)
    }
    var line = Line()
    if state.options.isReadOnly { line.append("read-only  ", .dim) }
    if goldens.filterProblem != nil {
      line.append("filter not understood: not filtered  ", .warning)
    } else if !goldens.query.filter.isEmpty {
      line.append("filtered: \(CountText.of(goldens.rows.changes.count)) shown  ", .match)
    }
    if !goldens.marks.isEmpty { line.append("\(CountText.of(goldens.marks.count)) marked  ", .mark) }
    if goldens.query.showsAll { line.append("all  ", .dim) }
    let grouping = goldens.query.grouping
    line.append(grouping == .none ? "not grouped" : "by \(grouping.rawValue)", .dim)
    return line
  }
}
