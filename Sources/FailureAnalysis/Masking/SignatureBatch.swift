package import TriageModel

/// The signatures of some failing tests: a key for each test, and what each key stands for once.
///
/// One thread makes one. Batches of neighbouring stretches of tests, joined in their order, are what a single batch of
/// all of them would be: the number of threads changes nothing.
package struct SignatureBatch: Sendable, Equatable {
  /// The key of each test in the order given; nil where no attempt failed or none says anything.
  package private(set) var keys: [SignatureKey?] = []
  /// What each key stands for: the first failure that had it.
  package private(set) var signatures: [SignatureKey: Signature] = [:]

  /// The signatures of some tests of a table.
  package init(of tests: ArraySlice<TestIndex>, in table: TestTable) {
    keys.reserveCapacity(tests.count)
    var maker = SignatureMaker()
    for test in tests {
      let key = maker.key(of: test, in: table)
      keys.append(key)
      if let key, signatures[key] == nil { signatures[key] = maker.signature(of: key) }
    }
  }

  /// Adds the batch of the tests that follow.
  package mutating func append(_ next: SignatureBatch) {
    keys += next.keys
    signatures.merge(next.signatures) { first, _ in first }
  }
}
