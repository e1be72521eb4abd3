/// A 64-bit hash of a test's name that is the same on every machine: the key that names are found by.
///
/// Two names of one repository that share it would share a history: among a million tests once in 37 million stores.
struct NameHash {
  private var state: UInt64

  /// A hash of what follows, told apart by `seed`.
  init(seed: Int64) { state = Self.fold(UInt64(bitPattern: seed) ^ 0xA076_1D64_78BD_642F, 0xE703_7ED1_A0B4_28DB) }

  /// Adds bytes, and that they end here.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var place = 0
    while place + 8 <= bytes.count {
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      state = Self.fold(state ^ word, 0x8EBC_6AF0_9C88_C6E3)
      place += 8
    }
    var rest: UInt64 = 0
    while place < bytes.count {
      rest = rest << 8 | UInt64(bytes[place])
      place += 1
    }
    state = Self.fold(state ^ rest, UInt64(bytes.count) ^ 0x5899_65CC_7537_4CC3)
  }

  /// The hash so far, as SQLite keeps integers.
  var value: Int64 { Int64(bitPattern: Self.fold(state, 0x1D8E_4E27_C47D_124F)) }

  private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = (left ^ right).multipliedFullWidth(by: right | 1)
    return product.high ^ product.low ^ left.byteSwapped
  }
}
