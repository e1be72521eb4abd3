package import FailureAnalysis
package import TriageModel

/// Which failing tests of a run have one cause.
package struct RunCauses: Sendable {
  /// Most failures first.
  package let causes: [Cause]
  /// The place of each test's cause; a test that said nothing has none.
  package let indices: [TestIndex: Int]
  /// What each test's failure said.
  package let keys: [TestIndex: SignatureKey]
  /// The failures that people's rules speak of.
  private let ruled: Set<SignatureKey>
  /// Pairs of failures that were not compared because the work was cut.
  let uncompared: Int

  /// The causes of some tests of a run, as people's rules and what is known from earlier runs have them.
  ///
  /// - Parameter known: The causes that the history knows some failures to be of.
  package init(
    of tests: [TestIndex], _ signatures: FailureSignatures, _ book: CauseRuleSet = CauseRuleSet(nil),
    known: ([SignatureKey]) -> [SignatureKey: CauseID]
  ) {
    let counted = signatures.counted(tests)
    let grouper = book.grouper(known: known(counted.map(\.signature.key)))
    let grouping = grouper.group(counted)
    let placeOfKey = grouping.causeOfKey
    var indices: [TestIndex: Int] = [:]
    var keys: [TestIndex: SignatureKey] = [:]
    for test in tests {
      guard let key = signatures.key(of: test) else { continue }
      keys[test] = key
      indices[test] = placeOfKey[key]
    }
    self.indices = indices
    self.keys = keys
    causes = grouping.causes
    ruled = grouper.rules.splits.union(grouper.rules.merges.flatMap(\.keys))
    uncompared = grouping.uncompared
  }

  /// The cause of a test; nil when it said nothing.
  package func cause(of test: TestIndex) -> Cause? { indices[test].map { causes[$0] } }

  /// Whether a person said what the cause of a test is.
  package func isRuled(_ test: TestIndex) -> Bool {
    cause(of: test)?.keys.contains(where: ruled.contains) ?? false
  }

  /// The cause of each failure, where no person's rule speaks of it.
  var memorable: [SignatureKey: CauseID] {
    var found: [SignatureKey: CauseID] = [:]
    for cause in causes where !cause.keys.contains(where: ruled.contains) {
      for key in cause.keys { found[key] = cause.id }
    }
    return found
  }
}

extension Run {
  /// The tests that have something to be judged: failing ones, and those that passed only on retry.
  package var testsOfNote: [TestIndex] {
    table.tests(where: \.isOfNote)
  }
}

extension TestTable {
  /// Whether a test has something to be judged.
  package func isOfNote(_ test: TestIndex) -> Bool { outcome(of: test).isOfNote }
}

extension Outcome {
  fileprivate var isOfNote: Bool { isFailing || self == .passedOnRetry }
}
