import TerminalKit
import Testing

@Suite struct TextPaneTests {
  private let size = Size(width: 20, height: 5)
  private let lines = (0..<50).map { Line("line \($0)") }

  private func seen(_ pane: TextPane, _ lines: [Line]) -> [String] {
    var grid = Grid(size: size)
    pane.draw(lines, isFocused: false, in: Rect(size), on: &grid)
    return grid.lines
  }

  @Test func followsTheCursorDownAndUp() {
    var pane = TextPane()
    pane.move(by: 7, in: lines, size: size)
    #expect(seen(pane, lines) == ["line 3", "line 4", "line 5", "line 6", "line 7"])
    pane.move(by: -6, in: lines, size: size)
    #expect(seen(pane, lines).first == "line 1")
  }

  @Test func goesToTheEndWhateverTheDistance() {
    var pane = TextPane()
    pane.move(by: Int.max / 2, in: lines, size: size)
    #expect(seen(pane, lines).last == "line 49")
  }

  @Test func everyRowOfALongLineCanBeSeen() {
    let lines = [Line(String(repeating: "abcdefghij", count: 20)), Line("after")]
    var pane = TextPane()
    var rows: Set<String> = Set(seen(pane, lines))
    for _ in 0..<12 {
      pane.move(by: 1, in: lines, size: size)
      rows.formUnion(seen(pane, lines))
    }
    #expect(rows.contains("after"))
    #expect(pane.line == 1)
  }

  @Test func showsTheCursorsLineHoweverTheOnesAboveItWrap() {
    // Thirteen columns a word in twenty: each takes a row, which is more than its columns would fill.
    let long = Line((0..<4).map { _ in "twelve_wide_ " }.joined())
    let lines = Array(repeating: long, count: 6) + [Line("here")]
    var pane = TextPane()
    pane.move(to: 6, in: lines, size: size)
    #expect(seen(pane, lines).contains("here"))
  }

  @Test func wrapsAtABlankAndKeepsEveryCharacter() {
    let text = "the quick brown fox jumps over the lazy dog 字字字字字字字字字字字字"
    for width in 2...40 {
      let rows = Line(text).wrapped(width: width)
      #expect(rows.map(\.text).joined() == text)
      #expect(rows.allSatisfy { $0.width <= width })
    }
  }

  @Test func goesOnUnderTheTextNotUnderItsLabel() {
    let label = Line("why", label: 9, Span("failed 21 of 21 runs since 4116 and passed 15 of 15 before"))
    let rows = label.wrapped(width: 30).map(\.text)
    #expect(rows[0].hasPrefix("  why    failed"))
    #expect(rows.count > 2 && rows.dropFirst().allSatisfy { $0.hasPrefix("         ") && !$0.hasPrefix("          ") })
    #expect(
      Line("    deep text that goes on").wrapped(width: 16).map(\.text) == ["    deep text ", "    that goes on"])
  }

  @Test func aTablesLineScrollsInsteadOfWrapping() {
    var line = Line("0  0.30  0.65  0.12")
    line.isTable = true
    #expect(line.wrapped(width: 8) == [line])
    var pane = TextPane()
    pane.scroll(columns: 3)
    #expect(seen(pane, [line, Line("other text")])[0].hasPrefix("0.30"))
  }

  @Test func findsWhateverTheCaseAndKeepsTheText() {
    let line = Line([Span("Assertion"), Span("Error: ASSERT", .fail)]).highlighting("assert")
    #expect(line.text == "AssertionError: ASSERT")
    #expect(line.spans.filter { $0.style.role == .match }.map(\.text) == ["Assert", "ASSERT"])
  }
}
