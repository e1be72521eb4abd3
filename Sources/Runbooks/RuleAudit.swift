package import TriageModel

/// Finds rules that hold of nothing, or of everything, among the tests and failures that were seen.
package struct RuleAudit: Sendable {
  /// A rule with its page.
  package struct Remark: Sendable, Equatable {
    /// What is wrong with a rule.
    package enum Kind: String, MachineWord, Sendable {
      /// It fits no test that was seen, or no text that any failure ever had.
      case dead
      /// It fits tests, and what it asks of a failure was not seen; without a history that says little.
      case unseen
      /// It holds of every failure.
      case everything
    }

    /// The page's path.
    package let path: String
    /// The rule.
    package let rule: RunbookRule
    /// What is wrong.
    package let kind: Kind
  }

  private struct Seen {
    var fitsTest = false
    var isHeld = false
    var fitsText = false
  }

  private let paths: [String]
  private let matchers: [RuleMatcher]
  private var seen: [Seen]
  private var knowsTexts = false

  /// Begins with the rules of some pages, of which nothing was seen yet.
  package init(_ index: RunbookIndex) {
    (paths, matchers) = index.allRules
    seen = matchers.map { _ in Seen() }
  }

  /// Whether each rule fits a test that was seen.
  package var hasSeenAllTests: Bool { seen.allSatisfy(\.fitsTest) }

  /// Takes a test; one that failed with what it said.
  package mutating func take(_ facts: RuleSubject, isFailure: Bool) {
    for (place, matcher) in matchers.enumerated() {
      if !seen[place].fitsTest, matcher.fitsTest(facts) { seen[place].fitsTest = true }
      if isFailure, !seen[place].isHeld, matcher.specificity(for: facts) != nil { seen[place].isHeld = true }
    }
  }

  /// Takes what a failure of the history said; once this was called, texts that no rule fits were never seen.
  package mutating func take(text: [UInt8], _ key: SignatureKey) {
    knowsTexts = true
    for (place, matcher) in matchers.enumerated() where !seen[place].fitsText {
      if matcher.fitsText(text, key) { seen[place].fitsText = true }
    }
  }

  /// What is wrong with the rules, in the order of the pages.
  package var remarks: [Remark] {
    var remarks: [Remark] = []
    for (place, matcher) in matchers.enumerated() {
      let seen = seen[place]
      let kind: Remark.Kind?
      if matcher.holdsOfEverything {
        kind = .everything
      } else if seen.isHeld {
        kind = nil
      } else if !seen.fitsTest {
        kind = .dead
      } else if !matcher.asksOfFailure || seen.fitsText {
        kind = nil
      } else {
        kind = knowsTexts ? .dead : .unseen
      }
      if let kind { remarks.append(Remark(path: paths[place], rule: matcher.rule, kind: kind)) }
    }
    return remarks
  }
}
