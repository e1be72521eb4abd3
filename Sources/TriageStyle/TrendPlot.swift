package import TriageModel

/// The trend of a figure as columns of blocks, oldest left: where there are more points than columns, a column shows the
/// worst of its points.
package struct TrendPlot: Equatable {
  /// One column.
  package struct Column: Equatable, Sendable {
    /// The number; nil where none is known.
    package var number: Double?
    /// Whether it meets the target; true where there is none.
    package var isGood: Bool
  }

  /// One cell of the plot.
  package enum Cell: Equatable, Sendable {
    case empty
    /// The line of the target, behind the columns.
    case target
    /// A column that has no number, at its foot.
    case unknown
    /// So many eighths of the cell, 1 … 8.
    case bar(Int, isGood: Bool)
  }

  /// The columns, oldest left.
  package let columns: [Column]
  /// The points that a column stands for, at most.
  package let pointsAColumn: Int
  /// What the foot and the top of the plot stand for.
  package let low: Double
  /// See `low`.
  package let high: Double
  private let target: HealthTarget?

  private static let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The trend of a figure in at most so many columns; nil when no number of it is known.
  package init?(_ figure: HealthFigure, columns width: Int) {
    let target = figure.target
    self.target = target
    let known = figure.points.compactMap(\.number)
    guard let least = known.min(), let most = known.max(), width > 0 else { return nil }
    let count = (figure.points.count + width - 1) / width
    pointsAColumn = max(1, count)
    let bound = figure.kind.bound
    columns = stride(from: 0, to: figure.points.count, by: pointsAColumn).map { start in
      let part = figure.points[start..<min(start + max(1, count), figure.points.count)].compactMap(\.number)
      let worst = bound == .atLeast ? part.min() : part.max()
      return Column(number: worst, isGood: worst.map { number in target.map { $0.isMet(by: number) } ?? true } ?? true)
    }
    // The target is on the plot, and a change of a hundredth looks like no mountain.
    let all = [least, most] + [target?.number].compactMap(\.self)
    let (bottom, top) = (all.min() ?? least, all.max() ?? most)
    let isFromZero = bottom >= 0 && (bottom < top / 2 || top == 0)
    let slack = max((top - bottom) * 0.05, abs(top) * 0.01)
    low = isFromZero ? 0 : bottom - slack
    high = top > low ? top : low + 1
  }

  /// The cells of a row of a plot that is so many rows high; the topmost is 0.
  package func row(_ row: Int, of height: Int) -> [Cell] {
    let isTarget = target.map { rowOf($0.number, height) == row } ?? false
    return columns.map { column in
      guard let number = column.number else { return row == height - 1 ? .unknown : isTarget ? .target : .empty }
      let eighths = 1 + Int((share(number) * Double(height * 8 - 1)).rounded())
      let own = min(8, eighths - (height - 1 - row) * 8)
      return own > 0 ? .bar(own, isGood: column.isGood) : isTarget ? .target : .empty
    }
  }

  /// The row that the target stands in; nil where there is none.
  package func targetRow(of height: Int) -> Int? { target.map { rowOf($0.number, height) } }

  private func rowOf(_ number: Double, _ height: Int) -> Int {
    height - 1 - min(height - 1, Int(share(number) * Double(height * 8 - 1)) / 8)
  }

  private func share(_ number: Double) -> Double { min(1, max(0, (number - low) / (high - low))) }

  /// How a cell looks.
  package static func character(_ cell: Cell) -> Character {
    switch cell {
    case .empty: " "
    case .target: "┄"
    case .unknown: "·"
    case .bar(let eighths, _): blocks[eighths]
    }
  }

  /// The trend in one row: `▂▂▃·▇`.
  package static func sparkline(_ figure: HealthFigure, width: Int) -> String {
    guard let plot = TrendPlot(figure, columns: width) else { return "" }
    return String(plot.row(0, of: 1).map(character))
  }
}
