/// A YAML value with the lines it was written on: what configuration is read from.
///
/// Aliases are expanded under a limit of nodes, so that a small file cannot become a large tree.
package indirect enum YAMLNode: Equatable, Sendable {
  case scalar(String, line: Int)
  case list([YAMLNode], line: Int)
  case mapping([Entry], line: Int)
  /// Nothing was written: `key:`, `~`, `null`.
  case empty(line: Int)

  /// A key and its value.
  package struct Entry: Equatable, Sendable {
    /// The key.
    package let key: String
    /// Its line, from 1.
    package let line: Int
    /// What stands under it.
    package let value: YAMLNode
  }

  /// The line the value begins on, from 1.
  package var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .mapping(_, let line), .empty(let line): line
    }
  }
}
