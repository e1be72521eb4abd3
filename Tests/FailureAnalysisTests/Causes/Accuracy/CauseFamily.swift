/// Causes that differ in one place: what stands for `%` tells them apart, what stands in braces is noise.
struct CauseFamily {
  /// The exception's class; `%` may stand in it.
  let type: String
  /// What it says.
  let message: String
  /// What tells its causes apart.
  let values: [String]

  init(_ type: String, _ message: String, _ values: String...) {
    self.type = type
    self.message = message
    self.values = values
  }

  /// The class and the message of each cause.
  var causes: [(type: String, message: String)] {
    values.map { value in (filled(type, value), filled(message, value)) }
  }

  private func filled(_ text: String, _ value: String) -> String {
    text.split(separator: "%", omittingEmptySubsequences: false).joined(separator: value)
  }
}
