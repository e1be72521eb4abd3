/// What makes two folders of artifacts the same run.
package struct RunIdentity: Hashable, Sendable {
  /// Where the run happened: the CI system and job, or the folder.
  package var source: String
  /// The run's id at its source.
  package var id: String
  /// The CI system's own attempt at the run, from 1.
  package var attempt: Int

  /// A run's identity.
  package init(source: String, id: String, attempt: Int = 1) {
    self.source = source
    self.id = id
    self.attempt = attempt
  }

  /// Whether somebody gave the run its id; without one a run is known by its moment or by its folder.
  func isGiven(startedAt: Timestamp?) -> Bool {
    let isMoment = startedAt.map { id.hasPrefix($0.description) } ?? id.hasPrefix("content-")
    return !isMoment && id != source
  }

  /// What people call the run: its id, or where it came from when nobody gave it one.
  package func name(startedAt: Timestamp?) -> String {
    (isGiven(startedAt: startedAt) ? "run \(id)" : source) + (attempt > 1 ? " attempt \(attempt)" : "")
  }
}

/// Whether a run's reports can be believed to hold all its tests.
package enum Completeness: Sendable, Equatable {
  case complete
  /// The job crashed, was cut, or left nothing; each reason is one clause in lower case.
  case incomplete(reasons: [String])

  /// Whether nothing is known to be missing.
  package var isComplete: Bool { self == .complete }

  /// Why the run is not complete; empty when it is.
  package var reasons: [String] {
    switch self {
    case .complete: []
    case .incomplete(let reasons): reasons
    }
  }
}

/// A file that came with a run and is no test report: a log, an image, a table.
package struct RunFile: Sendable, Equatable {
  /// What the file holds, as far as its name and first bytes tell.
  package enum Kind: String, Sendable, CaseIterable {
    case log
    case report
    case text
    case image
    case data
    case other
  }

  /// The path shown, relative to the run's folder.
  package var path: String
  /// What it holds.
  package var kind: Kind
  /// Bytes.
  package var size: Int
  /// Where the bytes lie on disk; archives are unpacked into the cache first.
  package var location: String

  /// A file of a run.
  package init(path: String, kind: Kind, size: Int, location: String) {
    self.path = path
    self.kind = kind
    self.size = size
    self.location = location
  }
}

/// A file of a run that looks like results of tests and was not read.
package struct UnreadFile: Sendable, Equatable {
  /// The path shown, relative to the run's folder; of many files of one account, their folder.
  package var path: String
  /// The name of its format, as people know it.
  package var format: String
  /// What it says of itself, as a clause (`says that 1 test failed`); nil when that cannot be told.
  package var claim: String?
  /// How many files there are.
  package var count = 1

  /// A file that was not read.
  package init(path: String, format: String, claim: String? = nil, count: Int = 1) {
    self.path = path
    self.format = format
    self.claim = claim
    self.count = count
  }
}

/// One execution of a test job at one commit: what is known of it besides its tests.
package struct RunInfo: Sendable, Equatable {
  /// What makes it this run.
  package var identity: RunIdentity
  /// The commit it ran at, as long as the source writes it.
  package var commit: String?
  /// The first line of the commit's message, when the repository has the commit.
  package var commitTitle: String?
  /// The branch it ran for.
  package var branch: String?
  /// When it began.
  package var startedAt: Timestamp?
  /// Its page at the CI service, where whoever brought it here says so.
  package var link: String?
  /// How long it took; nil when nothing tells.
  package var took: RunTime?
  /// What tells it from runs of the same job: shard, platform, python …
  package var labels: [String: String] = [:]
  /// The exit status of the test job, where something says it.
  package var exitCode: Int?
  /// Whether all its tests can be there.
  package var completeness = Completeness.complete
  /// Whether all its tests can be there as far as the run itself tells: what is kept of it, so that the history does
  /// not judge by its own judgement.
  package private(set) var ownCompleteness: Completeness?
  /// How many tests did not run because their file did not load, by the id of the failure that stands for the file.
  package private(set) var takenAlong: [String: Int] = [:]
  /// Why it holds a chosen part of the tests only (`-k smoke`); nil when all were to run, or nothing tells.
  package var selection: String?
  /// What was lost of its reports.
  package var partial: [Damage] = []
  /// Files that look like results of tests and were not read, where nothing that was read tells of the same tests.
  package var unread: [UnreadFile] = []
  /// Things that disagree or look wrong, a sentence each.
  package var warnings: [String] = []
  /// What else came with it, logs first.
  package var files: [RunFile] = []

  /// What people call the run.
  package var name: String { identity.name(startedAt: startedAt) }

  /// A run of which only the identity is known.
  package init(identity: RunIdentity) {
    self.identity = identity
  }

  /// Adds what the history says of tests that did not run.
  package mutating func note(shortfall: [String], takenAlong: [String: Int] = [:]) {
    self.takenAlong = takenAlong
    let own = ownCompleteness ?? completeness
    ownCompleteness = own
    completeness = .incomplete(reasons: shortfall + own.reasons)
  }
}

