import TriageModel

/// Chooses golden changes: words in path or test, `drift:noise state:stale kind:csv test:… recovery:…`, `!term`.
struct GoldenFilter: Equatable {
  private enum Field: String, CaseIterable {
    case drift
    case state
    case kind
    case test
    case path
    case recovery
    case convention
  }

  private struct Term: Equatable {
    var field: Field?
    var text: String
    var isNegated: Bool
  }

  private let terms: [Term]
  /// What is wrong with the filter, as a sentence.
  let problem: String?

  init(_ text: String) {
    var terms: [Term] = []
    var problem: String?
    for word in text.lowercased().split(separator: " ") {
      let isNegated = word.hasPrefix("!")
      let body = isNegated ? word.dropFirst() : word
      guard !body.isEmpty else { continue }
      let parts = body.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, !parts[1].hasPrefix(":") {
        if let field = Field(rawValue: String(parts[0])) {
          terms.append(Term(field: field, text: Self.joined(String(parts[1])), isNegated: isNegated))
          continue
        }
        let known = Field.allCases.map(\.rawValue).joined(separator: ", ")
        problem = "there is no “\(parts[0]):”; there are \(known)"
      }
      terms.append(Term(field: nil, text: String(body), isNegated: isNegated))
    }
    self.terms = terms
    self.problem = problem
  }

  func holds(for change: GoldenChange) -> Bool {
    terms.allSatisfy { term in holds(term, for: change) != term.isNegated }
  }

  private func holds(_ term: Term, for change: GoldenChange) -> Bool {
    switch term.field {
    case nil: Self.contains(change.id, term.text) || Self.contains(change.test, term.text)
    case .drift:
      Self.contains(change.drift?.kind.rawValue ?? "unknown", term.text)
        || Self.contains(change.drift?.kind.title ?? "", term.text)
    case .state: Self.contains(change.state.rawValue, term.text)
    case .kind: Self.contains(change.kind, term.text)
    case .test: Self.contains(change.test, term.text)
    case .path: Self.contains(change.id, term.text)
    case .recovery: Self.contains(change.recovery.name, term.text)
    case .convention: Self.contains(change.convention, term.text)
    }
  }

  private static func contains(_ text: String, _ needle: String) -> Bool {
    text.lowercased().contains(needle) || joined(text.lowercased()).contains(needle)
  }

  /// A word that is typed cannot hold blanks: `within-tolerance` means `within tolerance`.
  private static func joined(_ text: String) -> String { String(text.map { $0 == " " ? "-" : $0 }) }
}
