internal import SafeText
package import TriageModel

/// A filter of flaky tests as a person writes it: every term must hold.
///
/// | term | holds when |
/// |---|---|
/// | `word`, `"two words"`, `~wrd`, `/regex/` | the test's name or its owner has it |
/// | `test: owner:` | that text has it; `owner:none` for tests nobody owns |
/// | `verdict:` | the history says so of it; values joined by commas |
/// | `!term` | the term does not hold |
package struct FlakeFilter: Sendable {
  private let terms: [(isNegated: Bool, question: Question)]

  private enum Question: Sendable {
    case text(TextField, TestFilter.Match)
    case verdict(Set<Verdict.Label>)
  }

  private enum TextField: String, Sendable, CaseIterable {
    case any = ""
    case test
    case owner
  }

  /// Reads a filter; an empty text is the filter that every test satisfies.
  package init(parsing text: String = "") throws(FilterError) {
    var scanner = FilterScanner(text, fields: ["verdict"] + TextField.allCases.map(\.rawValue).dropFirst())
    var terms: [(Bool, Question)] = []
    while let isNegated = try scanner.nextTerm() {
      let name = try scanner.fieldName() ?? ""
      if let field = TextField(rawValue: name) {
        terms.append((isNegated, .text(field, try scanner.match())))
      } else {
        terms.append((isNegated, .verdict(try TestFilter.verdicts(&scanner))))
      }
    }
    self.terms = terms
  }

  /// Whether a test satisfies every term.
  package func accepts(_ test: FlakyTest) -> Bool {
    terms.allSatisfy { Self.holds($0.question, for: test) != $0.isNegated }
  }

  private static func holds(_ question: Question, for test: FlakyTest) -> Bool {
    switch question {
    case .text(.any, let match): match.holds(for: test.test) || match.holds(for: test.owner ?? "")
    case .text(.test, let match): match.holds(for: test.test)
    case .text(.owner, let match): match.holds(for: test.owner ?? "none")
    case .verdict(let labels): labels.contains(test.verdict.label)
    }
  }
}
