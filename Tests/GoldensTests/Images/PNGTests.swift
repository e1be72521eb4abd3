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
    #expect(comparison.summary.maxAbsolute == ChangeSummary.Extreme(value: 40, location: "(9, 5)"))
    #expect(comparison.remaining(under: Tolerance(relative: 1)) == 1)
    let image = try image(comparison)
    #expect(abs(image.rms - (1600.0 / 768).squareRoot()) < 1e-12)
    #expect(image.tiles == [ImageComparison.Tile(x: 9, y: 5, width: 1, height: 1, rms: (1600.0 / 3).squareRoot())])
  }

  @Test func transparencyIsADifference() throws {
    let comparison = try compare("rgb", "clear")
    #expect(comparison.summary.changed == 256 && comparison.summary.maxAbsolute?.value == 255)
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
