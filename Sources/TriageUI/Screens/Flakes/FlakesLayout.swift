import TerminalKit
import TriageMessages
import TriageModel

/// Where the parts of the Flakes screen lie: the tests with their grid, below them the attempt under the cursor.
struct FlakesLayout: Equatable, Sendable {
  private let panes: PaneLayout

  /// The layout of a screen with so many tests: a few of them leave the rows to the attempt.
  init(size: Size, focus: PaneFocus, isZoomed: Bool, tests: Int) {
    let height = PaneLayout.body(of: size).height
    let share = max(5, focus == .detail && height < 26 ? height / 4 : height * 9 / 20)
    panes = PaneLayout(
      size: size, isOnList: focus == .list, isZoomed: isZoomed,
      PaneLayout.Shares(sideBySideWidth: .max, columns: size.width, rows: min(share, max(4, tests + 1))))
  }

  /// The heads of the columns.
  var head: Rect { panes.list.row(0) }
  /// The tests, a row each.
  var list: Rect { panes.list.split(atRow: 1).bottom }
  /// The attempt under the cursor; empty when there is no room.
  var detail: Rect { panes.detail }
  /// Where the text of the attempt is drawn.
  var text: Rect { panes.detail.inset(left: 1, right: 1) }

  /// Draws the line between the panes.
  func drawBorder(on grid: inout Grid) { panes.drawBorder(on: &grid) }
}

extension FlakesScreen {
  /// The layout in force.
  var layout: FlakesLayout {
    FlakesLayout(size: size, focus: focus, isZoomed: isZoomed, tests: rows.count)
  }

  /// The columns in force.
  var columns: FlakeColumns {
    FlakeColumns(
      width: size.width, names: nameWidths, runs: list?.runs.count ?? 0, hasOwners: hasOwners,
      showsVerdicts: list?.request.isAll ?? false)
  }
}
