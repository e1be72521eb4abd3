package import TerminalKit

/// Where the parts of the Goldens screen lie: the pair below the list, beside it on a very wide screen.
package struct GoldensLayout: Equatable, Sendable {
  /// From this many columns on the list leaves room for two sides beside it.
  static let sideBySideWidth = 180

  /// The lines about the run.
  package let header: Rect
  /// The changes.
  package let list: Rect
  /// The line between the panes; empty when one is zoomed.
  package let border: Rect
  /// The chosen one's facts.
  package let facts: Rect
  /// The chosen one's sides.
  package let pair: Rect
  /// The keys and the notice.
  package let footer: Rect

  /// The layout of a screen.
  package init(size: Size, focus: GoldensState.Focus, isZoomed: Bool) {
    let screen = Rect(size)
    header = screen.split(atRow: 2).top
    footer = screen.split(atRow: size.height - 1).bottom
    let body = screen.inset(top: 2, bottom: 1)
    let nothing = Rect(x: 0, y: body.y, width: 0, height: 0)
    let detail: Rect
    if isZoomed {
      list = focus == .list ? body : nothing
      detail = focus == .pair ? body : nothing
      border = nothing
    } else if size.width >= Self.sideBySideWidth {
      let parts = body.split(atColumn: min(76, size.width * 7 / 20))
      list = parts.left
      border = parts.right.split(atColumn: 1).left
      detail = parts.right.split(atColumn: 2).right
    } else {
      // On a low screen the pane that is worked in gets the rows.
      let share = body.height < 26 ? (focus == .pair ? 4 : body.height * 2 / 5) : body.height * 3 / 10
      let parts = body.split(atRow: max(4, share))
      list = parts.top
      border = parts.bottom.split(atRow: 1).top
      detail = parts.bottom.split(atRow: 1).bottom
    }
    let parts = detail.split(atRow: min(Self.factRows(height: detail.height), detail.height))
    facts = parts.top
    pair = parts.bottom
  }

  /// Rows for the facts above the pair; the warnings get more of them where there is room.
  private static func factRows(height: Int) -> Int { height >= 22 ? 6 : height >= 10 ? 4 : 2 }
}

extension GoldensState {
  /// The layout in force.
  package var layout: GoldensLayout { GoldensLayout(size: size, focus: focus, isZoomed: isZoomed) }
}
