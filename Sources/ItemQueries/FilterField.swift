internal import TriageModel

/// A kind of item that people filter: a table of what can be asked of it.
package protocol FilteredKind {
  /// One item while it is asked.
  associatedtype Item
  /// What is known of all items together.
  associatedtype Facts = Void
  /// What people call its items, in the plural.
  static var title: String { get }
  /// Where its filters are typed, as a clause of the manual.
  static var use: String { get }
  /// What words without a field ask for.
  static var words: FilterField<Self> { get }
  /// The fields, as the manual lists them.
  static var fields: [FilterField<Self>] { get }
}

/// Something that a filter can ask of items of a kind, with how it is compared.
package struct FilterField<Kind: FilteredKind>: Sendable {
  /// Calls `ask` with a question, made ready to be asked of many items. Nothing of it outlives the call, so that a
  /// million tests are asked without a reference counted.
  typealias Question = @Sendable (Kind.Facts, _ ask: @escaping ((Kind.Item) -> Bool) -> Void) -> Void
  /// Whether bytes have what is looked for.
  typealias Finder = (UnsafeRawBufferPointer) -> Bool

  enum Comparison: Sendable {
    /// A text has a word, a phrase, letters or a pattern.
    case text(@Sendable (TextMatch) -> Question)
    /// The item is one of some words.
    case choice(known: [FilterChoice], isAlsoPlain: Bool, @Sendable ([String]) -> Question)
  }

  /// What stands before the colon; empty for words without a field.
  package let name: String
  /// When a term holds, as the manual says it.
  package let help: String
  /// The words that it knows; empty where any text may be asked for.
  package var values: [String] { if case .choice(let known, _, _) = comparison { known.map(\.word) } else { [] } }
  /// The cheapest questions are asked first.
  let cost: Int
  let comparison: Comparison
}

/// A word that can stand behind a field.
struct FilterChoice: Sendable {
  var word: String
  /// A letter that stands for it.
  var letter: Character?

  /// Whether a person's word means it: in any case, with `_` or a blank for a hyphen.
  func isMeant(by word: String) -> Bool {
    Self.plain(self.word) == Self.plain(word) || letter.map { String($0) == word } ?? false
  }

  /// Whether a person's word is the first of its words.
  func begins(with word: String) -> Bool { Self.plain(self.word).hasPrefix(Self.plain(word) + "-") }

  private static func plain(_ word: String) -> String {
    word.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
  }
}

// MARK: - The ways of comparing

extension FilterField {
  /// A text of which the bytes are read where they lie, in a way that hangs on what is looked for.
  static func matching(
    _ name: String, _ help: String, cost: Int,
    _ question: @escaping @Sendable (TextMatch, Kind.Facts, _ ask: @escaping ((Kind.Item) -> Bool) -> Void) -> Void
  ) -> Self {
    Self(name: name, help: help, cost: cost, comparison: .text { match in { question(match, $0, $1) } })
  }

  /// A text of which the bytes are read where they lie.
  static func bytes(
    _ name: String, _ help: String, cost: Int,
    _ question: @escaping @Sendable (Finder, Kind.Facts, _ ask: @escaping ((Kind.Item) -> Bool) -> Void) -> Void
  ) -> Self {
    matching(name, help, cost: cost) { match, facts, ask in match.find { question($0, facts, ask) } }
  }

  /// A text, or several of which one must have what is looked for.
  static func text(
    _ name: String, _ help: String, _ texts: @escaping @Sendable (Kind.Item) -> [String?]
  ) -> Self {
    bytes(name, help, cost: 1) { isFound, _, ask in
      ask { item in texts(item).contains { $0?.has(isFound) ?? false } }
    }
  }

  /// A text that an item may lack, which the word `none` asks for.
  static func optional(
    _ name: String, _ help: String, cost: Int = 1, _ text: @escaping @Sendable (Kind.Item, Kind.Facts) -> String?
  ) -> Self {
    matching(name, help, cost: cost) { match, facts, ask in
      if match.word?.lowercased() == "none" { return ask { text($0, facts) == nil } }
      match.find { isFound in ask { text($0, facts)?.has(isFound) ?? false } }
    }
  }

