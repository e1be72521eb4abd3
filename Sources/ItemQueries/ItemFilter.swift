/// A filter of one kind of item as a person writes it: every term must hold.
///
/// | term | holds when |
/// |---|---|
/// | `word`, `"two words"`, `~wrd`, `/regex/` | the kind's first text has it |
/// | `field:word` and so on | that text has it |
/// | `field:one,two` | the item is one of these |
/// | `!term` | the term does not hold |
package struct ItemFilter<Kind: FilteredKind>: Sendable, Equatable {
  /// One question about an item.
  struct Term: Sendable {
    let isNegated: Bool
    let field: FilterField<Kind>
    let question: FilterField<Kind>.Question
  }

  /// The filter as it was written.
  package let text: String
  /// The words and phrases that every item must have: what a list may emphasise.
  package let words: [String]
  /// What must hold, cheapest question first.
  let terms: [Term]

  /// The filter that every item satisfies.
  package init() {
    text = ""
    words = []
    terms = []
  }

  /// Reads a filter; an empty text is the filter that every item satisfies.
  package init(parsing text: String) throws(FilterError) {
    var scanner = FilterScanner(text, fields: Kind.fields.map(\.name))
    var terms: [Term] = []
    var words: [String] = []
    while let isNegated = try scanner.nextTerm() {
      let name = try scanner.fieldName()
      let field = Kind.fields.first { $0.name == name } ?? Kind.words
      var (question, word) = try field.question(&scanner)
      if field.name.isEmpty {
        if !isNegated, let word { words.append(word) }
        if let other = Kind.fields.lazy.compactMap({ $0.plainQuestion(word) }).first {
          question = Self.either(question, other)
        }
      }
      terms.append(Term(isNegated: isNegated, field: field, question: question))
    }
    self.text = text
    self.words = words
    // A stable sort, so that terms of one cost are asked as written.
    self.terms = terms.ranked(by: \.field.cost)
  }

  private static func either(
    _ one: @escaping FilterField<Kind>.Question, _ other: @escaping FilterField<Kind>.Question
  ) -> FilterField<Kind>.Question {
    { facts, ask in
      one(facts) { isOne in
        withoutActuallyEscaping(isOne) { isOne in
          other(facts) { isOther in ask { isOne($0) || isOther($0) } }
        }
      }
    }
  }

  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  /// Whether every item satisfies it.
  package var isEmpty: Bool { terms.isEmpty }

  /// Whether a term asks for a field.
  func asks(for field: String) -> Bool { terms.contains { $0.field.name == field } }

  /// What is left of many when each term in turn keeps those of which it holds: a question is made ready once, not once
  /// an item.
  ///
  /// - Parameter keep: Those of the left of which a question holds.
  func sifted<Left>(_ left: Left, _ facts: Kind.Facts, keep: @escaping (Left, (Kind.Item) -> Bool) -> Left) -> Left {
    var left = left
    for term in terms {
      term.question(facts) { holds in left = keep(left) { holds($0) != term.isNegated } }
    }
    return left
  }
}

extension ItemFilter where Kind.Facts == Void {
  /// The positions of the items that satisfy every term, in their order.
  package func positions(in items: [Kind.Item]) -> [Int] {
    sifted(Array(items.indices), ()) { left, holds in left.filter { holds(items[$0]) } }
  }

  /// Whether an item satisfies every term; of many `positions(in:)` is quicker.
  package func accepts(_ item: Kind.Item) -> Bool {
    sifted(true, ()) { isLeft, holds in isLeft && holds(item) }
  }
}
