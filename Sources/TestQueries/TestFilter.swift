internal import SafeText
internal import TriageModel

/// A filter as a person writes it: every term must hold.
///
/// | term | holds when |
/// |---|---|
/// | `word`, `"two words"` | the id or a message has the text, whatever its case |
/// | `~wrd` | the id has the letters in this order |
/// | `/regex/` | the pattern is found in the id or a message |
/// | `outcome:failed` | the test ended so: a name, a letter, or `failing` |
/// | `kind:suite` | it is such an item |
/// | `verdict:new` | the history says so of it |
/// | `suite: file: message: owner: leg: label: run:` | that text of the test has the word, phrase, `~letters` or `/regex/` |
/// | `!term` | the term does not hold |
package struct TestFilter: Sendable, Equatable {
  /// The filter as it was written.
  package let text: String
  /// What must hold, cheapest question first.
  let terms: [Term]
  /// The words and phrases that every matching test has in its id or a message: what a list may emphasise.
  package let words: [String]

  /// One question about a test.
  struct Term: Sendable {
    var isNegated: Bool
    var question: Question
  }

  /// What a term asks.
  enum Question: Sendable {
    case outcome(Set<Outcome>)
    case kind(ItemKind)
    case text(TextField, Match)
    /// What its failure probably is; a test of which the history says nothing has none.
    case verdict(Set<Verdict.Label>)

    /// The order in which terms are asked.
    var cost: Int {
      switch self {
      case .outcome, .kind, .verdict: 0
      case .text(let field, _): field.cost
      }
    }
  }

  /// A text of a test that can be searched.
  enum TextField: String, Sendable, CaseIterable {
    /// The id, or a message.
    case any = ""
    case suite
    case file
    case message
    case owner
    /// Labels of the test's report, as `name=value`.
    case leg
    /// Labels of the report or the run, as `name=value`.
    case label
    /// The run's id, branch, commit or commit title.
    case run

    var cost: Int {
      switch self {
      case .suite, .run: 1
      case .leg, .label: 2
      case .any, .message: 3
      case .file: 4
      case .owner: 5
      }
    }
  }

  /// How a text is searched.
  enum Match: Sendable {
    /// `hasColon` says that the word can lie across the `::` between a suite and a name.
    case word(ByteSearch, hasColon: Bool)
    case letters(FuzzyMatch)
    case pattern(Pattern)
  }

  package static func == (left: TestFilter, right: TestFilter) -> Bool { left.text == right.text }

  /// Whether every test satisfies it.
  package var isEmpty: Bool { terms.isEmpty }

  /// Whether it says which outcomes are wanted, so that passing tests may be meant.
  package var asksForOutcome: Bool {
    terms.contains { term in
      if case .outcome = term.question { true } else { false }
    }
  }

  /// Whether it asks what the history says.
  package var asksForVerdict: Bool {
    terms.contains { term in
      if case .verdict = term.question { true } else { false }
    }
  }
}
