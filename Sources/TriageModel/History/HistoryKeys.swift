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
