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

/// Where runs stand in a list. Every result of every test asks, so the keys of stores that number their runs are
/// looked up in an array; others, and a few far from the rest, in a dictionary.
package struct RunKeyIndices: Sendable {
  /// The place of the run of each token, counted from the least; -1 is none.
  private var places: [Int32] = []
  private let least: Int64
  private var others: [RunKey: Int] = [:]

  /// The indices of keys in their order; the first of those that are the same counts.
  package init(_ keys: [RunKey]) {
    let tokens = keys.lazy.map(\.token).sorted()
    // Whatever is added to a history stands close to the middle of what was.
    least = tokens.isEmpty ? 0 : tokens[tokens.count / 2] &- Int64(4 * tokens.count)
    places = Array(repeating: -1, count: 8 * tokens.count + 1)
    for (place, key) in keys.enumerated() {
      if let slot = slot(of: key) {
        if places[slot] < 0 { places[slot] = Int32(clamping: place) }
      } else if others[key] == nil {
        others[key] = place
      }
    }
  }

  private func slot(of key: RunKey) -> Int? {
    let (distance, hasOverflow) = key.token.subtractingReportingOverflow(least)
    return hasOverflow || distance < 0 || distance >= places.count ? nil : Int(distance)
  }

  /// The index of a key; nil when it is none of them.
  package subscript(key: RunKey) -> Int? {
    guard let slot = slot(of: key) else { return others[key] }
    return places[slot] < 0 ? nil : Int(places[slot])
  }
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
