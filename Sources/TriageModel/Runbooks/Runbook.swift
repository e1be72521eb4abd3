/// A Markdown page of the repository that says what to do about some failures: its front matter, and its text.
package struct Runbook: Sendable, Equatable {
  /// Days after which a page wants to be read again, where it does not say so itself.
  package static let standardReviewDays = 365

  /// The file, relative to the repository.
  package var path: String
  /// What it is called.
  package var title: String
  /// Which failures it is for: those of which one rule holds.
  package var rules: [RunbookRule] = []
  /// How urgent these failures are; nil where it does not say.
  package var severity: Severity?
  /// Who keeps it up to date, or is to be asked.
  package var owner: String?
  /// The day it was last found true; nil where it does not say.
  package var reviewed: Timestamp?
  /// Days after which it wants to be read again.
  package var reviewDays = Runbook.standardReviewDays
  /// The text, in Markdown, without the front matter.
  package var body = ""
  /// The line of the file that the text begins on, from 1.
  package var bodyLine = 1
  /// What is wrong with it, a sentence each, with file and line.
  package var problems: [String] = []

  /// A page that says nothing yet.
  package init(path: String, title: String) {
    self.path = path
    self.title = title
  }

  /// Days since it was last found true; nil where it does not say, or says a day to come.
  package func age(at now: Timestamp) -> Int? {
    guard let reviewed, reviewed <= now else { return nil }
    return Int((now.milliseconds - reviewed.milliseconds) / 86_400_000)
  }

  /// Whether it was last found true longer ago than it asks for.
  package func isStale(at now: Timestamp) -> Bool { age(at: now).map { $0 > reviewDays } ?? false }
}
