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
