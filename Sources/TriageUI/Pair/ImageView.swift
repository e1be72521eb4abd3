import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two pictures in half blocks beside one another, or what differs between them.
struct ImageView {
  let image: ImageComparison
  let showsDifference: Bool

  /// Samples of a pixel's breadth and height, so that a large picture costs no more than a screenful.
  private static let samples = 4
  /// A small picture is not made larger than this.
  private static let largest = 6.0

  func draw(in rect: Rect, on grid: inout Grid) {
    guard rect.height > 1 else { return }
    let area = rect.inset(left: 1, bottom: 1)
    if showsDifference {
      draw(.difference, in: area, on: &grid)
    } else {
      let halves = PairView.halves(area)
      draw(.expected, in: halves.left, on: &grid)
      draw(.actual, in: halves.right, on: &grid)
    }
    grid.write(facts, in: rect.inset(left: 1).row(rect.height - 1))
  }

  /// The sizes, how far the pictures lie apart, and the worst tile.
  private var facts: Line {
    let left = image.expected
    let right = image.actual
    let isSameSize = left.width == right.width && left.height == right.height
    var line = Line("\(left.width)×\(left.height)" + (isSameSize ? "" : " → \(right.width)×\(right.height)"), .text)
    if !isSameSize { line.spans[0].style = Style(.danger) }
    let total = max(1, max(left.width * left.height, right.width * right.height))
    let share = Double(image.changedPixels) * 100 / Double(total)
    if !image.rms.isNaN { line.append(" · RMS \(FigureText.of(image.rms))", .dim) }
    line.append(" · \(CountText.of(image.changedPixels)) pixels differ (\(FigureText.of(share)) %)", .dim)
    if let tile = image.tiles.first {
      line.append(" · worst tile \(tile.x),\(tile.y): RMS \(FigureText.of(tile.rms))", .dim)
    }
    return line
  }

  private func draw(_ side: ImageComparison.Side, in area: Rect, on grid: inout Grid) {
    let picture = side == .actual ? image.actual : image.expected
    guard picture.width > 0, picture.height > 0, !area.isEmpty else { return }
    let scale = min(
      Double(area.width) / Double(picture.width), Double(area.height * 2) / Double(picture.height), Self.largest)
    let columns = min(area.width, max(1, Int(Double(picture.width) * scale)))
    let rows = min(area.height, max(1, Int((Double(picture.height) * scale / 2).rounded(.up))))
    for y in 0..<rows {
      var line = Line()
      for x in 0..<columns {
        let upper = color(side, x, 2 * y, columns, 2 * rows)
        let lower = color(side, x, 2 * y + 1, columns, 2 * rows)
        line.spans.append(Span("▀", .pixels(upper: upper, lower: lower)))
      }
      grid.write(line, in: area.row(y))
    }
  }

  private func color(_ side: ImageComparison.Side, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> UInt8 {
    switch side {
    case .expected: return XtermPalette.nearest(to: Self.rgb(sample(image.expected, x, y, columns, rows)))
    case .actual: return XtermPalette.nearest(to: Self.rgb(sample(image.actual, x, y, columns, rows)))
    case .difference: return XtermPalette.nearest(to: difference(x, y, columns, rows))
    }
  }

  /// What differs, the stronger the redder, on a faint copy of the expected picture.
  private func difference(_ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> XtermPalette.RGB {
    let left = sample(image.expected, x, y, columns, rows)
    let right = sample(image.actual, x, y, columns, rows)
    let distance = max(abs(left.0 - right.0), abs(left.1 - right.1), abs(left.2 - right.2))
    let grey = UInt8(clamping: 200 + (left.0 * 299 + left.1 * 587 + left.2 * 114) / 1000 * 50 / 255)
    guard distance > 0 else { return (grey, grey, grey) }
    // Ten times as strong, as matplotlib draws it, and never so faint that it is missed.
    let strength = min(255, max(90, distance * 10))
    func blend(_ target: Int) -> UInt8 { UInt8(clamping: Int(grey) + (target - Int(grey)) * strength / 255) }
    return (blend(200), blend(20), blend(0))
  }

  /// The mean colour of what a pixel of the screen covers, on white where the picture is transparent.
  private func sample(
    _ picture: ImageComparison.Raster, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int
  ) -> (Int, Int, Int) {
    let across = (x * picture.width / columns, max(1, picture.width / columns))
    let down = (y * picture.height / rows, max(1, picture.height / rows))
    let steps = (min(across.1, Self.samples), min(down.1, Self.samples))
    var sum = (0, 0, 0)
    for v in 0..<steps.1 {
      for u in 0..<steps.0 {
        let pixel = self.pixel(picture, across.0 + u * across.1 / steps.0, down.0 + v * down.1 / steps.1)
        sum = (sum.0 + pixel.0, sum.1 + pixel.1, sum.2 + pixel.2)
      }
    }
    let count = max(1, steps.0 * steps.1)
    return (sum.0 / count, sum.1 / count, sum.2 / count)
  }

  private func pixel(_ picture: ImageComparison.Raster, _ x: Int, _ y: Int) -> (Int, Int, Int) {
    let place = (min(y, picture.height - 1) * picture.width + min(x, picture.width - 1)) * 4
    guard place >= 0, place + 3 < picture.pixels.count else { return (255, 255, 255) }
    let alpha = Int(picture.pixels[place + 3])
    func channel(_ offset: Int) -> Int { (Int(picture.pixels[place + offset]) * alpha + 255 * (255 - alpha)) / 255 }
    return (channel(0), channel(1), channel(2))
  }

  private static func rgb(_ color: (Int, Int, Int)) -> XtermPalette.RGB {
    (UInt8(clamping: color.0), UInt8(clamping: color.1), UInt8(clamping: color.2))
  }
}
