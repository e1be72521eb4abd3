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
}
