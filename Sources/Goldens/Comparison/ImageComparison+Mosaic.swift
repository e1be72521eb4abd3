extension ImageComparison {
  /// A picture as cells of a terminal: each cell is two pixels, the upper drawn as a half block over the lower.
  package struct Mosaic: Sendable, Equatable {
    /// One cell.
    package struct Cell: Sendable, Equatable {
      /// The upper pixel.
      package var top: RGB
      /// The lower pixel.
      package var bottom: RGB
    }

    /// Cells from left to right.
    package let columns: Int
    /// Cells from top to bottom.
    package let rows: Int
    /// The cells, row by row: columns · rows of them.
    package let cells: [Cell]
    /// The cells from left to right that show the worst tile; nil when none differs or the sizes do.
    package let worstColumns: Range<Int>?
    /// The cells from top to bottom that show the worst tile.
    package let worstRows: Range<Int>?

    /// A cell; `column` and `row` are within bounds.
    package subscript(column: Int, row: Int) -> Cell { cells[row * columns + column] }
  }

  /// A side drawn into at most so many cells, its aspect ratio kept (a cell is twice as high as wide).
  ///
  /// Colours are means over what a pixel of the mosaic covers, transparency over a light checker; of the difference the
  /// strongest pixel is taken, so that a single one stays visible. Work is one look at each pixel: keep the result.
  package func mosaic(side: Side, columns: Int, rows: Int) -> Mosaic {
    let raster = side == .expected ? expected : actual
    let width = side == .difference ? max(expected.width, actual.width) : raster.width
    let height = side == .difference ? max(expected.height, actual.height) : raster.height
    guard columns > 0, rows > 0, columns < 1 << 16, rows < 1 << 16, width > 0, height > 0 else {
      return Mosaic(columns: 0, rows: 0, cells: [], worstColumns: nil, worstRows: nil)
    }
    let scale = min(Double(columns) / Double(width), Double(2 * rows) / Double(height))
    let wide = min(columns, max(1, Int((Double(width) * scale).rounded())))
    let high = min(2 * rows, max(1, Int((Double(height) * scale).rounded())))
    let boxes = Boxes(width: width, height: height, columns: wide, rows: high)
    let pixels = side == .difference ? strongest(boxes) : means(raster, boxes)
    return cells(pixels, boxes)
  }

  private func cells(_ pixels: [RGB], _ boxes: Boxes) -> Mosaic {
    let rows = (boxes.rows + 1) / 2
    var cells: [Mosaic.Cell] = []
    cells.reserveCapacity(rows * boxes.columns)
    for row in 0..<rows {
      for column in 0..<boxes.columns {
        let top = pixels[2 * row * boxes.columns + column]
        let below = (2 * row + 1) * boxes.columns + column
        cells.append(Mosaic.Cell(top: top, bottom: below < pixels.count ? pixels[below] : top))
      }
    }
    let place = tiles.first.map { boxes.place(of: $0) }
    return Mosaic(
      columns: boxes.columns, rows: rows, cells: cells, worstColumns: place?.columns, worstRows: place?.rows)
  }

  private func means(_ raster: Raster, _ boxes: Boxes) -> [RGB] {
    raster.pixels.withUnsafeBufferPointer { pixels in
      boxes.map { horizontal, vertical in
        var sum = (red: 0, green: 0, blue: 0)
        for y in vertical {
          for x in horizontal {
            let start = 4 * (y * raster.width + x)
            let alpha = Int(pixels[start + 3])
            let under = ((x / 8 + y / 8) % 2 == 0 ? 255 : 224) * (255 - alpha)
            sum.red += (Int(pixels[start]) * alpha + under) / 255
            sum.green += (Int(pixels[start + 1]) * alpha + under) / 255
            sum.blue += (Int(pixels[start + 2]) * alpha + under) / 255
          }
        }
        let count = max(1, horizontal.count * vertical.count)
        return RGB(
          red: UInt8(clamping: sum.red / count), green: UInt8(clamping: sum.green / count),
          blue: UInt8(clamping: sum.blue / count))
      }
    }
  }

  private func strongest(_ boxes: Boxes) -> [RGB] {
    let (width, height) = (min(expected.width, actual.width), min(expected.height, actual.height))
    return expected.pixels.withUnsafeBufferPointer { left in
      actual.pixels.withUnsafeBufferPointer { right in
        boxes.map { horizontal, vertical in
          var most = (red: 0, green: 0, blue: 0)
          for y in vertical {
            for x in horizontal {
              // What only one side has is as different as can be.
              guard x < width, y < height else { return RGB(red: 255, green: 0, blue: 255) }
              let (from, to) = (4 * (y * expected.width + x), 4 * (y * actual.width + x))
              let alpha = abs(Int(left[from + 3]) - Int(right[to + 3]))
              most.red = max(most.red, alpha, abs(Int(left[from]) - Int(right[to])))
              most.green = max(most.green, alpha, abs(Int(left[from + 1]) - Int(right[to + 1])))
              most.blue = max(most.blue, alpha, abs(Int(left[from + 2]) - Int(right[to + 2])))
            }
          }
          return RGB(
            red: UInt8(clamping: 10 * most.red), green: UInt8(clamping: 10 * most.green),
            blue: UInt8(clamping: 10 * most.blue))
        }
      }
    }
  }
}

/// Which pixels of a picture each pixel of a mosaic covers.
private struct Boxes {
  let width: Int
  let height: Int
  let columns: Int
  let rows: Int

  /// One result a box, row by row.
  func map<Result>(_ body: (Range<Int>, Range<Int>) -> Result) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let vertical = Self.span(row, of: rows, over: height)
      for column in 0..<columns { results.append(body(Self.span(column, of: columns, over: width), vertical)) }
    }
    return results
  }

  /// The cells that a tile touches.
  func place(of tile: ImageComparison.Tile) -> (columns: Range<Int>, rows: Range<Int>) {
    let left = tile.x * columns / width
    let right = max(left + 1, ((tile.x + tile.width) * columns + width - 1) / width)
    let top = tile.y * rows / height / 2
    let bottom = max(top + 1, ((tile.y + tile.height) * rows + 2 * height - 1) / (2 * height))
    return (left..<min(right, columns), top..<max(top + 1, min(bottom, (rows + 1) / 2)))
  }

  private static func span(_ index: Int, of count: Int, over length: Int) -> Range<Int> {
    let start = index * length / count
    return start..<max(start + 1, (index + 1) * length / count)
  }
}
