package import TriageModel

/// A failure's text with its noise masked: what makes it *the same failure* in another run.
package struct Signature: Sendable, Equatable {
  /// The hash of what `text` says without its noise.
  package var key: SignatureKey
  /// The first line that says something, for people.
  package var title: String
  /// The hash of what its head says: others with another one are other causes, however close the texts are.
  package var boundary: UInt64
  /// The masked text, at most `SignatureMaker.longestText` bytes and a mark.
  package var text: [UInt8]
}

/// A 64-bit hash that is the same on every machine and in every version: keys of the history are made of it.
///
/// FNV-1a over little-endian words of eight bytes (the last filled with zeros), then the length, finished as SplitMix64
/// is. It is no defence against people who seek collisions; two failures that share a key by chance are one in 2^64.
package struct StableHash: Sendable, Equatable {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of nothing.
  package init() {}

  /// Adds bytes and their number.
  package mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place + 8 <= bytes.count {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
      place += 8
    }
    var rest: UInt64 = 0
    var shift: UInt64 = 0
    while place < bytes.count {
      rest |= UInt64(bytes[place]) << shift
      shift += 8
      place += 1
    }
    mix(rest)
    mix(UInt64(bytes.count))
  }

  /// Adds a number.
  package mutating func add(_ number: UInt64) { mix(number) }

  @inline(__always)
  private mutating func mix(_ word: UInt64) {
    state = (state ^ word) &* 0x0000_0100_0000_01B3
    state ^= state >> 29
  }

  /// The hash of all that was added.
  package var value: UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The hash of some bytes.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var hash = StableHash()
    hash.add(bytes)
    return hash.value
  }
}
