internal import SafeText
internal import TriageModel

extension TestFilter {
  /// Reads a filter; an empty text is the filter that every test satisfies.
  package init(parsing text: String) throws(FilterError) {
    var parser = FilterParser(text)
    var terms: [Term] = []
    while let term = try parser.nextTerm() { terms.append(term) }
    self.text = text
    words = parser.words
    // A stable sort, so that terms of one cost are asked as written.
    self.terms = terms.enumerated()
      .sorted { ($0.element.question.cost, $0.offset) < ($1.element.question.cost, $1.offset) }
      .map(\.element)
  }
}

/// Reads terms from the front of a filter.
private struct FilterParser {
  private let characters: [Character]
  private var position = 0
  /// The words and phrases that were asked for anywhere in the id or a message.
  private(set) var words: [String] = []

  init(_ text: String) {
    characters = Array(text)
  }

  private var column: Int { position + 1 }
  private var current: Character? { position < characters.count ? characters[position] : nil }
  private var isAtEndOfTerm: Bool { current?.isWhitespace ?? true }

  mutating func nextTerm() throws(FilterError) -> TestFilter.Term? {
    while let character = current, character.isWhitespace { position += 1 }
    if current == nil { return nil }
    var isNegated = false
    while current == "!" {
      isNegated.toggle()
      position += 1
      if isAtEndOfTerm { throw .nothingAfter("!", column: column - 1) }
    }
    let count = words.count
    let question = try question()
    if isNegated { words.removeSubrange(count...) }
    return TestFilter.Term(isNegated: isNegated, question: question)
  }

  private mutating func question() throws(FilterError) -> TestFilter.Question {
    let start = position
    guard let name = try fieldName() else { return .text(.any, try match(keepsWord: true)) }
    position += name.count + 1
    if isAtEndOfTerm { throw .noValue(field: name, column: start + 1) }
    switch name {
    case "outcome": return .outcome(try outcomes())
    case "kind": return .kind(try kind())
    case "verdict": return .verdict(try plainValue())
    case let name:
      guard let field = TestFilter.TextField(rawValue: name) else { return .text(.any, try match()) }
      return .text(field, try match())
    }
  }

  private static let fields =
    ["kind", "outcome", "verdict"] + TestFilter.TextField.allCases.map(\.rawValue).dropFirst()

  /// The field a term begins with; nil for a plain word, also for one with a colon in it (`test_a.py::test_b`).
  private func fieldName() throws(FilterError) -> String? {
    let rest = characters[position...]
    let letters = rest.prefix { $0.isASCII && $0.isLetter && $0.isLowercase }
    let name = String(letters)
    guard !name.isEmpty, letters.endIndex < rest.endIndex, rest[letters.endIndex] == ":" else { return nil }
    if letters.endIndex + 1 < rest.endIndex, rest[letters.endIndex + 1] == ":" { return nil }
    if Self.fields.contains(name) { return name }
    if let near = Self.fields.first(where: { $0.count > 3 && NearNames.distance($0, name) == 1 }) {
      throw .unknownField(name, column: column, suggestion: near)
    }
    return nil
  }

  /// A phrase, a pattern, letters or a word.
  private mutating func match(keepsWord: Bool = false) throws(FilterError) -> TestFilter.Match {
    switch current {
    case "\"": return wordMatch(try enclosed(by: "\""), keepsWord)
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
    default: return wordMatch(word(), keepsWord)
    }
  }

  private mutating func wordMatch(_ word: String, _ keepsWord: Bool) -> TestFilter.Match {
    if keepsWord { words.append(word) }
    return .word(ByteSearch(word), hasColon: word.utf8.contains(0x3A))
  }

  /// A value that is a word or a phrase.
  private mutating func plainValue() throws(FilterError) -> String {
    current == "\"" ? try enclosed(by: "\"") : word()
  }

  private mutating func word() -> String {
    let word = characters[position...].prefix { !$0.isWhitespace }
    position = word.endIndex
    return String(word)
  }

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

  /// Names or letters of outcomes, joined by commas.
  private mutating func outcomes() throws(FilterError) -> Set<Outcome> {
    let start = column
    var found: Set<Outcome> = []
    for value in word().split(separator: ",") {
      let name = value.replacing("-", with: "_").lowercased()
      if name == "failing" {
        found.formUnion(Outcome.allCases.filter(\.isFailing))
      } else if let outcome = Outcome.allCases.first(where: { $0.name == name || String($0.letter) == value }) {
        found.insert(outcome)
      } else {
        throw .unknownValue(
          String(value), field: "outcome", column: start, known: ["failing"] + Outcome.allCases.map(\.name))
      }
    }
    return found
  }

  private mutating func kind() throws(FilterError) -> ItemKind {
    let start = column
    let value = try plainValue()
    if let kind = ItemKind.allCases.first(where: { $0.name == value.lowercased() }) { return kind }
    throw .unknownValue(value, field: "kind", column: start, known: ItemKind.allCases.map(\.name))
  }
}
