/// Why a rule of a runbook holds of nothing.
package struct RuleError: Error, Equatable, CustomStringConvertible {
  /// The condition's line, from 1.
  let line: Int
  /// The condition's key.
  let key: String
  /// What was expected.
  let words: String

  package var description: String { "\(line): \(key): expected \(words)" }
}
