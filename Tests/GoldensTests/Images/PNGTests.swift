import TestSupport
import Testing
import TriageModel

@testable import Goldens

struct PNGTests {
  @Test(arguments: ["rgb", "rgba", "palette"])
  func theSamePictureWrittenOtherwiseIsFormat(_ name: String) throws {
    let comparison = try compare("grey", name)
    #expect(!comparison.differs && comparison.drift.kind == .format, "\(comparison.drift)")
  }

  @Test func onePixelIsFoundAndSeen() throws {
    let comparison = try compare("rgb", "dot")
    #expect(comparison.summary.changed == 1 && comparison.summary.total == 256)
    #expect(comparison.summary.maxAbsolute == ChangeSummary.Extreme(value: 40, place: "(9, 5)"))
    #expect(comparison.remaining(under: Tolerance(relative: 1)) == 1)
    let image = try image(comparison)
    #expect(abs(image.rms - (1600.0 / 768).squareRoot()) < 1e-12)
    #expect(image.tiles == [ImageComparison.Tile(x: 9, y: 5, width: 1, height: 1, rms: (1600.0 / 3).squareRoot())])
    let mosaic = image.mosaic(side: .difference, columns: 4, rows: 4)
    let lit = mosaic.cells.flatMap { [$0.top, $0.bottom] }.filter { $0.blue > 0 }
    #expect(lit == [ImageComparison.RGB(red: 0, green: 0, blue: 255)])
    #expect(mosaic.worstColumns == 2..<3 && mosaic.worstRows == 0..<1)
  }

  @Test func aMosaicKeepsItsShapeAndFits() throws {
    let image = try image(try compare("rgb", "wide"))
    let mosaic = image.mosaic(side: .actual, columns: 10, rows: 100)
    #expect(mosaic.columns == 10 && mosaic.rows == 4 && mosaic.cells.count == 40)
    // 16 pixels a mean of two: 0 and 16 are 8.
    #expect(mosaic[0, 0].top == ImageComparison.RGB(red: 8, green: 8, blue: 8))
    #expect(image.mosaic(side: .expected, columns: 200, rows: 5).rows == 5)
    for side in ImageComparison.Side.allCases {
      for (columns, rows) in [(0, 1), (1, 0), (-1, -1), (1, 1), (3, 300), (500, 2)] {
        let mosaic = image.mosaic(side: side, columns: columns, rows: rows)
        #expect(mosaic.columns <= max(0, columns) && mosaic.rows <= max(0, rows))
        #expect(mosaic.cells.count == mosaic.columns * mosaic.rows)
      }
    }
  }

  @Test func transparencyIsDrawnOverAChecker() throws {
    let comparison = try compare("rgb", "clear")
    #expect(comparison.summary.changed == 256 && comparison.summary.maxAbsolute?.value == 255)
    let mosaic = try image(comparison).mosaic(side: .actual, columns: 2, rows: 1)
    #expect(mosaic.cells.map(\.top.red) == [255, 224] && mosaic.cells.map(\.bottom.red) == [224, 255])
  }

  @Test func anotherSizeIsAShape() throws {
    let comparison = try compare("rgb", "wide")
    #expect(comparison.drift == Drift(.shape, "size 16×16 → 20×16") && comparison.differs)
    #expect(try image(comparison).rms.isNaN)
  }

  @Test func theLowerBitsOfDeepPicturesCount() throws {
    let comparison = try compare("deep", "deep-low")
    #expect(comparison.drift.kind == .real && comparison.differs)
    #expect(try image(try compare("grey", "deep")).changedPixels == 0)
  }

  @Test func sizesAreRefusedBeforeMemoryIsTaken() {
    #expect(throws: GoldenError.limit("the actual side: 50000 × 50000 pixels, more than 100000000 (limit)")) {
      try compare("rgb", "huge")
    }
  }

  @Test func damagedPicturesAreRefused() {
    let bytes = fixture("palette")
    for end in stride(from: 8, to: bytes.count - 12, by: 3) {
      #expect(throws: GoldenError.self) { try PNGReader.read(Array(bytes[..<end]), GoldenLimits()) }
    }
  }

  @Test(.enabled(if: Corpus.exists, Comment(rawValue: Corpus.absence)))
  func theMeanIsMatplotlibs() throws {
    let folder = Corpus.root + "/churn/runs/036/mpl/test_reliability.test_score_histogram/"
    let comparison = try PNG().compare(
      Files.bytes(folder + "baseline.png"), Files.bytes(folder + "result.png"), ComparisonOptions())
    #expect(abs(try image(comparison).rms - 76.11673476385539) < 1e-9)
  }

  private func compare(_ expected: String, _ actual: String) throws -> Comparison {
    try PNG().compare(fixture(expected), fixture(actual), ComparisonOptions())
  }

  private func fixture(_ name: String) -> [UInt8] {
    Files.bytes(Files.fixtures().replacing("/Images/", with: "/") + "/png/" + name + ".png")
  }

  private func image(_ comparison: Comparison) throws -> ImageComparison {
    guard case .image(let image) = comparison.body else { throw GoldenError.malformed("no picture") }
    return image
  }
}
