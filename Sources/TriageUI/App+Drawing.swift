package import TerminalKit

extension App {
  /// The screen of a state.
  package static func draw(_ state: AppState) -> Grid {
    let size = state.context.size
    var grid = Grid(size: size)
    guard size.width >= smallest.width, size.height >= smallest.height else {
      drawTooSmall(size, on: &grid)
      return grid
    }
    grid.fill(grid.bounds, Style())
    let header = grid.bounds.split(atRow: 2).top
    // Where a screen has no row to act on, its first row says why.
    grid.focus = Point(x: 0, y: header.maxY)
    HeaderView.draw(state, in: header, on: &grid)
    state.model.draw(state.context, on: &grid)
    FooterView.draw(state, in: grid.bounds.split(atRow: size.height - 1).bottom, on: &grid)
    for overlay in state.overlays { overlay.draw(state.context, on: &grid) }
    return grid
  }

  private static func drawTooSmall(_ size: Size, on grid: inout Grid) {
    let texts = [
      "assay needs \(smallest.width)×\(smallest.height)",
      "this is \(size.width)×\(size.height)",
      "q quits",
    ]
    for (y, text) in texts.enumerated() where y < size.height {
      grid.write(text, Style(), in: Rect(x: 0, y: y, width: size.width, height: 1))
    }
  }
}
