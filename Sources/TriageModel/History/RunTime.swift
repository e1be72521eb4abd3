/// How long a run took, and who says so.
package struct RunTime: Sendable, Equatable {
  /// Who says so.
  package enum Clock: String, MachineWord, Sendable, CaseIterable {
    /// The job's own start and end: its `run.json`, or the times that the CI service puts before each line of its log.
    case job
    /// The test tool's last line: what the job did before and after is not in it.
    case tests
  }

  /// Seconds.
  package var seconds: Double
  /// Who says so.
  package var clock: Clock

  /// A time; nil for what no job takes.
  package init?(seconds: Double, by clock: Clock) {
    guard seconds.isFinite, seconds >= 0, seconds <= 30 * 86_400 else { return nil }
    self.seconds = seconds
    self.clock = clock
  }

  /// The surer of two: the job's before the test tool's, and of one clock the longer, whichever came first.
  package static func surer(_ left: RunTime?, _ right: RunTime?) -> RunTime? {
    guard let left, let right else { return left ?? right }
    if left.clock != right.clock { return left.clock == .job ? left : right }
    return left.seconds >= right.seconds ? left : right
  }
}
