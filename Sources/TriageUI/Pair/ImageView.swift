import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two pictures in half blocks beside one another, or what differs between them.
struct ImageView {
  let image: ImageComparison
  let showsDifference: Bool

  /// Looks at what a pixel of the screen covers, across and down: a large picture costs no more than a screenful.
  private static let samples = 4
  /// More of them where a single pixel counts: of a picture of 2000 pixels on 120 columns none is missed.
  private static let closeSamples = 16
  /// A small picture is not made larger than this.
  private static let largest = 6.0

  private enum Side { case expected, actual, difference }

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

  private func draw(_ side: Side, in area: Rect, on grid: inout Grid) {
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

  private func color(_ side: Side, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> UInt8 {
    switch side {
    case .expected: return XtermPalette.nearest(to: Self.rgb(sample(image.expected, x, y, columns, rows)))
    case .actual: return XtermPalette.nearest(to: Self.rgb(sample(image.actual, x, y, columns, rows)))
    case .difference: return XtermPalette.nearest(to: difference(x, y, columns, rows))
    }
  }

  /// What differs, the stronger the redder, on a faint copy of the expected picture.
  private func difference(_ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> XtermPalette.RGB {
    let left = sample(image.expected, x, y, columns, rows)
    let distance = strongest(x, y, columns, rows)
    let grey = UInt8(clamping: 200 + (left.0 * 299 + left.1 * 587 + left.2 * 114) / 1000 * 50 / 255)
    guard distance > 0 else { return (grey, grey, grey) }
    // Ten times as strong, as matplotlib draws it, and never so faint that it is missed.
    let strength = min(255, max(90, distance * 10))
    func blend(_ target: Int) -> UInt8 { UInt8(clamping: Int(grey) + (target - Int(grey)) * strength / 255) }
    return (blend(200), blend(20), blend(0))
  }

  /// What a pixel of the screen covers.
  private struct Box {
    let x: Int
    let y: Int
    let width: Int
    let height: Int

    init(_ picture: ImageComparison.Raster, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int) {
      self.x = x * picture.width / columns
      self.y = y * picture.height / rows
      width = max(1, (x + 1) * picture.width / columns - self.x)
      height = max(1, (y + 1) * picture.height / rows - self.y)
    }
  }

  /// The mean colour of what a pixel of the screen covers, on white where the picture is transparent.
  private func sample(
    _ picture: ImageComparison.Raster, _ x: Int, _ y: Int, _ columns: Int, _ rows: Int
  ) -> (Int, Int, Int) {
    let box = Box(picture, x, y, columns, rows)
    let steps = (min(box.width, Self.samples), min(box.height, Self.samples))
    var sum = (0, 0, 0)
    for v in 0..<steps.1 {
      for u in 0..<steps.0 {
        let pixel = pixel(picture, box.x + u * box.width / steps.0, box.y + v * box.height / steps.1)
        sum = (sum.0 + pixel.0, sum.1 + pixel.1, sum.2 + pixel.2)
      }
    }
    let count = max(1, steps.0 * steps.1)
    return (sum.0 / count, sum.1 / count, sum.2 / count)
  }

  /// The largest difference of a channel in what a pixel of the screen covers: means would hide a single pixel.
  private func strongest(_ x: Int, _ y: Int, _ columns: Int, _ rows: Int) -> Int {
    let left = Box(image.expected, x, y, columns, rows)
    let right = Box(image.actual, x, y, columns, rows)
    let steps = (min(left.width, Self.closeSamples), min(left.height, Self.closeSamples))
    var most = 0
    for v in 0..<steps.1 {
      for u in 0..<steps.0 {
        let one = place(image.expected, left.x + u * left.width / steps.0, left.y + v * left.height / steps.1)
        let other = place(image.actual, right.x + u * right.width / steps.0, right.y + v * right.height / steps.1)
        guard let one, let other else { return 255 }
        for channel in 0..<4 {
          most = max(most, abs(Int(image.expected.pixels[one + channel]) - Int(image.actual.pixels[other + channel])))
        }
      }
    }
    return most
  }

  /// Where a pixel's bytes begin; nil when the picture does not hold as many as it says.
  private func place(_ picture: ImageComparison.Raster, _ x: Int, _ y: Int) -> Int? {
    let place = (min(y, picture.height - 1) * picture.width + min(x, picture.width - 1)) * 4
    return place >= 0 && place + 3 < picture.pixels.count ? place : nil
  }

  private func pixel(_ picture: ImageComparison.Raster, _ x: Int, _ y: Int) -> (Int, Int, Int) {
    guard let place = place(picture, x, y) else { return (255, 255, 255) }
    let alpha = Int(picture.pixels[place + 3])
    func channel(_ offset: Int) -> Int { (Int(picture.pixels[place + offset]) * alpha + 255 * (255 - alpha)) / 255 }
    return (channel(0), channel(1), channel(2))
  }

  private static func rgb(_ color: (Int, Int, Int)) -> XtermPalette.RGB {
    (UInt8(clamping: color.0), UInt8(clamping: color.1), UInt8(clamping: color.2))
  }
}