  /// One of the words of a closed set, read from a column where it lies.
  ///
  /// - Parameters:
  ///   - choices: The words with the values that each means.
  ///   - isAlsoPlain: Whether a word without a field that is one of these asks for it too.
  ///   - question: Whether an item is of one of the wanted values.
  static func column<Value: Sendable>(
    _ name: String, _ help: String, _ choices: [(FilterChoice, [Value])], isAlsoPlain: Bool = false,
    _ question:
      @escaping @Sendable (_ wanted: [Value], Kind.Facts, _ ask: @escaping ((Kind.Item) -> Bool) -> Void) -> Void
  ) -> Self {
    let known = choices.map(\.0)
    let comparison = Comparison.choice(known: known, isAlsoPlain: isAlsoPlain) { words in
      let wanted = choices.filter { words.contains($0.0.word) }.flatMap(\.1)
      return { question(wanted, $0, $1) }
    }
    return Self(name: name, help: help, cost: 0, comparison: comparison)
  }

  /// One of the words of a closed set.
  static func choice<Value: Sendable>(
    _ name: String, _ help: String, _ choices: [(FilterChoice, [Value])], isAlsoPlain: Bool = false,
    _ isOne: @escaping @Sendable (Kind.Item, _ wanted: [Value]) -> Bool
  ) -> Self {
    column(name, help, choices, isAlsoPlain: isAlsoPlain) { wanted, _, ask in ask { isOne($0, wanted) } }
  }

  /// One of the words of an enum.
  static func choice<Value: MachineWord>(
    _ name: String, _ help: String, of type: Value.Type, isAlsoPlain: Bool = false,
    _ isOne: @escaping @Sendable (Kind.Item, _ wanted: [Value]) -> Bool
  ) -> Self {
    choice(name, help, words(of: type), isAlsoPlain: isAlsoPlain, isOne)
  }

  /// The words of an enum, each with its value.
  static func words<Value: MachineWord>(of type: Value.Type) -> [(FilterChoice, [Value])] {
    Value.allCases.map { (FilterChoice(word: $0.word), [$0]) }
  }

  /// One of the words that others than an enum tell.
  static func word(
    _ name: String, _ help: String, among known: [String], _ word: @escaping @Sendable (Kind.Item) -> String
  ) -> Self {
    choice(name, help, known.map { (FilterChoice(word: $0), [$0]) }) { $1.contains(word($0)) }
  }
}

// MARK: - Reading a term

extension FilterField {
  /// Reads what stands behind the field's colon.
  ///
  /// - Returns: The question, and the word or phrase where it asks for one.
  func question(_ scanner: inout FilterScanner) throws(FilterError) -> (question: Question, word: String?) {
    switch comparison {
    case .text(let question):
      let match = try scanner.match()
      return (question(match), match.word)
    case .choice(let known, _, let question):
      let column = scanner.column
      let typed = try scanner.plainValue().split(separator: ",").map(String.init)
      if typed.isEmpty { throw .noValue(field: name, column: column) }
      var words: [String] = []
      for word in typed {
        guard let meant = Self.meant(by: word, among: known) else {
          throw .unknownValue(word, field: name, column: column, known: values)
        }
        words.append(meant)
      }
      return (question(words), nil)
    }
  }

  /// The question that a word without a field asks of this one; nil when it asks none.
  func plainQuestion(_ word: String?) -> Question? {
    guard let word, case .choice(let known, true, let question) = comparison else { return nil }
    return known.first { $0.isMeant(by: word) }.map { question([$0.word]) }
  }

  /// The known word that a person's word means; nil for none.
  private static func meant(by word: String, among known: [FilterChoice]) -> String? {
    (known.first { $0.isMeant(by: word) } ?? known.first { $0.begins(with: word) })?.word
  }
}
