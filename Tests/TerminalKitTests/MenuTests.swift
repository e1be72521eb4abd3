import TerminalKit
import Testing

@Suite struct MenuTests {
  private func menu(isTyped: Bool) -> Menu<Int> {
    Menu(
      title: "Menu",
      items: [
        Menu.Item(title: "First things", choice: nil), Menu.Item(keys: "a", title: "group by suite", choice: 1),
        Menu.Item(keys: "b", title: "group by owner", choice: 2), Menu.Item(title: "Others", choice: nil),
        Menu.Item(keys: "q", title: "quit", choice: 3),
      ], isTyped: isTyped)
  }

  @Test func headingsAreNeverChosen() {
    var menu = menu(isTyped: false)
    #expect(menu.handle(.enter, height: 5) == .choose(1))
    for _ in 0..<2 { _ = menu.handle(.down, height: 5) }
    #expect(menu.handle(.enter, height: 5) == .choose(3))
    for _ in 0..<9 { _ = menu.handle(.up, height: 5) }
    #expect(menu.handle(.enter, height: 5) == .choose(1))
  }

  @Test func typingNarrowsAndTheBestComesFirst() {
    var menu = menu(isTyped: true)
    for letter in "owner" { _ = menu.handle(.character(letter), height: 5) }
    #expect(menu.shown.map(\.choice) == [2])
    #expect(menu.handle(.enter, height: 5) == .choose(2))
    menu.insert("zzz")
    #expect(menu.shown.isEmpty)
    #expect(menu.handle(.enter, height: 5) == .stay)
    #expect(menu.handle(.escape, height: 5) == .close)
  }

  @Test func aLetterChoosesTheLineItStandsBesideWhereNothingIsTyped() {
    var menu = menu(isTyped: false)
    #expect(menu.handle(.character("b"), height: 5) == .choose(2))
    #expect(menu.handle(.character("x"), height: 5) == .ignored)
    #expect(menu.handle(.character("q"), height: 5) == .close)
  }

  @Test func fitsAnyScreenItIsDrawnOn() {
    for width in stride(from: 10, through: 100, by: 15) {
      for height in stride(from: 4, through: 40, by: 6) {
        var grid = Grid(size: Size(width: width, height: height))
        menu(isTyped: true).draw(on: &grid)
        #expect(grid.lines.count == height)
      }
    }
  }
}
