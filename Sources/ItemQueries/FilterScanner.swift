internal import SafeText

/// Reads a filter term by term: negation, a field's name, and what is looked for.
struct FilterScanner {
  private let characters: [Character]
  private let fields: [String]
  private var position = 0

  /// A reader of a filter that knows the given fields.
  init(_ text: String, fields: [String]) {
    characters = Array(text)
    self.fields = fields
  }

  /// The position, from 1, as messages name it.
  var column: Int { position + 1 }
  private var current: Character? { position < characters.count ? characters[position] : nil }
  private var isAtEndOfTerm: Bool { current?.isWhitespace ?? true }

  /// Goes to the next term and says whether it is negated; nil at the end.
  mutating func nextTerm() throws(FilterError) -> Bool? {
    while let character = current, character.isWhitespace { position += 1 }
    if current == nil { return nil }
    var isNegated = false
    while current == "!" {
      isNegated.toggle()
      position += 1
      if isAtEndOfTerm { throw .nothingAfter("!", column: column - 1) }
    }
    return isNegated
  }

  /// The field a term begins with, read with its colon; nil for a plain word, also for one with a colon in it
  /// (`test_a.py::test_b`).
  mutating func fieldName() throws(FilterError) -> String? {
    let start = column
    let rest = characters[position...]
    let letters = rest.prefix { $0.isASCII && $0.isLetter && $0.isLowercase }
    let name = String(letters)
    guard !name.isEmpty, letters.endIndex < rest.endIndex, rest[letters.endIndex] == ":" else { return nil }
    if letters.endIndex + 1 < rest.endIndex, rest[letters.endIndex + 1] == ":" { return nil }
    guard fields.contains(name) else {
      if let near = fields.first(where: { $0.count > 3 && NearNames.distance($0, name) == 1 }) {
        throw .unknownField(name, column: column, suggestion: near)
      }
      return nil
    }
    position += name.count + 1
    if isAtEndOfTerm { throw .noValue(field: name, column: start) }
    return name
  }

  /// A phrase, a pattern, letters or a word.
  mutating func match() throws(FilterError) -> TextMatch {
    switch current {
    case "\"": return Self.match(of: try enclosed(by: "\""))
    case "/":
      let start = column
      let source = try enclosed(by: "/")
      do throws(PatternError) {
        return .pattern(try Pattern(source))
      } catch {
        throw .pattern("\(error)", column: start)
      }
    case "~":
      position += 1
      if isAtEndOfTerm { throw .nothingAfter("~", column: column - 1) }
      return .letters(FuzzyMatch(word()))
    default: return Self.match(of: word())
    }
  }

  /// A value that is a word or a phrase.
  mutating func plainValue() throws(FilterError) -> String {
    current == "\"" ? try enclosed(by: "\"") : word()
  }

  /// The text up to the next blank.
  private mutating func word() -> String {
    let word = characters[position...].prefix { !$0.isWhitespace }
    position = word.endIndex
    return String(word)
  }

  private static func match(of word: String) -> TextMatch { .word(word, ByteSearch(word)) }

  /// The text up to the closing mark; a backslash keeps a mark from closing. Other backslashes stay for the pattern.
  private mutating func enclosed(by mark: Character) throws(FilterError) -> String {
    let start = column
    position += 1
    var text = ""
    while let character = current {
      position += 1
      if character == mark {
        if text.isEmpty { throw .nothingAfter(mark, column: start) }
        return text
      }
      if character == "\\", current == mark {
        text.append(mark)
        position += 1
      } else {
        text.append(character)
      }
    }
    throw .unclosed(mark, column: start)
  }
}
