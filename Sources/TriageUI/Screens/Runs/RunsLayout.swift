import TerminalKit

/// Where the parts of the Runs screen lie: the difference below the list, beside it on a very wide screen.
struct RunsLayout: Equatable {
  private let panes: PaneLayout

  /// Rows that the two runs and the counts take above the difference.
  static let headRows = 3

  init(size: Size, focus: PaneFocus, isZoomed: Bool) {
    let height = PaneLayout.body(of: size).height
    panes = PaneLayout(
      size: size, isOnList: focus == .list, isZoomed: isZoomed,
      PaneLayout.Shares(sideBySideWidth: 160, columns: size.width / 2, rows: max(4, height * 2 / 5)))
  }

  /// The runs.
  var list: Rect { panes.list }
  /// The two runs that are compared, and what differs; empty when there is no room.
  var detail: Rect { panes.detail }
  /// What differs.
  var difference: Rect { detail.inset(top: min(Self.headRows, detail.height)) }

  /// Draws the line between the panes.
  func drawBorder(on grid: inout Grid) { panes.drawBorder(on: &grid) }
}

extension RunsScreen {
  /// The layout in force.
  var layout: RunsLayout { RunsLayout(size: size, focus: focus, isZoomed: isZoomed) }
}
