/// Gives equal lines or rows equal numbers, so that two sides can be aligned by comparing numbers.
///
/// Content is told apart by a hash of 64 bits; who relies on equal numbers compares the bytes once more.
struct LineTable {
  /// How many different ones there were.
  private(set) var count = 0
  /// The hash and the number of each; a number of 0 marks an empty slot.
  private var hashes: [UInt64]
  private var numbers: [UInt32]
  private var mask: Int

  /// A table for about so many lines.
  init(capacity: Int) {
    var size = 64
    while size < capacity * 2, size < 1 << 31 { size *= 2 }
    hashes = Array(repeating: 0, count: size)
    numbers = Array(repeating: 0, count: size)
    mask = size - 1
  }

  /// The number of a content, from 0.
  mutating func number(of hash: UInt64) -> UInt32 {
    var slot = Int(truncatingIfNeeded: hash) & mask
    while numbers[slot] != 0 {
      if hashes[slot] == hash { return numbers[slot] - 1 }
      slot = (slot + 1) & mask
    }
    if count * 4 >= mask * 3 {
      grow()
      return number(of: hash)
    }
    count += 1
    hashes[slot] = hash
    numbers[slot] = UInt32(truncatingIfNeeded: count)
    return numbers[slot] - 1
  }

  private mutating func grow() {
    let old = (hashes, numbers)
    mask = mask * 2 + 1
    hashes = Array(repeating: 0, count: mask + 1)
    numbers = Array(repeating: 0, count: mask + 1)
    for (hash, number) in zip(old.0, old.1) where number != 0 {
      var slot = Int(truncatingIfNeeded: hash) & mask
      while numbers[slot] != 0 { slot = (slot + 1) & mask }
      hashes[slot] = hash
      numbers[slot] = number
    }
  }
}

/// A quick hash of bytes, eight at a time (the multiply-and-fold of wyhash).
enum ByteHash {
  private static let first: UInt64 = 0xA076_1D64_78BD_642F
  private static let second: UInt64 = 0xE703_7ED1_A0B4_28DB

  /// The hash of bytes behind another's.
  static func of(_ bytes: UnsafeRawBufferPointer, behind seed: UInt64 = 0) -> UInt64 {
    var hash = seed ^ first ^ UInt64(truncatingIfNeeded: bytes.count)
    var index = 0
    while index + 8 <= bytes.count {
      hash = fold(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), second)
      index += 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest << 8 | UInt64(bytes[index])
      index += 1
    }
    return fold(hash ^ rest, first)
  }

  /// The hash of bytes; what it says is the same is compared again.
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 { of(UnsafeRawBufferPointer(bytes)) }

  /// Spreads the bits of a word.
  static func mix(_ word: UInt64) -> UInt64 { fold(word, first) ^ second }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.high ^ product.low
  }
}
