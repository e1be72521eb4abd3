/// Quotes names for the languages of patterns that frameworks select tests by.
enum PatternText {
  /// A language of patterns.
  enum Language {
    /// Go's RE2.
    case go
    /// Swift's `Regex`, which `swift test --filter` reads.
    case swift
    /// CMake's own.
    case cmake
  }

  /// A pattern that fits exactly a text.
  static func quoted(_ text: String, for language: Language) -> String {
    let special: String
    switch language {
    case .go: special = #"\.+*?()|[]{}^$"#
    case .swift: special = #"\.+*?()|[]{}^$/#"#
    case .cmake: special = #"\.+*?()|[]^$-"#
    }
    return text.reduce(into: "") { quoted, letter in
      if special.contains(letter) { quoted.append("\\") }
      quoted.append(letter)
    }
  }
}
