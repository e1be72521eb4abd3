import SafeText
import TerminalKit
import TriageMessages

/// What lies over a screen and takes its keys: a menu, a panel, a summary.
protocol Overlay: Sendable {
  /// Does what a key means; `close` takes it away.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction]
  /// Takes pasted text into what is typed in it; false when nothing is.
  mutating func paste(_ text: String) -> Bool
  /// Takes what concerns it of what the runtime says.
  mutating func take(_ event: Event) -> [Reaction]
  func draw(_ context: AppContext, on grid: inout Grid)
}

extension Overlay {
  mutating func paste(_ text: String) -> Bool { false }
  mutating func take(_ event: Event) -> [Reaction] { [] }
}

extension Menu: Overlay where Choice == Command {
  mutating func handle(_ key: Key, _ context: AppContext) -> [TriageUI.Reaction] {
    switch handle(key, height: listHeight(screen: context.size)) {
    case .stay, .ignored: []
    case .close: [.close]
    case .choose(let command): [.close, .perform(command)]
    }
  }

  mutating func paste(_ text: String) -> Bool {
    insert(text)
    return isTyped
  }

  func draw(_ context: AppContext, on grid: inout Grid) { draw(on: &grid) }
}

/// A box of lines over the screen.
enum Panel {
  /// Draws the box in the middle; long lines go on in the next row, the last rows are kept when there are too many.
  ///
  /// - Parameter focus: The line that keys act on; nil for the last one, which says what they do.
  static func draw(title: String, _ lines: [Line], focus: Int? = nil, on grid: inout Grid) {
    let most = max(20, grid.size.width - 8)
    let longest = lines.map(\.width).max() ?? 0
    let width = min(max(longest + 4, DisplayWidth.of(title) + 6, 44), most)
    let rows = lines.flatMap { $0.wrapped(width: width - 4) }
    let height = min(rows.count, max(1, grid.size.height - 6))
    let box = Rect(
      x: (grid.size.width - width) / 2, y: max(0, (grid.size.height - height - 2) / 3), width: width, height: height + 2
    )
    Frame.draw(title: title, in: box, on: &grid)
    let before = focus.map { lines.prefix($0).reduce(0) { $0 + $1.wrapped(width: width - 4).count } }
    let row = rows.count > height ? height - 1 : before ?? height - 1
    grid.focus = Point(x: box.x + 2, y: box.y + 1 + row)
    for (y, line) in kept(rows, height).enumerated() {
      grid.write(line.on(.dialog), in: box.inset(left: 2, top: 1 + y, right: 2).row(0))
    }
  }

  /// What decides stands at the end, so the middle is left out.
  private static func kept(_ rows: [Line], _ height: Int) -> [Line] {
    guard rows.count > height, height > 4 else { return Array(rows.prefix(height)) }
    let tail = min(6, height / 2)
    let head = height - tail - 1
    return Array(rows.prefix(head)) + [Line("… (+\(rows.count - head - tail) lines)", .dim)] + rows.suffix(tail)
  }
}
