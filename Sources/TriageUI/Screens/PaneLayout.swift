package import TerminalKit

/// Where a screen's two panes lie: side by side when wide, stacked when narrow, one of them when zoomed.
package struct PaneLayout: Equatable, Sendable {
  /// How the panes share the screen.
  struct Shares {
    /// From so many columns on they stand side by side.
    var sideBySideWidth: Int
    /// The columns of the first pane side by side.
    var columns: Int
    /// The rows of the first pane when stacked.
    var rows: Int
  }

  /// The rows about the run.
  package let header: Rect
  /// The list.
  package let list: Rect
  /// The line between the panes; empty when one is zoomed.
  package let border: Rect
  /// What is chosen in the list.
  package let detail: Rect
  /// The keys and the notice.
  package let footer: Rect

  /// The rows between header and footer.
  static func body(of size: Size, top: Int = 2) -> Rect { Rect(size).inset(top: top, bottom: 1) }

  /// - Parameter top: Rows above the panes: the header, and what a screen has to say first.
  init(size: Size, top: Int = 2, isOnList: Bool, isZoomed: Bool, _ shares: Shares) {
    let screen = Rect(size)
    header = screen.split(atRow: 2).top
    footer = screen.split(atRow: size.height - 1).bottom
    let body = Self.body(of: size, top: top)
    let nothing = Rect(x: 0, y: body.y, width: 0, height: 0)
    if isZoomed {
      list = isOnList ? body : nothing
      detail = isOnList ? nothing : body
      border = nothing
    } else if size.width >= shares.sideBySideWidth {
      let parts = body.split(atColumn: shares.columns)
      list = parts.left
      border = parts.right.split(atColumn: 1).left
      detail = parts.right.split(atColumn: 2).right
    } else {
      let parts = body.split(atRow: shares.rows)
      list = parts.top
      border = parts.bottom.split(atRow: 1).top
      detail = parts.bottom.split(atRow: 1).bottom
    }
  }

  /// Draws the line between the panes.
  func drawBorder(on grid: inout Grid) {
    if border.height == 1 {
      grid.write(String(repeating: "─", count: border.width), Style(.border), in: border)
    } else {
      for y in 0..<border.height { grid.write("│", Style(.border), in: border.row(y)) }
    }
  }
}
