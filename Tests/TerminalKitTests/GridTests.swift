import TerminalKit
import Testing

@Suite struct GridTests {
  @Test func cutsWithAnEllipsisExactlyAtTheEdge() {
    var grid = Grid(size: Size(width: 8, height: 1))
    grid.write(Line("abcdefgh"), in: Rect(x: 0, y: 0, width: 8, height: 1))
    #expect(grid.lines == ["abcdefgh"])
    grid.write(Line("abcdefghi"), in: Rect(x: 0, y: 0, width: 8, height: 1))
    #expect(grid.lines == ["abcdefg…"])
  }

  @Test func aWideCharacterThatDoesNotFitIsNotHalved() {
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.write(Line("abc字"), in: Rect(x: 0, y: 0, width: 4, height: 1))
    #expect(grid.lines == ["abc…"])
  }

  @Test func overwritingHalfAWideCharacterClearsTheOtherHalf() {
    var grid = Grid(size: Size(width: 4, height: 1))
    grid.write(Line("字字"), in: Rect(x: 0, y: 0, width: 4, height: 1))
    grid.write(Line("x"), in: Rect(x: 1, y: 0, width: 1, height: 1))
    #expect(grid.lines == [" x字"])
    #expect(grid[0, 0].width == 1)
  }

  @Test func neverWritesOutsideItsRectangle() {
    var grid = Grid(size: Size(width: 10, height: 3))
    for x in -3...12 {
      for y in -1...4 {
        grid.write(Line("字a字b"), in: Rect(x: x, y: y, width: 4, height: 1))
        grid.fill(Rect(x: x, y: y, width: 5, height: 5), Style(.dim))
        grid.paint(Rect(x: x, y: y, width: 5, height: 5), on: .selection)
      }
    }
    #expect(grid.lines.count == 3)
  }

  @Test func changesNeverCutAWideCharacter() {
    let row = Rect(x: 0, y: 0, width: 6, height: 1)
    var old = Grid(size: Size(width: 6, height: 1))
    old.write(Line("ab字cd"), in: row)
    var new = old
    #expect(new.changes(since: old, row: 0, width: 6) == nil)
    new.write(Line("d"), in: Rect(x: 4, y: 0, width: 1, height: 1))
    #expect(new.changes(since: old, row: 0, width: 6) == 4..<5)
    // What stood there was two columns wide: both are written anew.
    new.write(Line("x"), in: Rect(x: 2, y: 0, width: 1, height: 1))
    #expect(new.changes(since: old, row: 0, width: 6) == 2..<5)
    #expect(new.changes(since: old, row: 0, width: 3) == 2..<3)
  }
}
