/// What a person writes with a runbook while they work on a failure.
package enum RunbookMark: Sendable, Equatable, Hashable {
  /// A step was done, or was not done after all: its page and its text.
  case tick(page: String, text: String)
  /// The page helped.
  case helped(page: String)
  /// A page of its own is made for the failure.
  case start
}

extension [Note] {
  /// The newest tick of each step of a page, by the step's text.
  package func ticks(in page: String) -> [String: Note] {
    reduce(into: [:]) { ticks, note in
      if note.kind == .tick, note.runbook == page { ticks[note.text] = note }
    }
  }

  /// How often a page helped.
  package func helped(_ page: String) -> Int { count { $0.kind == .helped && $0.runbook == page } }
}
