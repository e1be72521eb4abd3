/// The size of a grid or a terminal, in cells.
package struct Size: Hashable, Sendable {
  /// The columns.
  package var width: Int
  /// The rows.
  package var height: Int

  /// A size in columns and rows.
  package init(width: Int, height: Int) {
    self.width = width
    self.height = height
  }
}

/// A cell's place; the origin is the top left.
package struct Point: Hashable, Sendable {
  /// The column, from 0 at the left.
  package var x: Int
  /// The row, from 0 at the top.
  package var y: Int

  /// The cell in column `x` of row `y`.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// A rectangle of cells; never of negative size.
package struct Rect: Hashable, Sendable {
  /// The column, from 0 at the left.
  package var x: Int
  /// The row, from 0 at the top.
  package var y: Int
  /// The columns.
  package var width: Int
  /// The rows.
  package var height: Int

  /// A rectangle; a negative width or height becomes 0.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The whole of a grid.
  package init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// The row below the last.
  package var maxY: Int { y + height }

  /// The column right of the last.
  package var maxX: Int { x + width }

  /// Whether it has no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether a cell lies inside.
  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// One row of it, counted from its top.
  package func row(_ index: Int) -> Rect { Rect(x: x, y: y + index, width: width, height: index < height ? 1 : 0) }

  /// What is left when rows and columns are taken off the edges.
  package func inset(left: Int = 0, top: Int = 0, right: Int = 0, bottom: Int = 0) -> Rect {
    Rect(x: x + left, y: y + top, width: width - left - right, height: height - top - bottom)
  }

  /// The part left of a column, counted from its left edge, and the rest.
  package func split(atColumn column: Int) -> (left: Rect, right: Rect) {
    let column = min(max(0, column), width)
    return (
      Rect(x: x, y: y, width: column, height: height),
      Rect(x: x + column, y: y, width: width - column, height: height)
    )
  }

  /// The part above a row, counted from its top, and the rest.
  package func split(atRow row: Int) -> (top: Rect, bottom: Rect) {
    let row = min(max(0, row), height)
    return (
      Rect(x: x, y: y, width: width, height: row),
      Rect(x: x, y: y + row, width: width, height: height - row)
    )
  }
}
