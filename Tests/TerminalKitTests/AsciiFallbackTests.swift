import Foundation
import TerminalKit
import Testing

@Suite struct AsciiFallbackTests {
  @Test func keepsEveryColumn() {
    var grid = Grid(size: Size(width: 12, height: 1))
    grid.write(Line("▸ 字é│▇…x"), in: Rect(x: 0, y: 0, width: 12, height: 1))
    #expect(grid.ascii.lines == ["> ???|#~x"])
    #expect((0..<12).allSatisfy { grid.ascii[$0, 0].width == 1 })
  }

  /// What the program itself draws: a glyph without an ASCII form would be a `?` on such a terminal.
  @Test func everyGlyphOfTheScreensHasAForm() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources")
    for folder in ["TriageUI", "TerminalKit/Widgets"] {
      let files = FileManager.default.enumerator(at: sources.appending(path: folder), includingPropertiesForKeys: nil)
      for case let file as URL in try #require(files) where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") {
          let code = line.trimmingPrefix(while: \.isWhitespace)
          if code.hasPrefix("//") { continue }
          for glyph in code where !glyph.isASCII {
            #expect(AsciiFallback.character(for: glyph) != "?", "\(glyph) in \(file.lastPathComponent)")
          }
        }
      }
    }
  }
}
