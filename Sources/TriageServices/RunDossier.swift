package import RunHistory
package import ItemQueries
internal import SafeText
package import TriageModel
internal import Workspace

/// All that is known of a run's tests beyond its reports, by now: what their failures said and which have one cause, what
/// the history says of them, which goldens changed, who owns them.
///
/// The lists of the command line and of the screen read it alike, so that they cannot disagree. A command learns all at
/// once; a screen shows what is known already, and more when it is learned.
package struct RunDossier: Sendable {
  /// The run.
  package let run: Run
  /// What the tests said; nil until it was masked.
  package private(set) var signatures: FailureSignatures?
  /// What the history says of each test, and the mutes; empty where neither has spoken.
  package private(set) var standings: [TestIndex: TestStanding] = [:]
  /// The mute that covers each failure that does not count.
  package private(set) var mutes: [TestIndex: Mute] = [:]
  /// Why a mute about a failing test does not cover its failure, a clause.
  package private(set) var nearMutes: [TestIndex: String] = [:]
  /// What the team decided and kept.
  package private(set) var records = TeamRecords.none
  /// What the history alone says of each test.
  private var judged: [TestIndex: TestStanding] = [:]
  /// The failing tests whose goldens changed.
  package private(set) var goldenTests: Set<TestIndex> = []
  /// Which failures have one cause; nil until that was worked out.
  package private(set) var causes: RunCauses?
  /// What the causes are called by all that is known; nil until they were named (`nameCauses`).
  package private(set) var names: CauseNames?
  private let owners: OwnerLookup
  private let commits: CommitSearch?
  /// How often something was learned that names hang on.
  private var learned = 0

  /// Nothing but the run and its owners is known yet.
  ///
  /// - Parameter commits: Says which commits can have broken a test.
  package init(of run: Run, owners: OwnerLookup, commits: CommitSearch? = nil) {
    self.run = run
    self.owners = owners
    self.commits = commits
  }

  // MARK: - Learning

  /// Takes what the tests said.
  package mutating func take(_ signatures: FailureSignatures) {
    self.signatures = signatures
    applyMutes()
  }

  /// Takes what the history says.
  package mutating func take(_ standings: [TestIndex: TestStanding]) {
    judged = standings
    applyMutes()
    forgetNames()
  }

  /// Takes what the team decided and kept.
  package mutating func take(_ records: TeamRecords) {
    self.records = records
    applyMutes()
    forgetNames()
  }

  /// Says of each failure that a mute is about whether it holds: a failure whose text is not known yet is not muted.
  private mutating func applyMutes() {
    standings = judged
    (mutes, nearMutes) = ([:], [:])
    guard !records.mutes.mutes.isEmpty else { return }
    let everything = Set(records.mutes.mutes.map(\.scope).filter(fitsEverything))
    for test in run.testsOfNote where run.table.outcome(of: test).isFailing {
      let labels = muteLabels(of: test)
      let name = run.table.id(of: test)
      guard let state = records.mutes.state(test: name, signature: signatures?.key(of: test), labels: labels) else {
        continue
      }
      let standing = judged[test] ?? TestStanding(verdict: Verdict(.unknown, why: []))
      switch state {
      case .muted(let mute) where everything.contains(mute.scope):
        let clause = "the mute of \(mute.ticket) holds of nothing: its pattern fits every test of the run"
        nearMutes[test] = clause
        standings[test] = standing.saying(clause)
      case .muted(let mute):
        mutes[test] = mute
        standings[test] = standing.muted(by: mute, on: records.mutes.today)
      case .notCovered(let mute, let why):
        let clause = "the mute of \(mute.ticket) does not cover it: \(why)"
        nearMutes[test] = clause
        standings[test] = standing.saying(clause)
      }
    }
  }

  /// Whether a pattern fits every test of the run: then nothing would be red any more.
  private func fitsEverything(_ scope: Mute.Scope) -> Bool {
    guard case .glob(let source) = scope, run.table.count > 1 else { return false }
    let pattern = TestPattern(source)
    return (0..<run.table.count).allSatisfy { pattern.matches(StableName.of(run.table.id(of: TestIndex($0)))) }
  }

  /// What the labels of a mute are compared with: the run's, its leg's and its branch.
  private func muteLabels(of test: TestIndex) -> [String: String] {
    var labels = run.labels(of: test)
    if let branch = run.info.branch, labels["branch"] == nil { labels["branch"] = branch }
    return labels
  }

  /// Takes which of its tests have golden changes.
  package mutating func take(goldenTests: Set<TestIndex>) {
    self.goldenTests = goldenTests
    forgetNames()
  }

  /// Takes which failures have one cause; nil when that is to be worked out anew.
  package mutating func take(_ causes: RunCauses?) {
    self.causes = causes
    forgetNames()
  }

  private mutating func forgetNames() {
    names = nil
    learned += 1
  }

  /// Names the causes by all that is known, as far as they were worked out; git may be asked.
  package mutating func nameCauses() {
    guard names == nil, let causes else { return }
    names = CauseNames(of: run, causes: causes, standings: standings, goldenTests: goldenTests) { [commits, run] in
      commits?.culprit(of: $0, $1, in: run)
    }
  }

  /// Takes the names that a copy gave the causes, unless something was learned since that they hang on.
  package mutating func takeNames(of copy: RunDossier) {
    if copy.learned == learned { names = copy.names }
  }

  // MARK: - What is known of a test

  /// Who owns a test; nil when no rule names one.
  package func owner(of test: TestIndex) -> String? { owners.owner(of: test, in: run) }

  /// The cause of a test's failure: its key and its title; nil when it said nothing, or causes have no names yet.
  package func cause(of test: TestIndex) -> TestFacts.CauseName? { names?.name(of: test) }

  /// The key of what a test's failure said; nil when it said nothing.
  package func signature(of test: TestIndex) -> SignatureKey? { causes?.keys[test] ?? signatures?.key(of: test) }

  /// What people kept of a test's failure, oldest first.
  package func notes(on test: TestIndex) -> [Note] {
    if records.notes.all.isEmpty { return [] }
    return records.notes.about(test: StableName.of(run.table.id(of: test)), signature: signature(of: test))
  }

  /// What lists group and filter by.
  package var facts: TestFacts {
    var facts = TestFacts(owner: owner)
    facts.verdict = { standings[$0]?.verdict.label }
    facts.brokeAt = { standings[$0]?.brokeAt }
    facts.cause = { cause(of: $0) }
    return facts
  }
}

