package import TriageModel

/// Something that goes on while the person does other things: a rerun.
package struct Job: Sendable, Equatable {
  /// Which one it is of those of this session, from 1.
  package var number: Int
  /// What it does: `rerun of tests/test_a.py::test_x`.
  package var title: String
  /// The run whose tests it is about.
  package var run: RunRef
  /// How far it has come.
  package var snapshot: RerunSnapshot
  /// The last lines of the output of the process that was started last, safe to show.
  package var tail: [String] = []

  /// A job.
  package init(number: Int, title: String, run: RunRef, snapshot: RerunSnapshot) {
    self.number = number
    self.title = title
    self.run = run
    self.snapshot = snapshot
  }
}
