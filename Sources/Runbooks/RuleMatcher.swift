internal import SafeText
package import TriageModel

/// A rule of a runbook, ready to be asked about failures.
package struct RuleMatcher: Sendable {
  /// The rule as it was written.
  let rule: RunbookRule
  private let conditions: [Condition]

  private struct Condition: Sendable {
    let field: RunbookRule.Field
    let answers: [Answer]
  }

  private enum Answer: Sendable {
    case test(TestPattern)
    case message(Pattern)
    case signature(SignatureKey)
    case verdict(Verdict.Label)
    case path(Glob)
    case word(String)
  }

  /// A rule that is understood whole.
  package init(_ rule: RunbookRule) throws(RuleError) {
    self.rule = rule
    var conditions: [Condition] = []
    for condition in rule.conditions {
      var answers: [Answer] = []
      for value in condition.values { answers.append(try Self.answer(value, condition)) }
      conditions.append(Condition(field: condition.field, answers: answers))
    }
    self.conditions = conditions
  }

  private static func answer(
    _ value: String, _ condition: RunbookRule.Condition
  ) throws(RuleError) -> Answer {
    func wrong(_ words: String) -> RuleError {
      RuleError(line: condition.line, key: condition.field.word, words: words)
    }
    switch condition.field {
    case .test: return .test(TestPattern(value))
    case .path: return .path(Glob(ownersPattern: value))
    case .message:
      do throws(PatternError) { return .message(try Pattern(value)) } catch { throw wrong("a pattern; \(error)") }
    case .signature:
      guard let key = SignatureKey(text: value) else { throw wrong("a key of 16 digits and letters a to f") }
      return .signature(key)
    case .verdict:
      guard let label = Verdict.Label(word: value) else {
        throw wrong("one of " + Verdict.Label.allCases.map(\.word).joined(separator: ", "))
      }
      return .verdict(label)
    case .kind:
      // Reports bring kinds of their own; one that nothing is of is a dead rule, which the check of runbooks finds.
      let word = value.lowercased()
      guard !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D }) else {
        throw wrong("a kind: test, suite, golden, or that of another item, as mutant")
      }
      return .word(word)
    case .marker, .label: return .word(value)
    }
  }

  // MARK: - Asking

  /// Whether the rule holds of a failure.
  package func holds(of facts: RuleSubject) -> Bool { specificity(for: facts) != nil }

  /// How specific the rule is of a failure; nil when it does not hold.
  func specificity(for facts: RuleSubject) -> Specificity? {
    var specificity = Specificity()
    for condition in conditions {
      // Of several answers that fit, the most specific one counts.
      let held = condition.answers.filter { Self.holds($0, condition.field, facts) }
      guard let best = held.map({ Self.specificity(of: $0, condition.field) }).max() else { return nil }
      specificity.add(best)
    }
    return specificity
  }

  private static func holds(_ answer: Answer, _ field: RunbookRule.Field, _ facts: RuleSubject) -> Bool {
    switch answer {
    case .test(let pattern): pattern.matches(facts.id)
    case .message(let pattern): facts.texts.contains { text in text.withUnsafeBytes { pattern.matches($0) } }
    case .signature(let key): facts.signature == key
    case .verdict(let label): facts.verdict == label
    case .path(let glob): facts.paths.contains { glob.matches($0) }
    case .word(let word):
      switch field {
      case .kind: facts.kinds.contains(word)
      case .marker: facts.markers.contains(word)
      case .label: facts.hasLabel(word)
      case .test, .message, .signature, .verdict, .path: false
      }
    }
  }

  private static func specificity(of answer: Answer, _ field: RunbookRule.Field) -> Specificity {
    switch answer {
    case .signature: Specificity(.signature, letters: 16)
    case .message(let pattern): Specificity(.message, letters: pattern.source.utf8.count)
    case .test(let pattern): Specificity(pattern.isGlob ? .pattern : .test, letters: Self.letters(in: pattern.source))
    case .path(let glob): Specificity(.pattern, letters: Self.letters(in: glob.source))
    case .word(let word): Specificity(field == .kind ? .verdict : .label, letters: word.utf8.count)
    case .verdict(let label): Specificity(.verdict, letters: label.word.utf8.count)
    }
  }

  private static func letters(in pattern: String) -> Int { pattern.count { $0 != "*" && $0 != "?" } }

  // MARK: - Judging the rule itself

  /// Failures that nobody has: a rule that holds of all of them holds of everything.
  private static let improbable: [RuleSubject] = [
    ("zq7/Wj::k_1[v x]", "9vQ~\nzz7"), ("Kx", ""), ("p.q.R-5 | ü", "␀ j8\u{3000}_"),
  ].map { id, text in
    var facts = RuleSubject(id: id)
    facts.texts = [Array(text.utf8)]
    facts.paths = [id]
    return facts
  }

  /// Whether it holds of every failure, or nearly.
  var holdsOfEverything: Bool {
    Self.improbable.allSatisfy { facts in
      conditions.allSatisfy { condition in
        switch condition.field {
        case .test, .message, .path: condition.answers.contains { Self.holds($0, condition.field, facts) }
        // Any failure is of a test or of a suite.
        case .kind:
          Set(condition.answers.map { if case .word(let word) = $0 { word } else { "" } }).isSuperset(of: [
            "test", "suite",
          ])
        case .verdict: condition.answers.count > 7
        case .signature, .marker, .label: false
        }
      }
    }
  }

  /// Whether it asks for a marker.
  var asksForMarker: Bool { rule.conditions.contains { $0.field == .marker } }

  /// Whether it asks for something that only a failure says, so that a run without failures tells nothing of it.
  var asksOfFailure: Bool {
    rule.conditions.contains { [.message, .signature, .verdict, .kind].contains($0.field) }
  }

  /// Whether what it asks of the test alone holds.
  func fitsTest(_ facts: RuleSubject) -> Bool {
    conditions.allSatisfy { condition in
      switch condition.field {
      case .test, .path, .marker, .label: condition.answers.contains { Self.holds($0, condition.field, facts) }
      case .message, .signature, .verdict, .kind: true
      }
    }
  }

  /// Whether what it asks of a failure's text holds of a text that was seen before.
  func fitsText(_ text: [UInt8], _ key: SignatureKey) -> Bool {
    conditions.allSatisfy { condition in
      condition.answers.contains { answer in
        switch answer {
        case .message(let pattern): text.withUnsafeBytes { pattern.matches($0) }
        case .signature(let own): own == key
        case .test, .path, .verdict, .word: true
        }
      }
    }
  }
}

extension RuleSubject {
  /// Whether it has a label, written as `name=value`.
  fileprivate func hasLabel(_ words: String) -> Bool {
    guard let equals = words.firstIndex(of: "=") else { return false }
    return labels[String(words[..<equals])].map { $0 == words[words.index(after: equals)...] } ?? false
  }
}
