import FailureAnalysis
import TestSupport
import Testing
import TriageModel

struct VerdictJudgeTests {
  @Test func aFailureNeverSeenIsNewOnceTheTestIsKnown() {
    #expect(History("..............G", perCommit: 1).verdict().label == .new)
    let unknown = History("....G", perCommit: 1).verdict()
    #expect(unknown.label == .unknown)
    #expect(unknown.why.first == "4 runs known")
  }

  @Test func aRowOfFailuresIsBrokenSinceItsFirst() throws {
    let verdict = History("...............FFFFFFFFFF").verdict()
    #expect(verdict.label == .broken)
    #expect(verdict.range?.firstFailure == 16)
    #expect(verdict.range?.lastPass == 15)
    #expect(verdict.why.prefix(2) == ["failed 10 of 10 runs since 115", "passed 15 of 15 before"])
    #expect(verdict.flips == ["one pass at this commit makes it flaky"])
  }

  @Test func aBrokenTestSaysWhereItsFailureChanged() {
    let verdict = History("...............FFFFFGGGGGGGG").verdict()
    #expect(verdict.label == .broken)
    #expect(verdict.failureChanges == [21])
  }

  @Test func oneCommitThatWentBothWaysIsFlaky() {
    #expect(History("...............F.F").verdict().label == .flaky)
    #expect(History("...............F..").verdict().label == .flaky)
    let retried = History("...............r..").verdict()
    #expect(retried.label == .flaky)
    #expect(retried.rate?.count == 1)
    #expect(retried.why.first == "1 run failed and passed by retries, 1 passed in the end")
  }

  @Test func aFailureAfterAFailedRetryIsNoPass() {
    #expect(History("..........FFFFFFFFF").verdict().rate == nil)
    #expect(History("..........FFFFFFFFF").verdict().label == .broken)
  }

  @Test func aMendedTestIsFixed() {
    let verdict = History("..............................FFFFF.....").verdict()
    #expect(verdict.label == .fixed)
    #expect(verdict.fixedIn == 36)
    #expect(verdict.range?.firstFailure == 31)
  }

  @Test func aMassFailureIsNoFlake() {
    let mass = [15: (failing: 90, total: 100)]
    let history = History("...............F..", failing: mass)
    #expect(History("...............F", failing: mass).verdict().label == .massFailure)
    let later = history.verdict()
    #expect(later.label == .passing)
    #expect(later.why.last == "1 failure in mass failures or of infrastructure left out")
  }

  @Test func aBurstBetweenPassesOfTheCommitIsInfrastructure() {
    let burst = [16: (failing: 12, total: 100)]
    let history = History("................F...", failing: burst)
    #expect(history.verdict(at: 17).label == .infra)
    #expect(history.verdict().label == .passing)
    #expect(History("................F...").verdict(at: 17).label == .flaky)
  }

  @Test func whatInfrastructureBroughtIsNoFlakesCost() {
    func failures(_ history: History, _ given: VerdictJudge.Given = .init()) -> Int {
      let judge = VerdictJudge(runs: history.runs, failures: history.failures)
      return FlakeStatistics(judge.ownResults(of: history.series, given: given), in: judge.timeline).failures
    }
    let burst = [16: (failing: 12, total: 100)]
    #expect(failures(History("................F...", failing: burst)) == 0)
    #expect(failures(History("................F...")) == 1)
    // What the test also did in an ordinary run is its own, whatever else failed that night.
    let own = History("....F...........F...", failing: burst)
    #expect(failures(own) == 2)
    var given = VerdictJudge.Given()
    given.infraRules[.init(run: own.runs[4].key, leg: "")] = "disk full"
    #expect(failures(own, given) == 0)
  }

  @Test func decisionsOfPeopleComeFirst() {
    let history = History("...............FFFF")
    #expect(history.verdict(given: .init(infraRule: "disk full")).label == .infra)
  }

  @Test func legsAreJudgedEachForItself() {
    var history = History("...............")
    for index in history.series.results.indices { history.series.results[index].leg = "py311" }
    for run in history.runs {
      let letter: Character = run.key.token > 8 ? "F" : "."
      history.series.results.append(
        contentsOf: [History.result(letter, run: run.key, leg: "py312")].compactMap { $0 })
    }
    let verdict = history.verdict()
    #expect(verdict.label == .broken)
    #expect(verdict.why.first == "in 1 of 2 legs (py312)")
    #expect(verdict.why.last == "py311: passing")
  }

