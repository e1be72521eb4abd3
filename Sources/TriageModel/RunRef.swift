/// A run among the open ones, as of one reading of the files: what is known of an older reading is told apart.
package struct RunRef: Hashable, Sendable {
  /// Where it stands among the open runs.
  package var index: Int
  /// The reading, which grows with every snapshot of the runs.
  package var revision: Int

  /// The run at an index of a reading.
  package init(_ index: Int, revision: Int) {
    self.index = index
    self.revision = revision
  }
}
