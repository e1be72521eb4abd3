/// Finds a text inside bytes, letter case ignored unless asked otherwise; made for filtering a million names.
///
/// The two rarest bytes of the needle are compared 32 places at a time; only where both fit is the rest looked at.
package struct ByteSearch: Sendable {
  /// The needle with letters in lower case, and the same in upper case where that has as many bytes.
  private let lower: [UInt8]
  private let upper: [UInt8]
  private let first: Anchor
  private let second: Anchor
  /// Whether the anchors have one case, so that each is compared once.
  private let isExact: Bool

  /// A byte of the needle that is looked for first.
  private struct Anchor: Sendable {
    var offset: Int
    var lower: UInt8
    var upper: UInt8
  }

  /// A search for a text.
  package init(_ needle: String, caseSensitive: Bool = false) {
    var lower: [UInt8] = []
    var upper: [UInt8] = []
    for scalar in needle.unicodeScalars {
      let exact = Array(String(scalar).utf8)
      var small = caseSensitive ? exact : Array(scalar.properties.lowercaseMapping.utf8)
      var large = caseSensitive ? exact : Array(scalar.properties.uppercaseMapping.utf8)
      if small.count != exact.count { small = exact }
      if large.count != small.count { large = small }
      lower += small
      upper += large
    }
    self.lower = lower
    self.upper = upper
    let order = lower.indices.sorted { Self.commonness(lower[$0]) < Self.commonness(lower[$1]) }
    func anchor(_ offset: Int?) -> Anchor {
      guard let offset else { return Anchor(offset: 0, lower: 0, upper: 0) }
      return Anchor(offset: offset, lower: lower[offset], upper: upper[offset])
    }
    first = anchor(order.first)
    second = anchor(order.count > 1 ? order[1] : order.first)
    isExact = first.lower == first.upper && second.lower == second.upper
  }

  /// Whether the bytes contain the text; an empty text is in every bytes.
  package func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
    firstMatch(in: bytes) != nil
  }

  /// Where the text first stands at or after an offset.
  package func firstMatch(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Range<Int>? {
    let count = lower.count
    if count == 0 { return start <= bytes.count ? start..<start : nil }
    let last = bytes.count - count
    var place = start
    let reach = max(first.offset, second.offset) + 32
    while place <= last, place + reach <= bytes.count {
      if mayMatch(bytes, at: place), let found = firstMatch(in: bytes, places: place...min(place + 31, last)) {
        return found
      }
      place += 32
    }
    return place <= last ? firstMatch(in: bytes, places: place...last) : nil
  }

  /// Whether both anchors fit at one of 32 places.
  @inline(__always)
  private func mayMatch(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    typealias Block = SIMD32<UInt8>
    let one = bytes.loadUnaligned(fromByteOffset: place + first.offset, as: Block.self)
    let two = bytes.loadUnaligned(fromByteOffset: place + second.offset, as: Block.self)
    if isExact {
      return any((one .== Block(repeating: first.lower)) .& (two .== Block(repeating: second.lower)))
    }
    let fits =
      (one .== Block(repeating: first.lower) .| one .== Block(repeating: first.upper))
      .& (two .== Block(repeating: second.lower) .| two .== Block(repeating: second.upper))
    return any(fits)
  }

  private func firstMatch(in bytes: UnsafeRawBufferPointer, places: ClosedRange<Int>) -> Range<Int>? {
    for place in places {
      let byte = bytes[place + first.offset]
      if byte == first.lower || byte == first.upper, fits(bytes, at: place) { return place..<place + lower.count }
    }
    return nil
  }

  private func fits(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    for index in lower.indices {
      let byte = bytes[place + index]
      if byte != lower[index], byte != upper[index] { return false }
    }
    return true
  }

  /// How often a byte stands in the names of tests, as a rank: rare ones make the better anchors.
  private static func commonness(_ byte: UInt8) -> Int {
    let common = Array("etsaionr_l/.cdpm:uhfgyb1-0v2kwx[]3j4z5q".utf8)
    guard let index = common.firstIndex(of: byte | (byte >= 0x41 && byte <= 0x5A ? 0x20 : 0)) else {
      return byte >= 0x80 ? 20 : 0
    }
    return common.count - index
  }
}
