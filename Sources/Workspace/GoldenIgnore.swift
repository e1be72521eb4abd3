package import SafeText

/// Rules of `goldens: - ignore:`: what is set aside when goldens are compared.
package struct GoldenIgnore: Sendable, Equatable {
  /// The goldens that are meant, relative to the repository; nil for all.
  package var expected: Glob?
  /// What is set aside in them.
  package var rules: [IgnoreRule]

  /// Rules for goldens.
  package init(expected: Glob? = nil, rules: [IgnoreRule]) {
    self.expected = expected
    self.rules = rules
  }
}

extension [GoldenIgnore] {
  /// The rules for a golden.
  package func rules(for path: String) -> [IgnoreRule] {
    flatMap { $0.expected?.matches(path) ?? true ? $0.rules : [] }
  }
}
