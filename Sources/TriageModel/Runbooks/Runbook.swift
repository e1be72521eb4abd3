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

  /// How old it is at a moment, by the day it was last found true, else by its last commit; nil where neither is known.
  package func age(at now: Timestamp, committed: Timestamp?) -> RunbookAge? {
    guard let day = reviewed ?? committed, day <= now else { return nil }
    let days = Int((now.milliseconds - day.milliseconds) / 86_400_000)
    return RunbookAge(days: days, day: day, isReviewed: reviewed != nil, isStale: days > reviewDays)
  }
}

/// How old a runbook's page is.
package struct RunbookAge: Sendable, Equatable {
  /// Days since then.
  package let days: Int
  /// The day it was last found true, else that of its last commit.
  package let day: Timestamp
  /// Whether somebody said that day that it is true, and did not only change it.
  package let isReviewed: Bool
  /// Whether that is longer ago than the page asks for.
  package let isStale: Bool

  /// `reviewed 12 days ago`, `last commit 12 days ago`.
  package var words: String {
    let ago = days == 0 ? "today" : "\(CountText.of(days, "day")) ago"
    return isReviewed ? "reviewed \(day.dayText), \(ago)" : "last commit \(day.dayText), \(ago), reviewed never"
  }
}
