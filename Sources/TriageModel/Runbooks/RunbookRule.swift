/// One rule of a runbook's `match:`: all its conditions must hold of a failure.
package struct RunbookRule: Sendable, Equatable {
  /// What a condition asks of a failure.
  package enum Field: String, MachineWord, Sendable {
    case test
    case message
    case signature
    case kind
    case marker
    case label
    case verdict
    case path
  }

  /// A question, and the answers of which one must be given.
  package struct Condition: Sendable, Equatable {
    /// What is asked.
    package var field: Field
    /// The answers, as they were written; a label as `name=value`.
    package var values: [String]
    /// The line it was written on, from 1.
    package var line: Int

    /// A question with its answers.
    package init(_ field: Field, _ values: [String], line: Int = 1) {
      self.field = field
      self.values = values
      self.line = line
    }

    /// The condition as it was written: `message: did not answer`.
    package var words: String { "\(field.word): \(values.joined(separator: ", "))" }
  }

  /// The conditions, in the order they were written; never none.
  package var conditions: [Condition]
  /// The line it begins on, from 1.
  package var line: Int

  /// A rule.
  package init(_ conditions: [Condition], line: Int = 1) {
    self.conditions = conditions
    self.line = line
  }

  /// The rule as it was written, in one line.
  package var words: String { conditions.map(\.words).joined(separator: " · ") }
}
