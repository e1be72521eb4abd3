/// How far a rerun has come, for a list of jobs and for a line of progress.
package struct RerunSnapshot: Sendable, Equatable {
  /// How it stands.
  package enum State: Sendable, Equatable {
    case running
    case finished
    case cancelled
    /// It could not go on: why, as a sentence.
    case failed(String)
  }

  /// One test of it.
  package struct Row: Sendable, Equatable {
    /// The test, by the name its report gives it.
    package var id: String
    /// What its attempts came to.
    package var counts = RerunCounts()
    /// That in words.
    package var sentence = ""
    /// What it printed only where it failed, then what only where it passed.
    package var ownLines: [OwnLine] = []

    /// A test without attempts.
    package init(id: String) { self.id = id }
  }

  /// A line that attempts of one kind printed, and none of the other.
  package struct OwnLine: Sendable, Equatable {
    /// Whether failing attempts printed it.
    package var isOfFailing: Bool
    /// The line, as the first of them printed it, safe to show.
    package var text: String
    /// In how many attempts.
    package var attempts: Int
    /// Of how many of the kind.
    package var of: Int

    /// A line.
    package init(isOfFailing: Bool, text: String, attempts: Int, of: Int) {
      self.isOfFailing = isOfFailing
      self.text = text
      self.attempts = attempts
      self.of = of
    }

    /// `only failing attempts (3 of 3)`.
    package var words: String { "only \(isOfFailing ? "failing" : "passing") attempts (\(attempts) of \(of))" }
  }

  /// The name of the rerun: of its folder, and of its runs in the history.
  package var id: String
  /// How it stands.
  package var state = State.running
  /// Whether its rows are jobs that run at their CI service, and not tests that processes run here.
  package var isElsewhere = false
  /// The tests.
  package var rows: [Row] = []
  /// Processes that have ended.
  package var ended = 0
  /// Processes that are running.
  package var running = 0
  /// Processes that will have run at most.
  package var most = 0
  /// When it began.
  package var began: Timestamp?
  /// Seconds since then, as of this snapshot.
  package var elapsed = 0.0
  /// Seconds that it takes at most by what the tests took before; nil where that is not known.
  package var expected: Double?
  /// The file with the output of the process that was started last.
  package var output: String?
  /// The folder that holds what its attempts left.
  package var folder: String?
  /// What a person should know, a sentence each.
  package var warnings: [String] = []

  /// A rerun that begins.
  package init(id: String) { self.id = id }

  /// Tests that failed at least once.
  package var failing: Int { rows.count { $0.counts.failed > 0 } }
  /// Tests of which no attempt tells anything.
  package var untold: Int { rows.count { $0.counts.told == 0 } }
}
