/// The key of *the same failure*: the hash of its masked text, stable across runs and machines.
package struct SignatureKey: Hashable, Sendable, Comparable {
  /// The version of the way texts are masked: it counts up when the same failure gets another key, and histories carry
  /// their older keys over.
  package static let masking = 3

  /// 64 bits of the hash.
  package let value: UInt64

  /// A key.
  package init(_ value: UInt64) {
    self.value = value
  }

  /// The key that people and files write as 16 digits of base 16; nil for any other text.
  package init?(text: String) {
    guard text.utf8.count == 16, text.allSatisfy(\.isHexDigit), let value = UInt64(text, radix: 16) else { return nil }
    self.value = value
  }

  /// 16 digits of base 16.
  package var text: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  package static func < (left: SignatureKey, right: SignatureKey) -> Bool { left.value < right.value }
}