/// A run with its tests: what screens and commands work on.
package struct Run: Sendable {
  /// What is known besides the tests.
  package var info: RunInfo
  /// The tests.
  package var table: TestTable

  /// A run and its tests.
  package init(info: RunInfo, table: TestTable) {
    self.info = info
    self.table = table
  }

  /// The labels of a test's results: the run's, and those that tell its leg.
  package func labels(of test: TestIndex) -> [String: String] {
    info.labels.merging(table.labels(of: test)) { _, leg in leg }
  }

  /// Where a test failed in its project, else where it is defined; nil where the report says neither.
  package func location(of test: TestIndex) -> SourceLocation? {
    let failed = table.attempts(of: test).first { $0.outcome.isFailing }?.failures.first?.location
    let own = failed.flatMap { $0.isOfLibrary ? nil : $0 }?.inPackage(of: table.suiteName(table.suite(of: test)))
    return own ?? table.definition(of: test)
  }
}

/// A run among the open ones, as of one reading of the files: what is known of an older reading is told apart.
package struct RunRef: Hashable, Sendable {
  /// Where it stands among the open runs.
  package var index: Int
  /// The reading, which grows with every snapshot of the runs.
  package var revision: Int

  /// The run at an index of a reading.
  package init(_ index: Int, revision: Int) {
    self.index = index
    self.revision = revision
  }
}

/// What a report says once for all tests of one of its suites, kept where they begin: no test pays for it.
struct SuiteSpan: Sendable {
  /// The first test; the others follow it up to the next span's first.
  var firstTest: UInt32
  /// The place in the table's list of label sets.
  var labels: UInt32
  /// The names of the suites around the tests.
  var name = TextRef.empty
  /// The machine, browser or project the suite ran on.
  var host = TextRef.empty
  /// The file that the suite is about.
  var file = TextRef.empty

  /// Whether another span says the same of its tests, in the same texts.
  func saysTheSame(as other: SuiteSpan) -> Bool {
    labels == other.labels && name == other.name && host == other.host && file == other.file
  }
}

/// What tells a test from its namesakes in the same report.
struct NamesakeMark: Sendable {
  let test: UInt32
  /// What it is told apart by: suite, file, host; empty when nothing tells.
  let text: TextRef
  /// From 1: which one it is of those that have the same text.
  let number: UInt32
}

/// The command that runs tests again here, as people type it.
package enum RerunCommand {
  /// Tests that are named one by one; of more, their files are.
  private static let mostNamed = 5

  /// Files that a line can hold.
  private static let mostFiles = 20

  /// The command for tests by their ids, which must be safe to show; nil where the names do not tell the tool, or are
  /// too many for a line.
  package static func of(_ ids: [String]) -> String? {
    let files = ids.compactMap(file(of:))
    guard !ids.isEmpty, files.count == ids.count else { return nil }
    var seen: Set<String> = []
    let names = (ids.count > mostNamed ? files : ids).filter { seen.insert($0).inserted }
    if names.count > mostFiles { return nil }
    return "pytest " + names.map(quoted).joined(separator: " ")
  }

  /// The file of a pytest id; nil for other tools' ids.
  private static func file(of id: String) -> String? {
    id.firstRange(of: ".py::").map { String(id[..<$0.lowerBound]) + ".py" }
  }

  /// A word for a POSIX shell.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x2B, 0x2C, 0x40, 0x25].contains(byte)
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
