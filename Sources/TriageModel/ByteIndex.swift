/// A hash index from byte strings that lie elsewhere to small numbers: open addressing, 8 bytes a slot.
///
/// Hashes are SipHash with the process's seed, so that a report cannot be written to make all its names collide.
struct ByteIndex: Sendable {
  /// Hash in the upper half, value + 1 in the lower; 0 is a free slot.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)
  private var count = 0

  /// The hash of a byte string, told apart by `salt`.
  static func hash(_ bytes: UnsafeRawBufferPointer, salt: UInt32 = 0) -> UInt32 {
    var hasher = Hasher()
    hasher.combine(salt)
    hasher.combine(bytes: bytes)
    return UInt32(truncatingIfNeeded: hasher.finalize())
  }

  /// The value stored under a hash for which `isEqual` holds.
  func find(_ hash: UInt32, where isEqual: (UInt32) -> Bool) -> UInt32? {
    slots.withUnsafeBufferPointer { slots in
      let mask = slots.count - 1
      var position = Int(hash) & mask
      while slots[position] != 0 {
        let slot = slots[position]
        if UInt32(slot >> 32) == hash {
          let value = UInt32(truncatingIfNeeded: slot) - 1
          if isEqual(value) { return value }
        }
        position = (position + 1) & mask
      }
      return nil
    }
  }

  /// Stores a value under a hash; the caller has made sure that it is not there.
  mutating func insert(_ hash: UInt32, value: UInt32) {
    if (count + 1) * 4 > slots.count * 3 { grow() }
    Self.place(UInt64(hash) << 32 | UInt64(value + 1), in: &slots)
    count += 1
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    for slot in slots where slot != 0 { Self.place(slot, in: &larger) }
    slots = larger
  }

  private static func place(_ slot: UInt64, in slots: inout [UInt64]) {
    slots.withUnsafeMutableBufferPointer { slots in
      let mask = slots.count - 1
      var position = Int(slot >> 32) & mask
      while slots[position] != 0 { position = (position + 1) & mask }
      slots[position] = slot
    }
  }
}
