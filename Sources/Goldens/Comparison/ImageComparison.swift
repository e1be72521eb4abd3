/// Two pictures pixel by pixel.
package struct ImageComparison: Sendable {
  /// A picture, 8 bits a channel.
  package struct Raster: Sendable, Equatable {
    /// Pixels from left to right.
    package let width: Int
    /// Pixels from top to bottom.
    package let height: Int
    /// Red, green, blue, alpha of each pixel, row by row: 4 · width · height bytes.
    package let pixels: [UInt8]

    /// A picture; `pixels` holds 4 · width · height bytes.
    package init(width: Int, height: Int, pixels: [UInt8]) {
      self.width = width
      self.height = height
      self.pixels = pixels
    }
  }

  /// A tile of both pictures, in pixels.
  package struct Tile: Sendable, Equatable {
    /// The left edge.
    package var x: Int
    /// The upper edge.
    package var y: Int
    /// Pixels from left to right.
    package var width: Int
    /// Pixels from top to bottom.
    package var height: Int
    /// The root mean square of its differences over red, green and blue, 0 … 255.
    package var rms: Double

    /// A tile.
    package init(x: Int, y: Int, width: Int, height: Int, rms: Double) {
      self.x = x
      self.y = y
      self.width = width
      self.height = height
      self.rms = rms
    }
  }

  /// The golden.
  package var expected: Raster
  /// What the run produced.
  package var actual: Raster
  /// The root mean square of all differences over red, green and blue, 0 … 255 (matplotlib's); NaN when the sizes differ.
  package var rms: Double
  /// Pixels that differ in any channel.
  package var changedPixels: Int
  /// Tiles that differ, worst first.
  package var tiles: [Tile]

  /// A comparison of two pictures.
  package init(expected: Raster, actual: Raster, rms: Double, changedPixels: Int, tiles: [Tile]) {
    self.expected = expected
    self.actual = actual
    self.rms = rms
    self.changedPixels = changedPixels
    self.tiles = tiles
  }
}
