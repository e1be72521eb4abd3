import TerminalKit
import Testing

@Suite struct GridShadingTests {
  private func grid(_ pixels: [(upper: UInt8, lower: UInt8)]) -> Grid {
    var grid = Grid(size: Size(width: pixels.count + 2, height: 1))
    let spans = pixels.map { Span("▀", .pixels(upper: $0.upper, lower: $0.lower)) }
    grid.write(Line([Span("é ")] + spans), in: grid.bounds)
    return grid
  }

  /// White, light grey, dark grey, black; then half of each.
  private let pixels: [(upper: UInt8, lower: UInt8)] = [(231, 231), (250, 250), (238, 238), (16, 16), (231, 16)]

  @Test func drawsDarkPixelsAsDenseMarks() {
    let marks = " .:-=+*#%@"
    let shaded = grid(pixels).shaded
    let places = shaded.lines[0].dropFirst(2).compactMap { marks.firstIndex(of: $0) }
    #expect(places.count == 5)
    #expect(places[0] == marks.startIndex)
    #expect(places[0] < places[1] && places[1] < places[2] && places[2] < places[3])
    #expect(places[0] < places[4] && places[4] < places[3])
  }

  @Test func keepsAllOtherCells() {
    let grid = grid(pixels)
    #expect(grid.shaded[0, 0] == grid[0, 0])
    #expect(grid.ascii.lines[0].hasPrefix("?"))
    let isASCII = grid.ascii.lines[0].allSatisfy { $0.isASCII }
    #expect(isASCII)
  }

  @Test(arguments: ["terminal", "dark", "light"]) func pixelsHaveTheirOwnColoursInEveryTheme(name: String) throws {
    let theme = try ThemeSet.builtIn.theme(name)
    let look = theme.look(.pixels(upper: 231, lower: 16), at: .palette256)
    #expect(look == Look(foreground: .palette(231), background: .palette(16)))
  }
}
