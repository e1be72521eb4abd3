@testable import Goldens

/// The pixels that make the actual picture of the expected one.
struct ImagePatch: Sendable, Equatable {
  /// The size afterwards.
  let width: Int
  let height: Int
  /// Pixels by their place, row by row: all of them when the size changed.
  let pixels: [Int: [UInt8]]

  init(_ comparison: ImageComparison) {
    let (expected, actual) = (comparison.expected, comparison.actual)
    width = actual.width
    height = actual.height
    let isSameSize = expected.width == actual.width && expected.height == actual.height
    var pixels: [Int: [UInt8]] = [:]
    for place in 0..<actual.pixels.count / 4 {
      let pixel = actual.pixels[4 * place..<4 * place + 4]
      if !isSameSize || pixel != expected.pixels[4 * place..<4 * place + 4] { pixels[place] = Array(pixel) }
    }
    self.pixels = pixels
  }

  /// The edited picture.
  func apply(to raster: ImageComparison.Raster) -> ImageComparison.Raster {
    var bytes =
      raster.width == width && raster.height == height
      ? raster.pixels : [UInt8](repeating: 0, count: 4 * width * height)
    for (place, pixel) in pixels where 4 * place + 4 <= bytes.count {
      bytes.replaceSubrange(4 * place..<4 * place + 4, with: pixel)
    }
    return ImageComparison.Raster(width: width, height: height, pixels: bytes)
  }
}
