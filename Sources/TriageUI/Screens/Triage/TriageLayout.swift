package import TerminalKit

/// Where the parts of the Triage screen lie: side by side when wide, stacked when narrow, one when zoomed.
package struct TriageLayout: Equatable, Sendable {
  /// From this many columns on the panes stand side by side.
  static let sideBySideWidth = 110

  /// The lines about the run.
  package let header: Rect
  /// The tests.
  package let list: Rect
  /// The line between the panes; empty when one is zoomed.
  package let border: Rect
  /// The chosen test; empty when there is no room.
  package let detail: Rect
  /// The keys and the notice.
  package let footer: Rect

  /// The layout of a screen.
  package init(size: Size, focus: TriageState.Focus, isZoomed: Bool) {
    let screen = Rect(size)
    header = screen.split(atRow: 2).top
    footer = screen.split(atRow: size.height - 1).bottom
    let body = screen.inset(top: 2, bottom: 1)
    if isZoomed {
      list = focus == .list ? body : Rect(x: 0, y: body.y, width: 0, height: 0)
      detail = focus == .detail ? body : Rect(x: 0, y: body.y, width: 0, height: 0)
      border = Rect(x: 0, y: body.y, width: 0, height: 0)
    } else if size.width >= Self.sideBySideWidth {
      let parts = body.split(atColumn: max(46, size.width * 9 / 20))
      list = parts.left
      border = parts.right.split(atColumn: 1).left
      detail = parts.right.split(atColumn: 2).right
    } else {
      let parts = body.split(atRow: max(4, body.height * 2 / 5))
      list = parts.top
      border = parts.bottom.split(atRow: 1).top
      detail = parts.bottom.split(atRow: 1).bottom
    }
  }

  /// Rows that the name of the test, its facts and the tabs take at the top of the detail pane.
  static let detailHeadRows = 4

  /// Where the text of the detail pane is drawn.
  package var text: Rect { detail.inset(left: 1, top: min(Self.detailHeadRows, detail.height)) }

  /// Where the two sides of a golden are drawn, below their facts.
  package var goldenPair: Rect { detail.inset(left: 1, top: min(Self.detailHeadRows + 3, detail.height)) }

  /// The size of the text.
  package var textSize: Size { Size(width: text.width, height: text.height) }
}

extension TriageState {
  /// The layout in force.
  package var layout: TriageLayout { TriageLayout(size: size, focus: focus, isZoomed: isZoomed) }
}
