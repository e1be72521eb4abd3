#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Finds colour codes (SGR, and the erasing that goes with them) in a report: behind ESC, and behind what writers of XML,
/// which has no ESC, put in its place.
///
/// Only a complete code is one: anything else that looks like the mark of an ESC is text and stays.
package enum ColourCodes {
  /// pytest, CTest, Surefire (escaped twice), and those that show control characters.
  private static let marks: [StaticString] = [
    "\u{1B}", "\u{241B}", "#x1B", "#x1b", "&#27;", "&#x1b;", "&#x1B;", "[NON-XML-CHAR-0x1B]",
  ]
  private static let longestCode = 64

  /// The text without its colour codes.
  package static func dropped(from text: String) -> String {
    var text = text
    let plain = text.withUTF8 { dropped(from: UnsafeRawBufferPointer($0)) }
    return plain.map { String(decoding: $0, as: UTF8.self) } ?? text
  }

  /// The bytes without their colour codes; nil when there are none.
  package static func dropped(from bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    rewritten(bytes) { _, _ in }
  }

  /// The bytes with ESC before every colour code; nil when there is none behind another mark.
  package static func restored(in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    var hasOtherMark = false
    let result = rewritten(bytes) { code, result in
      result.append(0x1B)
      result.append(contentsOf: bytes[code.bracket..<code.end])
      if code.bracket - code.start > 1 { hasOtherMark = true }
    }
    return hasOtherMark ? result : nil
  }

  private typealias Code = (start: Int, bracket: Int, end: Int)

  /// The bytes with something else in place of each code; nil when there is none.
  private static func rewritten(
    _ bytes: UnsafeRawBufferPointer, _ replace: (Code, inout [UInt8]) -> Void
  ) -> [UInt8]? {
    var result: [UInt8] = []
    var kept = 0
    var place = 0
    while let bracket = nextBracket(in: bytes, from: place) {
      place = bracket + 1
      guard let code = code(at: bracket, in: bytes), code.start >= kept else { continue }
      result.append(contentsOf: bytes[kept..<code.start])
      replace(code, &result)
      kept = code.end
      place = code.end
    }
    if kept == 0 { return nil }
    result.append(contentsOf: bytes[kept...])
    return result
  }

  private static func nextBracket(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard start < bytes.count, let base = bytes.baseAddress,
      let found = memchr(base + start, 0x5B, bytes.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The code whose bracket stands at an offset.
  private static func code(at bracket: Int, in bytes: UnsafeRawBufferPointer) -> Code? {
    var end = bracket + 1
    let stop = min(bytes.count, bracket + longestCode)
    while end < stop, (0x30...0x3B).contains(bytes[end]) { end += 1 }
    guard end < stop, bytes[end] == 0x6D || bytes[end] == 0x4B else { return nil }
    for mark in marks {
      let start = bracket - mark.utf8CodeUnitCount
      guard start >= 0 else { continue }
      if (0..<mark.utf8CodeUnitCount).allSatisfy({ bytes[start + $0] == mark.utf8Start[$0] }) {
        return (start, bracket, end + 1)
      }
    }
    return nil
  }
}

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
