internal import SafeText

extension Grid {
  /// The marks of a pixel, light ones first.
  private static let shades = Array(" .:-=+*#%@")

  /// The same screen with the pixels of pictures as marks, the darker the denser, for terminals that lack the colours.
  package var shaded: Grid {
    var grid = self
    for y in 0..<size.height {
      for x in 0..<size.width {
        guard let lower = self[x, y].style.paletteGround else { continue }
        let upper = self[x, y].style.paletteColor ?? lower
        let light = (Self.lightness(upper) + Self.lightness(lower)) / 2
        let place = (255 - light) * Self.shades.count / 256
        grid[x, y] = Cell(Self.shades[place])
      }
    }
    return grid
  }

  /// How light a colour of the palette is to the eye, 0 … 255 (Rec. 601 luma).
  private static func lightness(_ index: UInt8) -> Int {
    let color = XtermPalette.rgb(index)
    return (Int(color.red) * 299 + Int(color.green) * 587 + Int(color.blue) * 114) / 1000
  }
}
