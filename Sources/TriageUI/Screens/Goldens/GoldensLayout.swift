import TerminalKit

/// Where the parts of the Goldens screen lie: the pair below the list, beside it on a very wide screen.
struct GoldensLayout: Equatable, Sendable {
  private let panes: PaneLayout
  /// The chosen one's facts.
  let facts: Rect
  /// The chosen one's sides.
  let pair: Rect

  /// The layout of a screen.
  ///
  /// - Parameter proofRows: Rows that the chosen one's verdict takes at a width: it is never cut, the pair gives way.
  init(size: Size, focus: PaneFocus, isZoomed: Bool, proofRows: (_ width: Int) -> Int = { _ in 1 }) {
    let height = PaneLayout.body(of: size).height
    // On a low screen the pane that is worked in gets the rows.
    let share = height < 26 ? (focus == .detail ? 4 : height * 2 / 5) : height * 3 / 10
    panes = PaneLayout(
      size: size, isOnList: focus == .list, isZoomed: isZoomed,
      PaneLayout.Shares(sideBySideWidth: 180, columns: min(76, size.width * 7 / 20), rows: max(4, share)))
    let detail = panes.detail
    let rows = Self.factRows(height: detail.height) + max(0, proofRows(detail.width - 1) - 1)
    let parts = detail.split(atRow: min(rows, max(0, detail.height - 1)))
    facts = parts.top
    pair = parts.bottom
  }

  /// The changes.
  var list: Rect { panes.list }

  /// Draws the line between the panes.
  func drawBorder(on grid: inout Grid) { panes.drawBorder(on: &grid) }

  /// Rows for the facts above the pair; the warnings get more of them where there is room.
  private static func factRows(height: Int) -> Int { height >= 22 ? 6 : height >= 10 ? 4 : 2 }
}

extension GoldensScreen {
  /// The layout in force.
  var layout: GoldensLayout {
    GoldensLayout(size: size, focus: focus, isZoomed: isZoomed) { width in
      selected.map { GoldenFacts(change: $0).driftRows(width: width) } ?? 1
    }
  }
}
