internal import TriageModel

/// A run of the main stream as the figures count it.
struct HealthRun: Equatable {
  /// The run; one that lacks tests is not complete.
  var record: RunRecord
  /// Failing results that are called flaky, by all that is known since.
  var flaky = 0
  /// Failing results that a mute covered on the day of the run, and that are not flaky.
  var muted = 0

  init(_ record: RunRecord) { self.record = record }

  /// Results that ran and were meant to pass.
  var executed: Int { passed + record.counts.failing }
  /// Results that passed after all their attempts.
  var passed: Int { Outcome.allCases.filter(\.isPass).reduce(0) { $0 + record.counts[$1] } }
  /// Results that only passed at another attempt.
  var retried: Int { record.counts[.passedOnRetry] }
  /// Failing results that are nobody's flake and under no mute.
  var real: Int { max(0, record.counts.failing - flaky - muted) }
  /// Results that went both ways on one code.
  var flaked: Int { flaky + retried }
  /// Whether all its tests are known and there are any.
  var isWhole: Bool { record.isComplete && record.counts.total > 0 }
  /// Whether nothing counts against it; what is not known to be whole is never green.
  var isGreen: Bool { isWhole && real == 0 }

  /// What people call it among the parts of a figure.
  var name: String { "run \(record.shortName)" }

  /// A point of a figure's trend.
  func point(_ number: Double?) -> HealthFigure.Point {
    HealthFigure.Point(label: record.shortName, time: record.startedAt, number: isWhole ? number : nil)
  }

  /// A part of a figure.
  func part(_ text: String) -> HealthFigure.Part {
    HealthFigure.Part(name + (record.commit == nil ? "" : " " + record.commitWords), text, .run(record.identity))
  }
}
