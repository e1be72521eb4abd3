import SafeText
import Testing

@Suite struct XtermPaletteTests {
  /// A generator with a fixed seed, so that a failure can be seen again.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 7

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }

  @Test func findsTheNearestColourOfAll() {
    var numbers = Numbers()
    for _ in 0..<3000 {
      let grey = UInt8.random(in: 0...255, using: &numbers)
      let isGrey = Bool.random(using: &numbers)
      let color: XtermPalette.RGB =
        isGrey
        ? (grey, grey, UInt8.random(in: grey / 2...grey, using: &numbers))
        : (
          .random(in: 0...255, using: &numbers), .random(in: 0...255, using: &numbers),
          .random(in: 0...255, using: &numbers)
        )
      let least = (UInt8(16)...255).map { distance(XtermPalette.rgb($0), color) }.min()
      #expect(distance(XtermPalette.rgb(XtermPalette.nearest(to: color)), color) == least, "\(color)")
    }
  }

  private func distance(_ left: XtermPalette.RGB, _ right: XtermPalette.RGB) -> Int {
    let red = Int(left.red) - Int(right.red)
    let green = Int(left.green) - Int(right.green)
    let blue = Int(left.blue) - Int(right.blue)
    return red * red + green * green + blue * blue
  }
}
