internal import SafeText

/// Who owns which file: rules of which the last that fits decides.
package struct Owners: Sendable, Equatable {
  /// Where the rules were read; nil without rules.
  package let file: String?
  private let rules: [OwnerRule]

  /// Owners from rules, weakest first.
  package init(rules: [OwnerRule], file: String? = nil) {
    self.rules = rules
    self.file = file
  }

  /// The owners that a repository's configuration names, else those of its CODEOWNERS file.
  ///
  /// CODEOWNERS is looked for where GitHub and GitLab look; a file that cannot be read counts as absent.
  package init(repository: Repository?, configuration: Configuration) {
    if !configuration.owners.isEmpty {
      self.init(rules: configuration.owners, file: Configuration.file)
      return
    }
    for file in [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"] {
      if let repository, let text = try? TextFile.read(repository.root + "/" + file, shownAs: file) {
        self.init(rules: CodeOwnersFile(text).rules, file: file)
        return
      }
    }
    self.init(rules: [])
  }

  /// The owners of a file of the repository, separated by spaces; nil when nobody owns it.
  package func owner(of path: String) -> String? {
    guard let path = RelativePath.normal(path), let rule = rules.last(where: { $0.pattern.matches(path) }),
      !rule.owners.isEmpty
    else { return nil }
    return rule.owners.joined(separator: " ")
  }
}
