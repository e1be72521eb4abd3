import Goldens
import SafeText
import TerminalKit
import Testing

@testable import TriageUI

@Suite struct ImageViewTests {
  private func grid(of image: ImageComparison) -> Grid {
    var grid = Grid(size: Size(width: 60, height: 20))
    ImageView(image: image, showsDifference: true).draw(in: grid.bounds, on: &grid)
    return grid
  }

  private func raster(_ change: (inout [UInt8]) -> Void = { _ in }) -> ImageComparison.Raster {
    var pixels = [UInt8](repeating: 255, count: 4 * 600 * 300)
    change(&pixels)
    return ImageComparison.Raster(width: 600, height: 300, pixels: pixels)
  }

  private func image(_ actual: ImageComparison.Raster) -> ImageComparison {
    ImageComparison(expected: raster(), actual: actual, rms: 0, changedPixels: 1, tiles: [])
  }

  @Test func aSinglePixelOfALargePictureIsSeen() {
    let same = grid(of: image(raster()))
    #expect(grid(of: image(raster { $0[4 * (137 * 600 + 211)] = 200 })) != same)
    // Transparent white on white.
    #expect(grid(of: image(raster { $0[4 * (299 * 600 + 599) + 3] = 0 })) != same)
  }

  @Test func aPictureWithoutItsPixelsIsDrawn() {
    _ = grid(of: image(ImageComparison.Raster(width: 600, height: 300, pixels: [])))
  }
}