extension RunDossier {
  /// Learns all that can be learned of the run's failing tests; without a history, only what the run itself tells.
  ///
  /// No verdict is better than fifty that say that nothing is known: where the history cannot be asked, that is thrown
  /// when the rest is learned.
  ///
  /// - Parameters:
  ///   - goldens: Finds the golden changes among the failures; `others` may be of the same commit.
  ///   - book: People's rules on causes.
  ///   - records: What the team decided and kept.
  package mutating func learnAll(
    among others: [Run] = [], history: HistoryService?, goldens: GoldenFinder?, causes book: CauseRuleSet,
    records: TeamRecords
  ) throws(HistoryError) {
    let tests = run.testsOfNote
    let signatures = FailureSignatures(of: tests, in: run.table)
    take(signatures)
    take(records)
    var problem: HistoryError?
    do throws(HistoryError) {
      take(try history?.standings(of: tests, in: run, signatures) ?? [:])
    } catch {
      problem = error
    }
    take(goldenTests: run.tests(of: tests.isEmpty ? [] : goldens?.survey(run, others: others).changes ?? []))
    take(
      RunCauses(of: tests, signatures, book.carried { history?.rekeyed($0) ?? [:] }) {
        history?.knownCauses(of: $0) ?? [:]
      })
    nameCauses()
    if let problem { throw problem }
  }
}
