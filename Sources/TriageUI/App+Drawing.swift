package import TerminalKit
import SafeText
import TriageMessages
import TriageModel

extension App {
  /// The screen of a state.
  package static func draw(_ state: AppState) -> Grid {
    var grid = Grid(size: state.size)
    guard state.size.width >= smallest.width, state.size.height >= smallest.height else {
      drawTooSmall(state, on: &grid)
      return grid
    }
    grid.fill(grid.bounds, Style())
    let layout = state.triage.layout
    // Where a screen has no row to act on, its first row says why.
    grid.focus = Point(x: 0, y: layout.header.maxY)
    HeaderView.draw(state, in: layout.header, on: &grid)
    switch state.screen {
    case .triage: TriageView.draw(state, on: &grid)
    case .goldens: GoldensView.draw(state, on: &grid)
    case .flakes: FlakesView.draw(state, on: &grid)
    case .runs: RunsView.draw(state, on: &grid)
    }
    FooterView.draw(state, in: layout.footer, on: &grid)
    switch state.overlay {
    case .menu(let menu), .copy(let menu): menu.draw(on: &grid)
    case .decision(let decision): DecisionView.draw(decision, on: &grid)
    case .cause(let cause): CauseView.draw(cause, on: &grid)
    case .undo(let offer): UndoView.draw(offer, on: &grid)
    case .whatIf(let whatIf): WhatIfView.draw(whatIf, of: state.pair.comparison, on: &grid)
    case .closing(let summary): summary.draw(on: &grid)
    case nil: break
    }
    return grid
  }

  private static func drawTooSmall(_ state: AppState, on grid: inout Grid) {
    let size = state.size
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
