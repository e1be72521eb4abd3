/// A histogram of a text's 4-byte windows in 64 bins: a cheap lower bound of the edit distance (Kubernetes triage).
struct TextSketch: Equatable {
  /// What comparing two costs, in steps of about a nanosecond.
  static let steps = 16

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
    withUnsafeBytes(of: bins) { left in
      withUnsafeBytes(of: other.bins) { right in
        let (left, right) = (left.assumingMemoryBound(to: UInt16.self), right.assumingMemoryBound(to: UInt16.self))
        var sum: Int32 = 0
        for bin in 0..<64 {
          let difference = Int32(left[bin]) &- Int32(right[bin])
          sum &+= difference < 0 ? 0 &- difference : difference
        }
        return (Int(sum) + 7) / 8
      }
    }
  }
}

/// A histogram of a long text's 4-byte windows in 2,048 bins: the bound of `TextSketch` where its 64 bins are too full.
///
/// In a text of 1,600 bytes each of 64 bins counts 25 windows, and any two texts look alike.
struct FineSketch: Equatable {
  /// What comparing two costs, in steps of about a nanosecond.
  static let steps = 80
  /// Shorter texts are told apart by `TextSketch`.
  private static let shortestText = 400
  private static let binCount = 2048

  private var bins: [UInt8]

  /// The sketch of a text; nil when it is short.
  init?(_ text: [UInt8]) {
    guard text.count >= Self.shortestText else { return nil }
    var bins = [UInt8](repeating: 0, count: Self.binCount)
    text.withUnsafeBytes { bytes in
      for place in 0...bytes.count - 4 {
        let window = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        let bin = Int((window &* 0x9E37_79B1) >> 21)
        if bins[bin] < .max { bins[bin] += 1 }
      }
    }
    self.bins = bins
  }

  /// At least so many edits lie between the texts.
  func distance(to other: FineSketch) -> Int {
    // A plain loop: the compiler makes of it what the SIMD types' functions are not.
    let sum = bins.withUnsafeBufferPointer { left in
      other.bins.withUnsafeBufferPointer { right in
        var sum: Int32 = 0
        for bin in 0..<min(left.count, right.count) {
          let difference = Int32(left[bin]) &- Int32(right[bin])
          sum &+= difference < 0 ? 0 &- difference : difference
        }
        return Int(sum)
      }
    }
    return (sum + 7) / 8
  }
}
