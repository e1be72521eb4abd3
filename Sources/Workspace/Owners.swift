package import SafeText

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
    guard let path = PathText.normal(path), let rule = rules.last(where: { $0.pattern.matches(path) }),
      !rule.owners.isEmpty
    else { return nil }
    return rule.owners.joined(separator: " ")
  }
}

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

/// Reads CODEOWNERS as GitHub and GitLab write it.
///
/// A line is a pattern and its owners; `#` begins a comment; a backslash keeps a space in a pattern. GitLab's
/// `[Section] @owner` lines give the owners of the lines below that name none.
struct CodeOwnersFile {
  /// The rules in the order of the file.
  private(set) var rules: [OwnerRule] = []

  init(_ text: String) {
    var sectionOwners: [String] = []
    for line in text.split(whereSeparator: \.isNewline) {
      if let owners = Self.section(line) {
        sectionOwners = owners
        continue
      }
      let words = Self.words(line)
      guard let pattern = words.first, !pattern.hasPrefix("!") else { continue }
      rules.append(OwnerRule(pattern: pattern, owners: words.count > 1 ? Array(words.dropFirst()) : sectionOwners))
    }
  }

  /// The default owners of a section, when the line begins one: `[Docs]`, `^[Docs][2] @writers`.
  private static func section(_ line: Substring) -> [String]? {
    var rest = line.drop { $0 == " " || $0 == "\t" }
    if rest.first == "^" { rest = rest.dropFirst() }
    guard rest.first == "[", let end = rest.lastIndex(of: "]") else { return nil }
    let after = rest[rest.index(after: end)...]
    // A pattern may begin with a set, `[ab].py`; after a section's name comes a space or nothing.
    guard after.isEmpty || after.first == " " || after.first == "\t" || after.first == "#" else { return nil }
    return words(after)
  }

  /// The words of a line, up to a comment.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isEscaped = false
    for character in line {
      if isEscaped {
        word.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == " " || character == "\t" {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else if character == "#", word.isEmpty {
        return words
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
