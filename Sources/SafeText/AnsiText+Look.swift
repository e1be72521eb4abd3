extension AnsiText.Look {
  /// Follows the numbers of one SGR sequence; unknown ones change nothing.
  mutating func apply(_ codes: [Int]) {
    var index = 0
    while index < codes.count {
      index += 1
      switch codes[index - 1] {
      case 0: self = AnsiText.Look()
      case 1: bold = true
      case 2: dim = true
      case 3: italic = true
      case 4: underline = true
      case 7: reverse = true
      case 22: (bold, dim) = (false, false)
      case 23: italic = false
      case 24: underline = false
      case 27: reverse = false
      case let code where (30...37).contains(code): foreground = UInt8(code - 30)
      case let code where (90...97).contains(code): foreground = UInt8(code - 82)
      case 39: foreground = nil
      case 38: foreground = Self.extendedColor(codes, &index) ?? foreground
      case 48, 58: _ = Self.extendedColor(codes, &index)
      default: break
      }
    }
  }

  /// The colour of `38;5;N` or `38;2;R;G;B`, and the numbers it takes.
  private static func extendedColor(_ codes: [Int], _ index: inout Int) -> UInt8? {
    guard index < codes.count else { return nil }
    let rest = codes[(index + 1)...].map { UInt8(clamping: $0) }
    switch codes[index] {
    case 5:
      index += 2
      return rest.first
    case 2:
      index += 4
      guard rest.count >= 3 else { return nil }
      return XtermPalette.nearest(to: (rest[0], rest[1], rest[2]))
    default:
      return nil
    }
  }
}
