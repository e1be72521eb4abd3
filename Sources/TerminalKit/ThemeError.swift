internal import SafeText

/// Why a theme file was refused: the file, the line, the key, and what is wrong with it.
package struct ThemeError: Error, Equatable, CustomStringConvertible {
  /// What can be wrong.
  package enum Cause: Equatable, Sendable {
    case notYAML(String)
    case tooLarge(limit: Int)
    case tooManyNodes(limit: Int)
    case missing
    case unknownKey
    case unknownRole
    case unknownTheme(String)
    /// A value that is not what the key takes; `expected` says what it takes.
    case wrongValue(expected: String)
  }

  /// The file, as it is shown.
  package var file: String
  /// The line, from 1; nil where the file as a whole is meant.
  package var line: Int?
  /// The path of keys, parted by dots: `roles.fail.fg`.
  package var key: String
  /// What is wrong.
  package var cause: Cause

  /// `FILE:LINE: KEY: what is wrong`.
  package var description: String {
    let place = Sanitizer.line(file) + (line.map { ":\($0)" } ?? "")
    let subject = key.isEmpty ? "" : " \(Sanitizer.line(key, limit: 200)):"
    return place + ":" + subject + " " + reason
  }

  private var reason: String {
    switch cause {
    case .notYAML(let problem): "not YAML: \(Sanitizer.line(problem, limit: 300))"
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .tooManyNodes(let limit): "more than \(limit) values"
    case .missing: "missing"
    case .unknownKey: "unknown key"
    case .unknownRole: "unknown role"
    case .unknownTheme(let name): "unknown theme \(Sanitizer.line(name, limit: 80))"
    case .wrongValue(let expected): "expected \(expected)"
    }
  }
}
