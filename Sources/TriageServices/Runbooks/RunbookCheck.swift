internal import Runbooks
package import RunHistory
internal import TriageModel

/// What is wrong with the runbooks of a repository: what `assay runbook --check` says.
package struct RunbookCheck: Sendable {
  /// One thing that is wrong, or that is worth a look.
  package struct Finding: Sendable, Equatable {
    /// What it is.
    package enum Kind: String, MachineWord, Sendable {
      /// A file or a front matter cannot be read, or not all of it.
      case unreadable
      /// A failure has no page.
      case noRunbook = "no runbook"
      /// A rule fits no test, or a text that no failure ever had.
      case deadRule = "dead rule"
      /// A rule that holds of every failure.
      case matchesEverything = "matches everything"
      /// A link leads nowhere, or may not be followed.
      case deadLink = "dead link"
      /// A page was last found true longer ago than it asks for.
      case stale
      /// A rule was not seen to hold, and it could not have been: without a history, or where no report tells of markers.
      case unseenRule = "unseen rule"

      /// Whether it makes the check fail.
      package var isWrong: Bool {
        switch self {
        case .unreadable, .noRunbook, .deadRule, .matchesEverything, .deadLink: true
        case .stale, .unseenRule: false
        }
      }
    }

    /// What it is.
    package let kind: Kind
    /// The page or the test it is about; nil where the words say it.
    package let subject: String?
    /// The line of the page, from 1.
    package let line: Int?
    /// What is wrong, in words.
    package let words: String
  }

  /// What was found, the worst first.
  package private(set) var findings: [Finding] = []
  /// Pages that were read.
  package let pages: Int
  /// Failures that were looked at.
  package private(set) var failures = 0

  /// Whether anything is wrong.
  package var isWrong: Bool { findings.contains { $0.kind.isWrong } }

  /// Checks the pages of a library against runs and the history.
  ///
  /// - Parameter history: Tells which texts failures ever had; nil where none is kept.
  package init(
    _ library: RunbookLibrary, _ dossiers: [RunDossier], history: HistoryService?
  ) throws(HistoryError) {
    let index = library.index
    pages = index.pages.count
    for problem in index.problems { note(.unreadable, problem) }
    for page in index.pages { add(page, library) }
    var audit = RuleAudit(index)
    for dossier in dossiers { take(dossier, index, library, &audit) }
    for (key, text) in try history?.failureTexts() ?? [] { audit.take(text: text, key) }
    for remark in audit.remarks { add(remark, hasRuns: !dossiers.isEmpty) }
    findings.sort { Self.order($0) < Self.order($1) }
  }

  private mutating func add(_ page: Runbook, _ library: RunbookLibrary) {
    for problem in page.problems { note(.unreadable, problem) }
    for (link, line, reason) in library.badLinks(of: page) {
      note(.deadLink, "\(link.destination): \(reason)", in: page.path, line: line)
    }
    if let age = library.age(of: page), age.isStale {
      note(.stale, "\(age.words), and wants a review every \(page.reviewDays) days", in: page.path)
    }
  }

  /// Looks at the tests of a run: at all of them only as long as some rule has found none.
  private mutating func take(
    _ dossier: RunDossier, _ index: RunbookIndex, _ library: RunbookLibrary, _ audit: inout RuleAudit
  ) {
    let table = dossier.run.table
    var lacking: Set<String> = []
    for place in 0..<table.count {
      let test = TestIndex(place)
      let isFailing = table.outcome(of: test).isFailing
      guard isFailing || table.isOfNote(test) || !audit.hasSeenAllTests else { continue }
      let facts = library.facts(of: test, in: dossier)
      audit.take(facts, isFailure: table.isOfNote(test))
      guard isFailing else { continue }
      failures += 1
      guard index.pages(for: facts).allSatisfy(\.holdsOfEverything), lacking.insert(facts.id).inserted else { continue }
      note(.noRunbook, "in \(dossier.run.info.name)", in: facts.id)
    }
  }

  private mutating func add(_ remark: RuleAudit.Remark, hasRuns: Bool) {
    switch remark.kind {
    // Without a run nothing can be said of tests.
    case .dead where hasRuns: note(.deadRule, remark.rule.words, in: remark.path, line: remark.rule.line)
    case .unseen where hasRuns: note(.unseenRule, remark.rule.words, in: remark.path, line: remark.rule.line)
    case .everything: note(.matchesEverything, remark.rule.words, in: remark.path, line: remark.rule.line)
    case .dead, .unseen: break
    }
  }

  private mutating func note(_ kind: Finding.Kind, _ words: String, in subject: String? = nil, line: Int? = nil) {
    findings.append(Finding(kind: kind, subject: subject, line: line, words: words))
  }

  private static func order(_ finding: Finding) -> (Int, String, Int) {
    (Finding.Kind.allCases.firstIndex(of: finding.kind) ?? 0, finding.subject ?? "", finding.line ?? 0)
  }
}
