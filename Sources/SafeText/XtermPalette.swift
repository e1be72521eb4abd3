/// The 256 colours of xterm's palette, which terminals share except for the first sixteen.
package enum XtermPalette {
  /// Red, green and blue, 0 … 255 each.
  package typealias RGB = (red: UInt8, green: UInt8, blue: UInt8)

  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
  /// xterm's own sixteen; a person's terminal may show others.
  private static let basic: [UInt32] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ]

  /// The colour at an index.
  package static func rgb(_ index: UInt8) -> RGB {
    let number = Int(index)
    if number < 16 {
      let value = basic[number]
      return (UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
    }
    if number >= 232 {
      let grey = UInt8(8 + (number - 232) * 10)
      return (grey, grey, grey)
    }
    let cube = number - 16
    return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  /// The index from 16 on whose colour is nearest, by squared distance.
  package static func nearest(to color: RGB) -> UInt8 {
    let cube = 16 + 36 * level(color.red) + 6 * level(color.green) + level(color.blue)
    let mean = (Int(color.red) + Int(color.green) + Int(color.blue)) / 3
    let step = min(23, max(0, (mean - 3) / 10))
    // The mean is rounded down, so that the next grey may be the nearer one.
    return [UInt8(cube), UInt8(232 + step), UInt8(232 + min(23, step + 1))].min {
      distance(rgb($0), color) < distance(rgb($1), color)
    } ?? 16
  }

  /// The place of the nearest of the cube's levels.
  private static func level(_ channel: UInt8) -> Int {
    channel < 48 ? 0 : channel < 116 ? 1 : (Int(channel) - 36) / 40
  }

  private static func distance(_ left: RGB, _ right: RGB) -> Int {
    let red = Int(left.red) - Int(right.red)
    let green = Int(left.green) - Int(right.green)
    let blue = Int(left.blue) - Int(right.blue)
    return red * red + green * green + blue * blue
  }
}
