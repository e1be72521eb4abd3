package import TriageModel

/// The runs that are open, as of one moment of loading.
package struct RunSet: Sendable, Equatable {
  /// Grows with every snapshot; two sets of one revision are the same.
  package let revision: Int
  /// Newest first.
  package let runs: [Run]
  /// Whether nothing more is to come.
  package let isComplete: Bool

  /// A snapshot of the open runs.
  package init(revision: Int, runs: [Run], isComplete: Bool) {
    self.revision = revision
    self.runs = runs
    self.isComplete = isComplete
  }

  /// How the run at an index is named until the files are read again.
  package func ref(_ index: Int) -> RunRef { RunRef(index, revision: revision) }

  /// The run that is meant; nil when the files were read again since, or it is none of these.
  package subscript(ref: RunRef) -> Run? {
    ref.revision == revision && runs.indices.contains(ref.index) ? runs[ref.index] : nil
  }

  /// No runs yet.
  package static let none = RunSet(revision: 0, runs: [], isComplete: false)

  package static func == (left: RunSet, right: RunSet) -> Bool { left.revision == right.revision }
}

/// How far a load has come.
package struct LoadCount: Sendable, Equatable {
  /// What is being done: `reading`, `unpacking`.
  package var phase: String
  /// Files found or read.
  package var files: Int
  /// Tests read.
  package var tests: Int
  /// Bytes read.
  package var bytes: Int

  /// A count of what was read so far.
  package init(phase: String, files: Int, tests: Int, bytes: Int) {
    self.phase = phase
    self.files = files
    self.tests = tests
    self.bytes = bytes
  }
}
