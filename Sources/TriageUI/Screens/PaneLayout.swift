import TerminalKit

/// Where a screen's two panes lie: side by side when wide, stacked when narrow, one of them when zoomed.
struct PaneLayout: Equatable, Sendable {
  /// How the panes share the screen; the list has it to itself where nothing else is said.
  struct Shares {
    /// From so many columns on they stand side by side.
    var sideBySideWidth = Int.max
    /// The columns of the first pane side by side.
    var columns = 0
    /// The rows of the first pane when stacked.
    var rows = Int.max
  }

  /// The list.
  let list: Rect
  /// The line between the panes; empty when one is zoomed.
  let border: Rect
  /// What is chosen in the list.
  let detail: Rect

  /// The rows between header and footer.
  static func body(of size: Size, top: Int = 2) -> Rect { Rect(size).inset(top: top, bottom: 1) }

  /// - Parameter top: Rows above the panes: the header, and what a screen has to say first.
  init(size: Size, top: Int = 2, isOnList: Bool, isZoomed: Bool, _ shares: Shares) {
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
