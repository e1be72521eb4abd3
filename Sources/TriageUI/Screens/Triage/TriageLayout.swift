import TerminalKit

/// Where the parts of the Triage screen lie: side by side when wide, stacked when narrow, one when zoomed.
struct TriageLayout: Equatable, Sendable {
  private let panes: PaneLayout

  /// The layout of a screen.
  ///
  /// - Parameter hasNews: Whether a line says what changed since the person looked last.
  init(size: Size, focus: PaneFocus, isZoomed: Bool, hasNews: Bool = false) {
    let top = hasNews ? 3 : 2
    news = Rect(x: 0, y: 2, width: size.width, height: top - 2)
    panes = PaneLayout(
      size: size, top: top, isOnList: focus == .list, isZoomed: isZoomed,
      PaneLayout.Shares(
        sideBySideWidth: 110, columns: max(46, size.width * 9 / 20),
        rows: max(4, PaneLayout.body(of: size, top: top).height * 2 / 5)))
  }

  /// The line that says what changed since the person looked last; empty when nothing did.
  let news: Rect

  /// The tests.
  var list: Rect { panes.list }
  /// The line between the panes; empty when one is zoomed.
  var border: Rect { panes.border }
  /// The chosen test; empty when there is no room.
  var detail: Rect { panes.detail }

  /// Draws the line between the panes.
  func drawBorder(on grid: inout Grid) { panes.drawBorder(on: &grid) }

  /// Rows that the name of the test, its facts and the tabs take at the top of the detail pane.
  static let detailHeadRows = 4

  /// Where the text of the detail pane is drawn.
  var text: Rect { detail.inset(left: 1, top: min(Self.detailHeadRows, detail.height)) }

  /// Where the two sides of a golden are drawn, below their facts.
  var goldenPair: Rect { detail.inset(left: 1, top: min(Self.detailHeadRows + 3, detail.height)) }

  /// The size of the text.
  var textSize: Size { Size(width: text.width, height: text.height) }
}

extension TriageScreen {
  /// The layout in force.
  var layout: TriageLayout { TriageLayout(size: size, focus: focus, isZoomed: isZoomed, hasNews: hasNews) }
}
