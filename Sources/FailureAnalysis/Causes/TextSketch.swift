/// A histogram of a text's 4-byte windows in 64 bins: a cheap lower bound of the edit distance (Kubernetes triage).
struct TextSketch: Equatable {
  private(set) var bins = SIMD64<UInt16>(repeating: 0)

  init(_ text: [UInt8]) {
    guard text.count >= 4 else { return }
    text.withUnsafeBytes { bytes in
      for place in 0...min(bytes.count - 4, 60_000) {
        let window = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        bins[Int((window &* 0x9E37_79B1) >> 26)] += 1
      }
    }
  }

  /// At least so many edits lie between the texts: one substitution takes four windows away and brings four others.
  ///
  /// Kubernetes triage divides by 4, which forgets those that come; its bound is twice what it may be.
  func distance(to other: TextSketch) -> Int {
    let differences = pointwiseMax(bins, other.bins) &- pointwiseMin(bins, other.bins)
    var low = SIMD32<UInt32>(truncatingIfNeeded: differences.lowHalf)
    low &+= SIMD32<UInt32>(truncatingIfNeeded: differences.highHalf)
    return (Int(low.wrappedSum()) + 7) / 8
  }
}
