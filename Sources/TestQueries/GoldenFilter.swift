internal import SafeText
package import TriageModel

/// A filter of golden changes as a person writes it: every term must hold.
///
/// | term | holds when |
/// |---|---|
/// | `word`, `"two words"`, `~wrd`, `/regex/` | the golden's or the test's name has it |
/// | `drift: state: kind: recovery: convention:` | the change is of such a kind; values joined by commas |
/// | `test: file: warning:` | that text has the word, phrase, `~letters` or `/regex/` |
/// | `!term` | the term does not hold |
package struct GoldenFilter: Sendable, Equatable {
  /// The filter as it was written.
  package let text: String
  private let terms: [Term]

  private struct Term: Sendable {
    var isNegated: Bool
    var question: Question
  }

  private enum Question: Sendable {
    case choice(Choice, Set<String>)
    case text(TextField, TestFilter.Match)
  }

  fileprivate enum Choice: String, Sendable, CaseIterable {
    case drift
    case state
    case kind
    case recovery
    case convention
  }

  private enum TextField: String, Sendable, CaseIterable {
    case any = ""
    case test
    case file
    case warning
  }

  /// Reads a filter; an empty text is the filter that every change satisfies.
  package init(parsing text: String = "") throws(FilterError) {
    let fields = Choice.allCases.map(\.rawValue) + TextField.allCases.map(\.rawValue).dropFirst()
    var scanner = FilterScanner(text, fields: fields)
    var terms: [Term] = []
    while let isNegated = try scanner.nextTerm() {
      terms.append(Term(isNegated: isNegated, question: try Self.question(&scanner)))
    }
    self.text = text
    self.terms = terms
  }

  /// The filter that every change satisfies.
  package static let all = GoldenFilter()

  private init() {
    text = ""
    terms = []
  }

  package static func == (left: GoldenFilter, right: GoldenFilter) -> Bool { left.text == right.text }

  /// Whether every change satisfies it.
  package var isEmpty: Bool { terms.isEmpty }

  /// Whether it says which states are wanted, so that decided changes may be meant.
  var asksForState: Bool {
    terms.contains { term in
      if case .choice(.state, _) = term.question { true } else { false }
    }
  }

  /// Whether a change satisfies every term.
  package func accepts(_ change: GoldenChange) -> Bool {
    terms.allSatisfy { Self.holds($0.question, for: change) != $0.isNegated }
  }

  private static func question(_ scanner: inout FilterScanner) throws(FilterError) -> Question {
    guard let name = try scanner.fieldName() else { return .text(.any, try scanner.match()) }
    if let field = TextField(rawValue: name) { return .text(field, try scanner.match()) }
    guard let choice = Choice(rawValue: name) else { return .text(.any, try scanner.match()) }
    let start = scanner.column
    var values: Set<String> = []
    for value in try scanner.plainValue().lowercased().split(separator: ",") {
      guard let value = choice.value(String(value)) else {
        throw .unknownValue(String(value), field: name, column: start, known: choice.known)
      }
      values.insert(value)
    }
    return .choice(choice, values)
  }

  private static func holds(_ question: Question, for change: GoldenChange) -> Bool {
    switch question {
    case .choice(.drift, let values): change.drift?.kinds.contains { values.contains($0.word) } ?? false
    case .choice(.state, let values):
      values.contains(change.state.word) || (values.contains("open") && change.state.isOpen)
    case .choice(.kind, let values): values.contains(change.kind)
    case .choice(.recovery, let values): values.contains(change.recovery.word)
    case .choice(.convention, let values): values.contains(change.convention)
    case .text(.any, let match): match.holds(for: change.id) || match.holds(for: change.test)
    case .text(.test, let match): match.holds(for: change.test)
    case .text(.file, let match): match.holds(for: change.place.path)
    case .text(.warning, let match): change.warnings.contains { match.holds(for: $0) }
    }
  }
}

extension GoldenFilter.Choice {
  /// The values it can have; empty where any word may be one.
  fileprivate var known: [String] {
    switch self {
    case .drift: Drift.Kind.allCases.map(\.word)
    case .state: GoldenState.allCases.map(\.word) + ["open"]
    case .recovery: GoldenRecovery.allCases.map(\.word)
    case .kind, .convention: []
    }
  }

  /// The value that a person's word means; nil for none.
  fileprivate func value(_ word: String) -> String? {
    let word = word.replacing(" ", with: "-")
    if known.isEmpty || known.contains(word) { return word }
    return nil
  }
}

extension TestFilter.Match {
  /// Whether it is found in a text.
  func holds(for text: String) -> Bool {
    var text = text
    return text.withUTF8 { buffer in
      let bytes = UnsafeRawBufferPointer(buffer)
      switch self {
      case .word(let word, _): return word.matches(bytes)
      case .letters(let letters): return letters.score(bytes) != nil
      case .pattern(let pattern): return pattern.matcher().firstMatch(in: bytes) != nil
      }
    }
  }
}
