/// How much a failure wants a person, as a rule or a runbook says.
package enum Severity: String, MachineWord, Sendable, CaseIterable {
  /// Somebody is woken: it blocks a release.
  case page
  /// Somebody gets a ticket; nothing is stopped.
  case ticket
  /// Nobody is told.
  case ignore
}

/// What the gate does with failures of one cause.
package struct GateLine: Sendable, Equatable {
  /// Why they stop the release or do not, what stops it first.
  package enum Ruling: String, MachineWord, Sendable, CaseIterable {
    /// A rule says that it pages.
    case page
    /// No rule names it.
    case fail
    /// A rule says that a ticket will do.
    case ticket
    /// It was so before, in the same way, and only what is new fails the gate.
    case known
    /// A time of maintenance covers it.
    case maintenance
    /// A mute covers it.
    case muted
    /// A rule says that it does not matter.
    case ignore
    /// It passed at another try.
    case retried = "passed on retry"

    /// Whether the release stops.
    package var stops: Bool { self == .page || self == .fail }
  }

  /// A test of the cause.
  package struct Test: Sendable, Equatable {
    /// Its id.
    package var id: String
    /// Where it failed, relative to the repository; nil when nothing tells.
    package var location: SourceLocation?

    /// A test.
    package init(id: String, location: SourceLocation?) {
      self.id = id
      self.location = location
    }
  }

  /// What is done.
  package var ruling: Ruling
  /// The key of the cause; empty for failures that said nothing.
  package var cause: String
  /// The cause in one line.
  package var title: String
  /// Why the ruling is what it is, as a clause.
  package var why: String
  /// The tests.
  package var tests: [Test] = []
  /// What the history says; nil when it says nothing.
  package var verdict: Verdict.Label?
  /// The run that it is broken since, as people call it.
  package var since: String?
  /// Who owns it.
  package var owner: String?
  /// The runbook's page, relative to the repository, and its title.
  package var runbook: (path: String, title: String)?
  /// The ticket that it is known by.
  package var ticket: String?

  /// A line without tests.
  package init(_ ruling: Ruling, cause: String, title: String, why: String) {
    self.ruling = ruling
    self.cause = cause
    self.title = title
    self.why = why
  }

  package static func == (left: GateLine, right: GateLine) -> Bool {
    left.ruling == right.ruling && left.cause == right.cause && left.title == right.title && left.why == right.why
      && left.tests == right.tests && left.verdict == right.verdict && left.since == right.since
      && left.owner == right.owner && left.runbook?.path == right.runbook?.path && left.ticket == right.ticket
  }

  /// The command that runs its tests again; nil where their names do not tell the tool.
  package var reproduce: String? { RerunCommand.of(tests.map(\.id)) }
}

/// The answer of the gate.
package struct GateAnswer: Sendable, Equatable {
  /// A run that was judged.
  package struct JudgedRun: Sendable, Equatable {
    /// What people call it.
    package var name: String
    /// Its tests.
    package var tests: Int
    /// Its other items.
    package var items: Int
    /// Those that fail, of both.
    package var failing: Int
    /// Why it cannot be believed, a clause each; empty when it is whole.
    package var incomplete: [String]

    /// A run.
    package init(name: String, tests: Int, items: Int = 0, failing: Int, incomplete: [String]) {
      self.name = name
      self.tests = tests
      self.items = items
      self.failing = failing
      self.incomplete = incomplete
    }
  }

  /// The runs, newest first.
  package var runs: [JudgedRun] = []
  /// What is done with their failures, what stops the release first.
  package var lines: [GateLine] = []
  /// What could not be read, or is not judged, a sentence each.
  package var problems: [String] = []

  /// Nothing was judged.
  package init() {}

  /// Whether a failure stops the release.
  package var stops: Bool { lines.contains { $0.ruling.stops } }
  /// Whether it cannot be known that nothing fails.
  package var isPartial: Bool { runs.allSatisfy { $0.tests == 0 } || runs.contains { !$0.incomplete.isEmpty } }

  /// How many tests have a ruling.
  package func count(_ ruling: GateLine.Ruling) -> Int {
    lines.reduce(0) { $0 + ($1.ruling == ruling ? $1.tests.count : 0) }
  }
}
