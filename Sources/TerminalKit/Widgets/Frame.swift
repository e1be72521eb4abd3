/// A box over the screen with its title in the upper edge.
package enum Frame {
  /// Draws the box and clears its inside.
  package static func draw(title: String, in box: Rect, on grid: inout Grid) {
    guard box.width > 2, box.height > 2 else { return }
    let edge = Style(.dialogBorder, on: .dialog)
    grid.fill(box, Style(.text, on: .dialog))
    let bar = String(repeating: "─", count: box.width - 2)
    grid.write("┌" + bar + "┐", edge, in: box.row(0))
    grid.write("└" + bar + "┘", edge, in: box.row(box.height - 1))
    for y in 1..<box.height - 1 {
      grid.write("│", edge, in: box.row(y))
      grid.write("│", edge, in: Rect(x: box.maxX - 1, y: box.y + y, width: 1, height: 1))
    }
    grid.write(" " + title + " ", Style(.title, on: .dialog, .bold), in: box.row(0).inset(left: 2, right: 2))
  }
}
