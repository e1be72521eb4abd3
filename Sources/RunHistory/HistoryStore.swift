package import TriageModel

/// What each test did in all runs that were added, of all repositories of a person.
///
/// A repository goes by its origin's URL, else by its folder; nothing that is kept of one is seen in another. A run is
/// one for ever by its identity (source, id, attempt). Tests go by their stable names (`StableName`); a name that is
/// given is made stable first. Keys of runs and of tests hold in the store that gave them, as long as it keeps them.
///
/// Every implementation passes the tests that take a `StoreKind`.
package protocol HistoryStore: Sendable {
  // MARK: - Adding and forgetting

  /// Adds a run of a repository, or completes the one that is known: all of it or nothing.
  ///
  /// More attempts win, of as many the worse; a failure stays one unless the attempts that win tell of the pass that
  /// mended it. Which report came first changes nothing. `received` is now: where a run without a time stands.
  func add(_ content: RunContent, repository: String, received: Timestamp) throws(HistoryError) -> RunAdded

  /// Removes a repository's runs that began more than `days` before its newest run, and what only they told of.
  ///
  /// The days count back from the newest run: a repository that rests loses nothing. `isDryRun` only counts.
  func prune(_ repository: String, keepDays days: Int, isDryRun: Bool) throws(HistoryError) -> Pruned

  /// Gives the space of what was removed back, where that is worth it.
  func compact()

  /// Carries what was kept under keys of an older masking over to those of today's: results, texts, causes.
  ///
  /// `key` makes today's key of the text that was kept of a failure. A cause keeps the id that it had. Returns how many
  /// signatures were carried over; 0 on every opening but the first after an upgrade.
  func rekey(_ key: (String) -> SignatureKey) throws(HistoryError) -> Int

  /// Carries what is kept under keys over to others, as the store did that the runs are copied from, and remembers what
  /// became of each: results, texts, causes.
  func carry(_ keys: [SignatureKey: SignatureKey], in repository: String) throws(HistoryError)

  // MARK: - Runs

  /// All runs of a repository as they are now, by whichever process.
  func snapshot(of repository: String) throws(HistoryError) -> HistorySnapshot

  /// When a run was added that stands there for want of a time of its own, in milliseconds since 1970.
  func received(_ run: RunKey) throws(HistoryError) -> Int64?

  /// The tests of a run by their stable names, each with its leg, at most so many; other items are none.
  func tests(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [RunTest]

  /// The results of one run: each test's stable name and how it ended, in the order of the names.
  ///
  /// - Parameter isWhole: Whether legs are named with all their labels.
  func results(ofRun run: RunKey, isWhole: Bool) throws(HistoryError) -> [(test: String, result: ResultRecord)]

  /// Compares a run with an earlier one, test by test and leg by leg.
  ///
  /// - Parameters:
  ///   - limit: Tests of a fate that are named; of more, the earliest known, and the slowest of the slower.
  ///   - isWanted: Whether a test counts, by its stable name; all do without it.
  func compare(
    _ before: RunKey, _ after: RunKey, limit: Int, where isWanted: ((String) -> Bool)?
  ) throws(HistoryError) -> RunComparison

  // MARK: - Tests

  /// The names of a repository's tests that end in a text, else those that have it anywhere, letter case ignored;
  /// at most a hundred.
  func tests(fitting text: String, in repository: String) throws(HistoryError) -> [String]

  /// The keys of tests; nil for those that no run had.
  func keys(of tests: [String], in repository: String) throws(HistoryError) -> [TestKey?]

  /// Calls `body` with the index of each of some tests and what it did in the runs of a filter, oldest first; the tests
  /// come in any order, and those that are not known come with no results.
  ///
  /// Only a few hundred tests are in memory at a time: all failures of a run may be asked for.
  func eachSeries(
    of tests: [String], in repository: String, _ filter: HistoryFilter, _ body: (Int, TestSeries) -> Void
  ) throws(HistoryError)

  /// What a test did in one run, a result a leg; empty when it was not part of it.
  func results(of test: String, inRun run: RunKey, in repository: String) throws(HistoryError) -> [ResultRecord]

  /// The numbers that some items are known by in the runs of a filter, oldest first, in the order of the names; none for
  /// those that are not known or have no number.
  func measures(
    of items: [String], in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [[MeasureRecord]]

  /// The tests that failed or were retried in the runs of a filter, most such runs first, then by name.
  func unsteady(in repository: String, _ filter: HistoryFilter) throws(HistoryError) -> [UnsteadyTest]

  /// The results of one run that are of no tests, each with its kind, in no order.
  ///
  /// - Parameter isWhole: Whether legs are named with all their labels.
  func items(ofRun run: RunKey, isWhole: Bool) throws(HistoryError) -> [ItemRecord]

  // MARK: - Durations

  /// The seconds of all tests of each of some runs; a run of which no result tells is left out.
  func seconds(ofRuns runs: [RunKey]) throws(HistoryError) -> [RunKey: Double]

  /// The slowest tests of a run, each with the seconds of its slowest leg, the slowest first, then by name.
  func slowest(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [(test: String, seconds: Double)]

  // MARK: - Failures

  /// Which tests failed in each run of a repository; other items are none.
  ///
  /// - Parameter least: Where no run has so many failures, none is read.
  func failures(in repository: String, least: Int) throws(HistoryError) -> RunFailures

  /// When failures were seen in a repository, by signature.
  func spans(
    of signatures: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureSpan]

  /// What a failure of a signature said: its title and an example; nil when none was kept.
  func text(of signature: SignatureKey, in repository: String) throws(HistoryError) -> RunContent.SignatureText?

  /// What became of keys of an older masking.
  func rekeyed(_ keys: [SignatureKey], in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey]

  /// What became of every key of an older masking.
  func rekeyed(in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey]

  /// The causes that failures were of when they were first seen, by their keys.
  func causes(of keys: [SignatureKey], in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey]

  /// Remembers which cause each failure is of; what was remembered of one before stays.
  func remember(causes: [SignatureKey: SignatureKey], in repository: String) throws(HistoryError)

  // MARK: - Verdicts

  /// What the failures of some runs were called when they were judged first, run by run, by the tests' names.
  func verdicts(of runs: [RunKey]) throws(HistoryError) -> [KeptVerdict]
}

/// What a person looked at, which is nobody else's: it is kept on their machine, whoever keeps the runs.
package protocol LookStore: Sendable {
  /// What a person looked at last of a job of a repository; nil when nothing was ever looked at.
  ///
  /// - Parameter job: What tells jobs apart: the branch and the labels.
  func lastLook(of repository: String, job: String) throws(HistoryError) -> LastLook?

  /// Remembers what a person looked at of a job, in place of what was remembered; it outlives the run.
  func setLastLook(_ look: LastLook, of repository: String, job: String) throws(HistoryError)
}

extension HistoryStore {
  /// The runs of a repository that a filter lets through, newest first.
  package func runs(of repository: String, _ filter: HistoryFilter = .init()) throws(HistoryError) -> [RunRecord] {
    try snapshot(of: repository).runs(filter)
  }

  /// The run of an identity; nil when it was never added.
  package func run(_ identity: RunIdentity, of repository: String) throws(HistoryError) -> RunRecord? {
    try snapshot(of: repository).runs.first { $0.identity == identity }
  }

  /// What one test did in the runs of a filter, oldest first; empty for a test that is not known.
  package func series(
    of test: String, in repository: String, _ filter: HistoryFilter = .init()
  ) throws(HistoryError) -> TestSeries {
    try series(of: [test], in: repository, filter).first ?? TestSeries(test: StableName.of(test), results: [])
  }

  /// What each of some tests did in the runs of a filter, in the order of the names, oldest result first.
  package func series(
    of tests: [String], in repository: String, _ filter: HistoryFilter = .init()
  ) throws(HistoryError) -> [TestSeries] {
    var all = tests.map { TestSeries(test: $0, results: []) }
    try eachSeries(of: tests, in: repository, filter) { all[$0] = $1 }
    return all
  }

  /// Compares a run with an earlier one, test by test and leg by leg; see `compare(_:_:limit:where:)`.
  package func compare(
    _ before: RunKey, _ after: RunKey, limit: Int = RunComparison.most
  ) throws(HistoryError) -> RunComparison {
    try compare(before, after, limit: limit, where: nil)
  }
}

/// Why the history could not be used. The text fits `could not {open the history}: {error}`.
package enum HistoryError: Error, Equatable, CustomStringConvertible {
  /// The store was written by a later version of the program; nothing was touched.
  case newer(found: Int, known: Int)
  /// The path cannot be written.
  case readOnly(String)
  /// The disk has no room.
  case diskFull
  /// The disk refused to read or write, as it does where files may not grow further.
  case disk(String)
  /// Another process kept the store busy for longer than the program waits.
  case busy
  /// The file is no database, or a damaged one, and could not be set aside either.
  case damaged(String)
  /// The server of a shared history cannot be reached, or no more: its name, and why.
  case unreachable(String, String)
  /// A line of an import does not read; counted from 1.
  case line(Int, String)
  /// What else the store said.
  case system(String)

  package var description: String {
    switch self {
    case .newer(let found, let known):
      "it was written by a newer assay (schema \(found), this one knows \(known)); nothing was changed"
    case .readOnly(let path): "\(path) cannot be written"
    case .diskFull: "the disk is full"
    case .disk(let words): "the disk refused (is it full, or are files not allowed to grow?): \(words)"
    case .busy: "another process is writing to it"
    case .damaged(let words): "it is damaged: \(words)"
    case .unreachable(let host, let words): "\(host): \(words)"
    case .line(let number, let words): "line \(number): \(words)"
    case .system(let words): words
    }
  }
}
