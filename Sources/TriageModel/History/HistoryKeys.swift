/// Names a run in the store that keeps it.
///
/// Only a store makes keys of stored runs and reads what is in them; others pass them on and ask whether two are the
/// same. Nothing follows from their order: a run stands where the store's list or a `RunTimeline` puts it.
package struct RunKey: Hashable, Sendable {
  /// The store's own name of the run: read and made by stores alone.
  package let token: Int64

  /// The key of a run that a store calls so.
  package init(token: Int64) { self.token = token }

  /// The key of a run that no store keeps.
  package static let unstored = RunKey(token: .max)
}

/// Names a test in the store that keeps its results; see `RunKey`.
package struct TestKey: Hashable, Sendable {
  /// The store's own name of the test, above 0: read and made by stores alone.
  package let token: Int64

  /// The key of a test that a store calls so.
  package init(token: Int64) { self.token = token }

  /// The key of a test of an open run that no store keeps, like no other of the run.
  package static func unstored(_ test: TestIndex) -> TestKey { TestKey(token: -1 - Int64(test.value)) }
}

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
