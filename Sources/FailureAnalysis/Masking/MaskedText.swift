/// Reads masked texts: where their placeholders stand.
package enum MaskedText {
  /// The placeholders of a masked text, as ranges of its bytes, ascending.
  package static func placeholders(in text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBytes { bytes in
      var found: [Range<Int>] = []
      var place = 0
      while place < bytes.count {
        if bytes[place] == 0x3C, let length = Placeholder.length(in: bytes, at: place) {
          found.append(place..<place + length)
          place += length
        } else {
          place += 1
        }
      }
      return found
    }
  }
}
