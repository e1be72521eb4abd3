/// Why a rule of a runbook holds of nothing.
struct RuleError: Error, Equatable, CustomStringConvertible {
  /// The condition's line, from 1.
  let line: Int
  /// The condition's key.
  let key: String
  /// What was expected.
  let words: String

  var description: String { "\(line): match.\(key): expected \(words)" }
}
