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
    var best: UInt8 = 16
    var bestDistance = Int.max
    for index in UInt8(16)...255 {
      let other = rgb(index)
      let red = Int(other.red) - Int(color.red)
      let green = Int(other.green) - Int(color.green)
      let blue = Int(other.blue) - Int(color.blue)
      let distance = red * red + green * green + blue * blue
      if distance < bestDistance {
        best = index
        bestDistance = distance
      }
    }
    return best
  }
}
