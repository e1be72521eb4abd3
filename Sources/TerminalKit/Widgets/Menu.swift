internal import SafeText

/// A list of choices over the screen: help, the palette, runs, sort and group.
package struct Menu<Choice: Equatable & Sendable>: Equatable, Sendable {
  /// One line of it.
  package struct Item: Equatable, Sendable {
    /// The keys that do the same without the menu.
    package var keys: String
    /// What it says.
    package var title: String
    /// What the line does; nil for a heading.
    package var choice: Choice?
    /// A mark before the title: the one in force.
    package var isCurrent: Bool
    /// Whether a line without a choice is no heading and only to be read.
    package var isNote = false

    /// A line of a menu.
    package init(keys: String = "", title: String, choice: Choice?, isCurrent: Bool = false) {
      self.keys = keys
      self.title = title
      self.choice = choice
      self.isCurrent = isCurrent
    }
  }

  /// The words over the choices.
  package let title: String
  /// All lines, headings among them.
  package let items: [Item]
  /// What was typed to narrow it.
  package private(set) var filter = LineEditor()
  /// Whether typing narrows it, or a letter chooses the line that it stands beside.
  package let isTyped: Bool
  private var cursor = ListCursor()

  /// A menu with the cursor on its current item, or its first choice.
  package init(title: String, items: [Item], isTyped: Bool) {
    self.title = title
    self.items = items
    self.isTyped = isTyped
    let start = items.firstIndex { $0.isCurrent } ?? items.firstIndex { $0.choice != nil } ?? 0
    cursor.move(to: start, count: items.count, height: 12)
  }

  /// What a key made of the menu.
  package enum Reaction: Equatable, Sendable {
    case stay
    case close
    case choose(Choice)
    /// The key means nothing to a menu.
    case ignored
  }

  /// The lines that match what was typed, best first.
  package var shown: [Item] {
    if filter.text.isEmpty { return items }
    let query = FuzzyMatch(filter.text.filter { $0 != " " })
    let scored = items.enumerated().compactMap { place, item in
      item.choice == nil ? nil : query.score(item.title + " " + item.keys).map { (score: $0, place: place) }
    }
    return scored.sorted { ($1.score, $0.place) < ($0.score, $1.place) }.map { items[$0.place] }
  }

  /// Does what a key means in a menu.
  package mutating func handle(_ key: Key, height: Int) -> Reaction {
    let lines = shown
    switch key {
    case .escape, .control("c"): return .close
    case .enter:
      guard cursor.index < lines.count, let choice = lines[cursor.index].choice else { return .stay }
      return .choose(choice)
    case .up, .control("p"), .backTab: step(-1, lines, height)
    case .down, .control("n"), .tab: step(1, lines, height)
    case .pageUp: step(-height, lines, height)
    case .pageDown: step(height, lines, height)
    case .character("j") where !isTyped: step(1, lines, height)
    case .character("k") where !isTyped: step(-1, lines, height)
    case .character("q") where !isTyped: return .close
    default:
      guard isTyped else { return choice(of: key).map(Reaction.choose) ?? .ignored }
      guard filter.handle(key) else { return .ignored }
      cursor.move(to: 0, count: shown.count, height: height)
    }
    return .stay
  }

  /// The choice of the key that stands beside it, where nothing is typed.
  private func choice(of key: Key) -> Choice? { items.first { $0.keys == key.label }?.choice }

  /// Adds pasted text to what was typed.
  package mutating func insert(_ text: String) {
    guard isTyped else { return }
    filter.insert(text)
    cursor.move(to: 0, count: shown.count, height: 1)
  }

  /// Moves by lines and on past headings.
  private mutating func step(_ distance: Int, _ lines: [Item], _ height: Int) {
    cursor.move(by: distance, count: lines.count, height: height)
    while cursor.index < lines.count, lines[cursor.index].choice == nil {
      let before = cursor.index
      cursor.move(by: distance < 0 ? -1 : 1, count: lines.count, height: height)
      if cursor.index == before {
        let first = lines.firstIndex { $0.choice != nil } ?? 0
        cursor.move(to: first, count: lines.count, height: height)
        break
      }
    }
  }

  /// The rows of choices it shows on a screen of a height.
  package func listHeight(screen: Size) -> Int {
    max(1, min(items.count, screen.height - 6))
  }

  /// Draws the menu in the middle of the screen.
  package func draw(on grid: inout Grid) {
    let lines = shown
    let height = listHeight(screen: grid.size)
    let longest = items.map { DisplayWidth.of($0.title) + DisplayWidth.of($0.keys) }.max() ?? 0
    let width = min(max(longest + 9, DisplayWidth.of(title) + 6, 34), grid.size.width - 4)
    let inputRows = isTyped ? 1 : 0
    let box = Rect(
      x: (grid.size.width - width) / 2, y: max(0, (grid.size.height - height - 2 - inputRows) / 3), width: width,
      height: height + 2 + inputRows)
    Frame.draw(title: title, in: box, on: &grid)
    let inside = box.inset(left: 1, top: 1, right: 1, bottom: 1)
    if isTyped { filter.draw(label: " › ", in: inside.row(0), on: &grid) }
    let list = inside.inset(top: inputRows)
    if lines.isEmpty { grid.write("  nothing matches", Style(.dim, on: .dialog), in: list.row(0)) }
    for (y, index) in cursor.visible(count: lines.count, height: list.height).enumerated() {
      draw(lines[index], isSelected: index == cursor.index, in: list.row(y), on: &grid)
      if index == cursor.index { grid.focus = Point(x: list.x + 1, y: list.y + y) }
    }
  }

  private func draw(_ item: Item, isSelected: Bool, in row: Rect, on grid: inout Grid) {
    guard item.choice != nil else {
      let style = item.isNote ? Style(.text, on: .dialog) : Style(.heading, on: .dialog, .bold)
      grid.write((item.isNote ? "   " : " ") + item.title, style, in: row)
      return
    }
    let keysWidth = DisplayWidth.of(item.keys)
    let marker = isSelected ? ">" : item.isCurrent ? "•" : " "
    let surface: Role = isSelected ? .selection : .dialog
    grid.fill(row, Style(.text, on: surface))
    grid.write(" \(marker) \(item.title)", Style(.text, on: surface), in: row.inset(right: keysWidth + 2))
    grid.write(item.keys, Style(.key, on: surface), in: row.inset(left: row.width - keysWidth - 1))
  }
}
