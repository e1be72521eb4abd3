package import FailureAnalysis
internal import Foundation
package import RunHistory
package import TriageModel
package import Workspace

/// Opens a person's history; nil where there is none.
package typealias HistoryOpening = @Sendable () throws(HistoryError) -> HistoryService?

/// Opens the person's history and feeds it: where loaded runs and the store meet.
package struct HistoryService: Sendable {
  /// The store.
  package let store: any HistoryStore
  /// What the person looked at; nil where nothing can be kept of it.
  let looks: (any LookStore)?
  /// Where the store lies.
  let place: HistoryPlace
  /// Why nothing can be added; nil when it can.
  package let refusal: HistoryError?
  /// The name that this repository's runs are kept under.
  package private(set) var repository: String
  /// The figures that every verdict hangs on.
  package var thresholds = Thresholds.standard
  /// Which failures are the infrastructure's.
  package var infraRules = InfraRules()
  /// How far metrics may move from run to run.
  package var metricRules: [MetricRule] = []
  let environment: [String: String]
  /// When the commits of the repository were made; nil outside of one.
  let commitTimes: CommitTimes?
  /// What opening had to say, as a sentence.
  package private(set) var notice: String?

  /// Opens the history of a person for a repository; outside of one, the current folder stands for it.
  ///
  /// - Parameter store: The address of a history that the team shares, as the configuration has it.
  package init(
    _ repository: Repository?, directories: Directories, environment: [String: String], store address: String? = nil
  ) throws(HistoryError) {
    place = HistoryPlace(directories: directories, environment: environment, address: address)
    let opened = try place.open()
    store = opened.store
    looks = opened.looks
    refusal = opened.refusal
    notice = opened.notice
    self.repository = RepositoryName.of(repository, environment: environment)
    self.environment = environment
    commitTimes = repository.map { CommitTimes(root: $0.root, environment: environment) }
    var maker = SignatureMaker()
    let carried = try store.rekey { maker.key(ofKept: $0) }
    if carried > 0 {
      notice =
        "failures are told apart more finely now; \(CountText.of(carried, "known text")) carried over, and what "
        + "cannot be told from its kept text reads as new once"
    }
  }

  /// The history where there is one already, which a shared one is; nil when no run was ever added.
  package static func existing(
    _ repository: Repository?, directories: Directories, environment: [String: String], store: String? = nil
  ) throws(HistoryError) -> HistoryService? {
    let place = HistoryPlace(directories: directories, environment: environment, address: store)
    guard place.exists else { return nil }
    return try HistoryService(repository, directories: directories, environment: environment, store: store)
  }

  /// Where a repository's history lies, as people call it, whether or not it can be opened: a file, or server and
  /// database.
  package static func location(directories: Directories, environment: [String: String], store: String?) -> String {
    HistoryPlace(directories: directories, environment: environment, address: store).name
  }

  /// The history of the repository's reruns, which lies beside that of its runs: no question about those counts them.
  package var reruns: HistoryService {
    var reruns = self
    // A space ends no URL and few folders: it is nobody's repository.
    reruns.repository = repository + " (reruns)"
    return reruns
  }

  /// What a repository's configuration says of its history.
  package mutating func apply(_ configuration: Configuration) {
    thresholds = configuration.history.thresholds
    metricRules = configuration.items.metricRules
    infraRules = InfraRules(
      configuration.infra.map {
        InfraRules.Rule(name: $0.name, message: $0.message, test: $0.test, labels: $0.labels)
      })
  }

  /// Whether a run of this identity is in the history.
  package func knows(_ identity: RunIdentity) throws(HistoryError) -> Bool {
    try store.run(identity, of: repository) != nil
  }

  /// Adds a loaded run, with the signatures of what its failing tests said; those made already need not be made again.
  @discardableResult
  package func add(_ run: Run, signatures: FailureSignatures? = nil) throws(HistoryError) -> RunAdded {
    let run = try judged(run)
    let signatures = signatures ?? FailureSignatures(of: run.table)
    var content = RunContent(run) { test in
      signatures.signature(of: test).map { ($0.key, $0.title) }
    }
    content.verdicts = try verdictsToKeep(on: run, signatures)
    let added = try add(content)
    // A cause is known by what it was first seen as.
    if added != .known {
      let tests = run.testsOfNote.prefix(Self.mostJudged)
      try remember(RunCauses(of: Array(tests), signatures) { knownCauses(of: $0) })
    }
    return added
  }

  /// The run, its items that are no tests judged by the runs before it.
  func judged(_ run: Run) throws(HistoryError) -> Run {
    run.table.itemCounts.isEmpty ? run : try ItemJudge(self).judged(run, among: store.runs(of: repository))
  }

  /// Refuses where nothing can be added: before anything is read or fetched for it.
  package func checkAdding() throws(HistoryError) { if let refusal { throw refusal } }

  /// Adds a run that was made ready elsewhere.
  func add(_ content: RunContent) throws(HistoryError) -> RunAdded {
    try checkAdding()
    return try store.add(content, repository: repository, received: WallClock.now(environment: environment))
  }
}

extension HistoryService {
  /// The causes that failures were of when they were first seen; nothing where the store cannot say.
  package func knownCauses(of keys: [SignatureKey]) -> [SignatureKey: CauseID] {
    ((try? store.causes(of: keys, in: repository)) ?? [:]).mapValues { CauseID($0) }
  }

  /// What became of keys that rules name since an older masking; nothing where the store cannot say.
  package func rekeyed(_ keys: [SignatureKey]) -> [SignatureKey: SignatureKey] {
    (try? store.rekeyed(keys, in: repository)) ?? [:]
  }

