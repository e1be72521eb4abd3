/// Which tests a rule is about: a file pattern as CODEOWNERS means it where it has a star or a question mark, else a text
/// in their ids.
package struct TestPattern: Sendable, Hashable {
  /// The pattern as it was written.
  package let source: String
  private let glob: Glob?

  /// A pattern.
  package init(_ source: String) {
    self.source = source
    glob = source.contains { $0 == "*" || $0 == "?" } ? Glob(ownersPattern: source) : nil
  }

  /// Whether it has wildcards.
  package var isGlob: Bool { glob != nil }

  /// Whether a test of an id is meant: by the id, or by the file that it begins with.
  package func matches(_ id: String) -> Bool {
    guard let glob else { return id.contains(source) }
    return glob.matches(id) || glob.matches(String(id.prefix { $0 != ":" }))
  }
}