  @Test func aLegThatPassesDoesNotHideOneThatFails() {
    var history = History("..............................FFFFF.....", perCommit: 1)
    for index in history.series.results.indices { history.series.results[index].leg = "py311" }
    let last = history.runs[history.runs.count - 1].key.token
    for (run, letter) in [(last - 2, "."), (last - 1, "."), (last, "N")] as [(Int64, Character)] {
      history.series.results.append(
        contentsOf: [History.result(letter, run: RunKey(token: run), leg: "py312")].compactMap { $0 })
    }
    let verdict = history.verdict()
    #expect(verdict.label == .unknown)
    #expect(verdict.why.last == "py311: fixed")
  }

  @Test func whatIsExcusedInOneLegDoesNotHideANewFailureInAnother() {
    var history = History("...............G")
    for index in history.series.results.indices { history.series.results[index].leg = "gpu" }
    for run in history.runs {
      let letter: Character = run.key.token == 16 ? "N" : "."
      history.series.results.append(contentsOf: [History.result(letter, run: run.key, leg: "cpu")].compactMap { $0 })
    }
    var given = VerdictJudge.Given()
    given.infraRules[.init(run: 16, leg: "gpu")] = "no device"
    let verdict = VerdictJudge(runs: history.runs).judge(history.series, at: 16, given: given)
    #expect(verdict.label == history.verdict().label)
    #expect(verdict.label != .infra)
    #expect(verdict.why.last == "gpu: infra")
  }

  @Test func aBreakageBeginsWithAFailureHoweverFewPassesAreKnownBeforeIt() {
    for passes in 1...2 {
      let verdict = History(String(repeating: ".", count: passes) + String(repeating: "G", count: 40)).verdict()
      #expect(verdict.label == .broken)
      #expect(verdict.range?.firstFailure == RunKey(token: Int64(passes) + 1))
      #expect(verdict.range?.lastPass == RunKey(token: Int64(passes)))
      #expect(
        verdict.why.prefix(2) == ["failed 40 of 40 runs since 10\(passes)", "passed \(passes) of \(passes) before"])
    }
  }

  @Test func nothingIsKnownOfATestThatNeverRan() {
    var history = History("...")
    history.series.results = []
    #expect(history.verdict().label == .unknown)
    #expect(history.verdict(at: 99).label == .unknown)
    #expect(History("sss").verdict().label == .unknown)
  }

  /// Any order of ingestion: run numbers follow it, so they are told apart by their ids.
  @Test func theOrderOfIngestionChangesNothing() {
    var random = Seeded(state: 7)
    let letters = Array(".....rFG.s ")
    for round in 0..<300 {
      let text = String(
        (0..<Int.random(in: 1...40, using: &random)).map { _ in letters.randomElement(using: &random) ?? "." })
      var history = History(text, perCommit: round % 3 == 0 ? nil : 3)
      if round % 4 == 0 {
        for index in history.runs.indices where index % 3 == 0 { history.runs[index].startedAt = nil }
      }
      if round % 7 == 0 { history.runs[0].startedAt = Timestamp(milliseconds: .max) }
      if round % 11 == 0 { history.runs[0].startedAt = Timestamp(milliseconds: .min) }
      let at = history.runs.randomElement(using: &random)?.key ?? history.runs[0].key
      let expected = named(history.verdict(at: at), history)
      let numbers = history.runs.map(\.key).shuffled(using: &random)
      let renumber = Dictionary(uniqueKeysWithValues: zip(history.runs.map(\.key), numbers))
      for index in history.runs.indices { history.runs[index].key = renumber[history.runs[index].key] ?? .unstored }
      for index in history.series.results.indices {
        history.series.results[index].run = renumber[history.series.results[index].run] ?? .unstored
      }
      history.runs.shuffle(using: &random)
      history.series.results.shuffle(using: &random)
      #expect(named(history.verdict(at: renumber[at, default: .unstored]), history) == expected, "\(text)")
    }
  }

  /// A verdict with its runs named, since their numbers follow the order of ingestion.
  private func named(_ verdict: Verdict, _ history: History) -> [String] {
    func name(_ key: RunKey?) -> String { history.runs.first { $0.key == key }?.identity.id ?? "-" }
    let range = verdict.range.map { [$0.lastPass, $0.firstFailure, $0.earliest, $0.latest].map(name) } ?? []
    return [verdict.label.rawValue] + verdict.why + verdict.flips + range + verdict.failureChanges.map(name)
      + [name(verdict.fixedIn)]
  }
}
