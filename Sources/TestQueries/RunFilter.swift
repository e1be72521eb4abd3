internal import SafeText
package import TriageModel

/// A filter of runs as a person writes it: every term must hold.
///
/// | term | holds when |
/// |---|---|
/// | `word`, `"two words"`, `~wrd`, `/regex/` | id, source, branch, commit, title or a label (`python=3.12`) has it |
/// | `run: branch: commit: title: label:` | that text has it |
/// | `failing`, `green`, `retried`, `incomplete` | so it ended, or a text has the word |
/// | `!term` | the term does not hold |
package struct RunFilter: Sendable, Equatable {
  /// The filter as it was written.
  package let text: String
  private let terms: [Term]

  private struct Term: Sendable {
    var isNegated: Bool
    var field: Field
    var match: TestFilter.Match
    /// How the run must have ended for the term to hold whatever its texts say.
    var ending: Ending?
  }

  private enum Field: String, Sendable, CaseIterable {
    case any = ""
    case run
    case branch
    case commit
    case title
    case label
  }

  private enum Ending: String, Sendable {
    case failing
    case green
    case retried
    case incomplete
  }

  /// Reads a filter; an empty text is the filter that every run satisfies.
  package init(parsing text: String) throws(FilterError) {
    var scanner = FilterScanner(text, fields: Field.allCases.map(\.rawValue).filter { !$0.isEmpty })
    var terms: [Term] = []
    while let isNegated = try scanner.nextTerm() {
      let field = try scanner.fieldName().flatMap { Field(rawValue: $0) } ?? .any
      let match = try scanner.match()
      let ending = field == .any ? scanner.lastWord.flatMap { Ending(rawValue: $0.lowercased()) } : nil
      terms.append(Term(isNegated: isNegated, field: field, match: match, ending: ending))
    }
    self.text = text
    self.terms = terms
  }

  package static func == (left: RunFilter, right: RunFilter) -> Bool { left.text == right.text }

  /// Whether a run satisfies every term.
  package func accepts(_ run: RunRecord) -> Bool {
    terms.allSatisfy { Self.holds($0, for: run) != $0.isNegated }
  }

  private static func holds(_ term: Term, for run: RunRecord) -> Bool {
    if let ending = term.ending, ended(run, ending) { return true }
    func has(_ text: String?) -> Bool { text.map { term.match.holds(for: $0) } ?? false }
    func hasLabel() -> Bool { run.labels.contains { has("\($0.key)=\($0.value)") } }
    return switch term.field {
    case .any:
      has(run.identity.id) || has(run.commitTitle) || has(run.commit) || has(run.branch) || has(run.identity.source)
        || hasLabel()
    case .run: has(run.identity.id)
    case .branch: has(run.branch)
    case .commit: has(run.commit)
    case .title: has(run.commitTitle)
    case .label: hasLabel()
    }
  }

  private static func ended(_ run: RunRecord, _ ending: Ending) -> Bool {
    switch ending {
    case .failing: run.counts.failing > 0
    case .green: run.isGreen
    case .retried: run.counts[.passedOnRetry] > 0
    case .incomplete: !run.isComplete
    }
  }
}
