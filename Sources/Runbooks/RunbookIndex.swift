package import TriageModel

/// The runbooks of a repository, ready to be found for failures.
package struct RunbookIndex: Sendable {
  /// The pages, by their path; what is wrong with their rules stands among their problems.
  package private(set) var pages: [Runbook]
  /// What could not be read, a sentence each.
  package let problems: [String]
  private var rules: [[RuleMatcher]] = []

  /// A page that was found for a failure.
  package struct Found: Sendable, Equatable {
    /// The page.
    package let page: Runbook
    /// The most specific rule that holds.
    package let rule: RunbookRule
    /// How specific it is.
    package let specificity: Specificity
    /// How often the page helped with this failure before.
    package let helped: Int
    /// Whether its rule holds of every failure, so that it says nothing of this one.
    package let holdsOfEverything: Bool
  }

  /// No pages.
  package static let empty = RunbookIndex([], problems: [])

  /// An index of pages.
  package init(_ pages: [Runbook], problems: [String]) {
    self.problems = problems
    self.pages = pages
    for place in pages.indices {
      var matchers: [RuleMatcher] = []
      for rule in pages[place].rules {
        do throws(RuleError) {
          matchers.append(try RuleMatcher(rule))
        } catch {
          self.pages[place].problems.append("\(pages[place].path):\(error)")
        }
      }
      rules.append(matchers)
    }
  }

  /// All rules that can be asked, each with the path of its page.
  var allRules: (paths: [String], matchers: [RuleMatcher]) {
    let pairs = zip(pages, rules).flatMap { page, matchers in matchers.map { (page.path, $0) } }
    return (pairs.map(\.0), pairs.map(\.1))
  }

  /// The page of a path.
  package func page(_ path: String) -> Runbook? { pages.first { $0.path == path } }

  /// The pages for a failure: the most specific rule first, then what helped before, then by path.
  ///
  /// - Parameter helped: How often a page, by its path, helped with this failure before.
  package func pages(for facts: RuleSubject, helped: (String) -> Int = { _ in 0 }) -> [Found] {
    var found: [Found] = []
    for (page, matchers) in zip(pages, rules) {
      let held = matchers.compactMap { matcher in matcher.specificity(for: facts).map { (matcher, $0) } }
      guard let best = held.max(by: { $0.1 < $1.1 }) else { continue }
      found.append(
        Found(
          page: page, rule: best.0.rule, specificity: best.1, helped: helped(page.path),
          holdsOfEverything: held.allSatisfy { $0.0.holdsOfEverything }))
    }
    return found.sorted { left, right in
      if left.holdsOfEverything != right.holdsOfEverything { return right.holdsOfEverything }
      if left.specificity != right.specificity { return left.specificity > right.specificity }
      if left.helped != right.helped { return left.helped > right.helped }
      return left.page.path < right.page.path
    }
  }
}

extension [RunbookIndex.Found] {
  /// How urgent the failure is that these pages were found for: what the most specific page says that says anything, of
  /// several as specific the strictest; nil where none says.
  ///
  /// A rule that holds of everything cannot make failures be ignored: it says nothing of any one of them.
  package var severity: Severity? {
    let saying = filter { $0.page.severity != nil && !($0.holdsOfEverything && $0.page.severity == .ignore) }
    guard let first = saying.first else { return nil }
    let equals = saying.filter {
      $0.specificity == first.specificity && $0.holdsOfEverything == first.holdsOfEverything
    }
    // The strictest comes first among all.
    return Severity.allCases.first { severity in equals.contains { $0.page.severity == severity } }
  }
}
