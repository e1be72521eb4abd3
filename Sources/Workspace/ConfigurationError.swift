/// Why a configuration file cannot be used. The text fits "could not read the configuration: {error}".
package struct ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Cause: Equatable, Sendable {
    /// It is no YAML; the parser's words.
    case syntax(String)
    /// A value is of another kind than its key takes: what is expected.
    case expected(String)
    /// A path leads out of the repository.
    case outside(String)
    /// A limit was reached; what it is.
    case limit(String)
    /// The system refused; its words.
    case system(String)
  }

  /// The file, as it is shown.
  package let file: String
  /// The line, from 1; nil when the whole file is meant.
  package let line: Int?
  /// The key, with those it lies in: `owners.path`; empty at the top.
  package let key: String
  /// What is wrong.
  package let cause: Cause

  /// An error in `file`.
  package init(file: String, line: Int? = nil, key: String = "", cause: Cause) {
    self.file = file
    self.line = line
    self.key = key
    self.cause = cause
  }

  package var description: String {
    let place = line.map { "\(file):\($0): " } ?? "\(file): "
    return place + (key.isEmpty ? "" : key + ": ") + words
  }

  private var words: String {
    switch cause {
    case .syntax(let words), .limit(let words), .system(let words): words
    case .expected(let what): "expected \(what)"
    case .outside(let path): "\(path) leads out of the repository"
    }
  }
}
