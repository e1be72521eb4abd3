package import SafeText

/// Who owns the files that fit a pattern.
package struct OwnerRule: Sendable, Equatable {
  /// Which paths, as CODEOWNERS means it.
  package let pattern: Glob
  /// The owners; none says that nobody owns these files.
  package let owners: [String]

  /// A rule for the files that fit `pattern`.
  package init(pattern: String, owners: [String]) {
    self.pattern = Glob(ownersPattern: pattern)
    self.owners = owners
  }
}
