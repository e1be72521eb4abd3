internal import TriageModel

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

/// Measures how two pictures differ: matplotlib's root mean square, pixels, and the worst of 16 × 16 tiles, since the
/// mean of a large picture hides a small change.
struct ImageJudge {
  /// Tiles from left to right and from top to bottom.
  private static let tilesAcross = 16

  let comparison: ImageComparison
  private let largest: Int
  private let largestPoint: (x: Int, y: Int)
  private let firstPoint: (x: Int, y: Int)?

  init(_ expected: ImageComparison.Raster, _ actual: ImageComparison.Raster) {
    var scan = Scan(expected, actual, across: Self.tilesAcross)
    scan.run()
    let isSameSize = expected.width == actual.width && expected.height == actual.height
    let pixels = max(expected.width * expected.height, actual.width * actual.height)
    let outside =
      max(0, pixels - min(expected.width, actual.width) * min(expected.height, actual.height))
    comparison = ImageComparison(
      expected: expected, actual: actual,
      rms: isSameSize ? scan.rms : .nan, changedPixels: scan.changed + (isSameSize ? 0 : outside),
      tiles: isSameSize ? scan.tiles() : [])
    largest = scan.largest
    largestPoint = scan.largestPoint
    firstPoint = scan.first
  }

  var summary: ChangeSummary {
    var summary = ChangeSummary(unit: "pixels")
    let (expected, actual) = (comparison.expected, comparison.actual)
    summary.changed = comparison.changedPixels
    summary.total = max(expected.width * expected.height, actual.width * actual.height)
    summary.first = firstPoint.map { "(\($0.x), \($0.y))" }
    if largest > 0 {
      summary.maxAbsolute = ChangeSummary.Extreme(
        value: Double(largest), location: "(\(largestPoint.x), \(largestPoint.y))")
    }
    summary.worst = comparison.tiles.first.map { Self.place($0) } ?? summary.first
    if let size { summary.structure = [size] }
    return summary
  }

  var drift: Drift {
    if let size { return Drift(.shape, size) }
    if comparison.changedPixels == 0 { return Drift(.format, "every pixel is the same") }
    let share = "\(CountText.of(comparison.changedPixels)) pixels (\(percentage)) differ"
    if largest <= 1 { return Drift(.noise, "\(share), none by more than 1 of 255") }
    return Drift(.real, "\(share), RMS \(FigureText.of(comparison.rms)) of 255, at most \(largest)")
  }

  var remarks: [String] {
    guard let worst = comparison.tiles.first else { return [] }
    return [
      "RMS \(FigureText.of(comparison.rms)) of 255; the worst tile, \(Self.place(worst)), RMS \(FigureText.of(worst.rms))."
    ]
  }

  private var percentage: String {
    FigureText.of(100 * Double(comparison.changedPixels) / Double(max(1, summary.total))) + " %"
  }

  private var size: String? {
    let (expected, actual) = (comparison.expected, comparison.actual)
    if expected.width == actual.width, expected.height == actual.height { return nil }
    return "size \(expected.width)×\(expected.height) → \(actual.width)×\(actual.height)"
  }

  private static func place(_ tile: ImageComparison.Tile) -> String {
    "\(tile.width)×\(tile.height) at (\(tile.x), \(tile.y))"
  }
}

/// One look at every pixel that both pictures have.
private struct Scan {
  private let expected: ImageComparison.Raster
  private let actual: ImageComparison.Raster
  private let across: Int
  private let width: Int
  private let height: Int
  private let tile: (width: Int, height: Int)
  private var sums: [Int]
  private(set) var changed = 0
  private(set) var largest = 0
  private(set) var largestPoint = (x: 0, y: 0)
  private(set) var first: (x: Int, y: Int)?

  init(_ expected: ImageComparison.Raster, _ actual: ImageComparison.Raster, across: Int) {
    self.expected = expected
    self.actual = actual
    self.across = across
    width = min(expected.width, actual.width)
    height = min(expected.height, actual.height)
    tile = (max(1, (width + across - 1) / across), max(1, (height + across - 1) / across))
    sums = [Int](repeating: 0, count: across * across)
  }

  /// The root mean square over red, green and blue.
  var rms: Double { (Double(sums.reduce(0, +)) / Double(max(1, 3 * width * height))).squareRoot() }

  mutating func run() {
    expected.pixels.withUnsafeBufferPointer { left in
      actual.pixels.withUnsafeBufferPointer { right in
        for y in 0..<height {
          let (row, other) = (4 * y * expected.width, 4 * y * actual.width)
          if expected.width == actual.width, left[row..<row + 4 * width].elementsEqual(right[other..<other + 4 * width])
          {
            continue
          }
          for x in 0..<width { pixel(left, row + 4 * x, right, other + 4 * x, x, y) }
        }
      }
    }
  }

  private mutating func pixel(
    _ left: UnsafeBufferPointer<UInt8>, _ from: Int, _ right: UnsafeBufferPointer<UInt8>, _ to: Int, _ x: Int, _ y: Int
  ) {
    var sum = 0
    var most = 0
    for channel in 0..<4 {
      let difference = abs(Int(right[to + channel]) - Int(left[from + channel]))
      if channel < 3 { sum += difference * difference }
      most = max(most, difference)
    }
    if most == 0 { return }
    changed += 1
    sums[y / tile.height * across + x / tile.width] += sum
    if first == nil { first = (x, y) }
    if most > largest { (largest, largestPoint) = (most, (x, y)) }
  }

  /// The tiles that differ, worst first.
  func tiles() -> [ImageComparison.Tile] {
    var tiles: [ImageComparison.Tile] = []
    for (index, sum) in sums.enumerated() where sum > 0 {
      let (x, y) = (index % across * tile.width, index / across * tile.height)
      let (wide, high) = (min(tile.width, width - x), min(tile.height, height - y))
      let rms = (Double(sum) / Double(max(1, 3 * wide * high))).squareRoot()
      tiles.append(ImageComparison.Tile(x: x, y: y, width: wide, height: high, rms: rms))
    }
    return tiles.sorted { ($1.rms, $0.y, $0.x) < ($0.rms, $1.y, $1.x) }
  }
}