  /// Remembers the causes of a run, so that they keep their ids; what people's rules made of them is the rules' to say.
  func remember(_ causes: RunCauses) throws(HistoryError) {
    try store.remember(causes: causes.memorable.mapValues { SignatureKey($0.value) }, in: repository)
  }
}

extension HistoryService {
  /// The verdict on a test's newest result, stream by stream; nil when it has none.
  ///
  /// - Parameters:
  ///   - series: What it did in the runs of the window, whatever their branch and labels.
  ///   - filter: The runs that are spoken of; those of other branches speak for them all the same.
  package func verdict(on series: TestSeries, _ filter: HistoryFilter = .init()) throws(HistoryError) -> Verdict? {
    let judge = try judge(among: store.runs(of: repository, filter.ofAllStreams))
    var finder = InfraFinder(self, judge.timeline.runs)
    let wanted = try wanted(filter)
    return judge.judgeNewest(series, given: finder.given(series)) { wanted?.contains($0) ?? true }.verdict
  }

  /// The runs that a filter speaks of; nil for all of its window.
  func wanted(_ filter: HistoryFilter) throws(HistoryError) -> Set<RunKey>? {
    if filter.branch == nil, filter.labels.isEmpty { return nil }
    return Set(try store.runs(of: repository, filter).map(\.key))
  }
}

/// What the store knows of this repository.
extension HistoryService {
  /// The runs of a filter as they are kept, newest first; `runs` also says which of them lack tests.
  package func records(_ filter: HistoryFilter = .init()) throws(HistoryError) -> [RunRecord] {
    try store.runs(of: repository, filter)
  }

  /// What one test did in the runs of a filter, oldest first; empty for a test that is not known.
  package func series(of test: String, _ filter: HistoryFilter) throws(HistoryError) -> TestSeries {
    try store.series(of: test, in: repository, filter)
  }

  /// What each of some tests did in all runs, in the order of the names, oldest result first.
  func series(of tests: [String]) throws(HistoryError) -> [TestSeries] { try store.series(of: tests, in: repository) }

  /// The names of tests that end in a text, else those that have it anywhere; at most a hundred.
  package func tests(fitting text: String) throws(HistoryError) -> [String] {
    try store.tests(fitting: text, in: repository)
  }

  /// Compares a run with an earlier one; at most `limit` tests of a fate are named.
  package func compare(
    _ before: RunKey, _ after: RunKey, limit: Int = RunComparison.most, where isWanted: ((String) -> Bool)? = nil
  ) throws(HistoryError) -> RunComparison {
    try store.compare(before, after, limit: limit, where: isWanted)
  }

  /// The seconds of all results of each of some runs; a run of which no result tells is left out.
  func seconds(ofRuns runs: [RunKey]) throws(HistoryError) -> [RunKey: Double] { try store.seconds(ofRuns: runs) }

  /// The slowest tests of a run, each with the seconds of its slowest leg.
  func slowest(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [(test: String, seconds: Double)] {
    try store.slowest(ofRun: run, limit: limit)
  }

  /// When failures were seen, by signature.
  package func spans(of signatures: [SignatureKey]) throws(HistoryError) -> [SignatureKey: SignatureSpan] {
    try store.spans(of: signatures, in: repository)
  }

  /// What a failure of a signature said; nil when none was kept.
  func text(of signature: SignatureKey) throws(HistoryError) -> RunContent.SignatureText? {
    try store.text(of: signature, in: repository)
  }

  /// Removes the runs that began more than so many days before the newest, and what only they told of.
  package func prune(keepDays days: Int, isDryRun: Bool = false) throws(HistoryError) -> Pruned {
    if !isDryRun { try checkAdding() }
    return try store.prune(repository, keepDays: days, isDryRun: isDryRun)
  }

  /// Gives the space of what was pruned back, where that is worth it.
  package func compact() { store.compact() }

  /// Writes the runs of a filter as JSON lines, oldest first; `write` gets whole lines, and false ends it.
  package func export(_ filter: HistoryFilter, write: ([UInt8]) -> Bool) throws(HistoryError) {
    try store.export(repository, filter, write: write)
  }
}

extension HistoryService {
  /// What a test did in one run of the history; what it said there is told by the run itself, where it is open.
  ///
  /// The history keeps one text of all failures that are alike: it may be another run's, and is no answer here.
  package func attempt(of test: String, in run: RunKey, openRuns: [Run]) throws(HistoryError) -> PastAttempt {
    let results = try store.results(of: test, inRun: run, in: repository)
    let worst = results.min { $0.outcome.severity < $1.outcome.severity }
    var answer = PastAttempt(results: results)
    guard let signature = worst?.signature ?? results.compactMap(\.signature).first else { return answer }
    answer.title = try store.text(of: signature, in: repository)?.title
    let identity = try store.runs(of: repository).first { $0.key == run }?.identity
    answer.text = openRuns.first { $0.info.identity == identity }.flatMap { Self.text(of: test, in: $0) }
    return answer
  }

  /// What a test's first failing attempt said in a run: its message, then its details.
  private static func text(of name: String, in run: Run) -> String? {
    let namesakes = run.testsOfNote.filter { StableName.of(run.table.id(of: $0)) == name }
    let attempts = namesakes.lazy.flatMap { run.table.attempts(of: $0) }
    guard let failed = attempts.first(where: { $0.outcome.isFailing && !$0.failures.isEmpty }) else { return nil }
    return failed.failures.map { failure in
      failure.details.contains(failure.message) ? failure.details : failure.message + "\n" + failure.details
    }.joined(separator: "\n")
  }
}
