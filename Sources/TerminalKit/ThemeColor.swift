/// A colour as a theme file gives it: for true colour, and by hand for fewer colours.
struct ThemeColor: Hashable {
  static let expectation = "a palette name, default, red … bright-white, 0 … 255 or \"#rrggbb\""

  var full: Color
  var palette256: Color?
  var sixteen: Color?

  /// The colour at a level; nil where the file gives none that fits.
  func at(_ level: ColorLevel) -> Color? {
    switch level {
    case .mono: nil
    case .sixteen: sixteen ?? full.at(.sixteen)
    case .palette256: palette256 ?? full.at(.palette256)
    case .truecolor: full
    }
  }
}

extension Color {
  /// The colour of a word in a theme file: `default`, an ANSI name, a number or `#rrggbb`.
  init?(word: String) {
    let names = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]
    if word == "default" {
      self = .standard
    } else if word.hasPrefix("#") {
      let digits = word.dropFirst()
      guard digits.utf8.count == 6, let value = UInt32(digits, radix: 16), !digits.hasPrefix("+") else { return nil }
      self = .rgb(red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    } else if let number = UInt8(word) {
      self = .palette(number)
    } else if let index = names.firstIndex(of: word) {
      self = .palette(UInt8(index))
    } else if word.hasPrefix("bright-"), let index = names.firstIndex(of: String(word.dropFirst(7))) {
      self = .palette(UInt8(index + 8))
    } else {
      return nil
    }
  }
}
