import FailureAnalysis
import Testing
import TriageModel

/// Searches of causes that are known: right of how many, and in how many runs.
struct FlakeCauseSearchTests {
  private static let forty = SimulatedTest.names(40)
  private static let many = SimulatedTest.names(500)

  private struct Figures {
    var right = 0
    /// Another cause was named.
    var wrong = 0
    var runs: [Int] = []
    var median: Int { runs.sorted()[runs.count / 2] }
    var worst: Int { runs.max() ?? 0 }
  }

  private func figures(
    _ kind: SimulatedTest.Kind, _ question: FlakeCauseSearch.Question, times: Int, atOnce: Int = 1,
    _ isRight: (FlakeCause.Finding) -> Bool
  ) -> Figures {
    var figures = Figures()
    for seed in 0..<times {
      var test = SimulatedTest(kind, seed: UInt64(seed) &* 7919 &+ 3)
      let cause = test.cause(question, atOnce: atOnce)
      if isRight(cause.finding) { figures.right += 1 } else if cause.finding.isCause { figures.wrong += 1 }
      figures.runs.append(cause.runs)
    }
    return figures
  }

  @Test(arguments: [0, 1, 17, 38, 39], [1, 3])
  func findsThePolluterWhereverItIs(_ place: Int, atOnce: Int) {
    let polluter = Self.forty[place]
    let found = figures(.victim([polluter], rate: 1), .init(before: Self.forty), times: 5, atOnce: atOnce) {
      $0 == .polluters([polluter], cleaners: [])
    }
    #expect(found.right == 5)
    #expect(found.worst <= 33)
  }

  @Test(arguments: [0, 250, 499])
  func findsThePolluterAmongManyTests(_ place: Int) {
    let polluter = Self.many[place]
    let found = figures(.victim([polluter], rate: 1), .init(before: Self.many), times: 5) {
      $0 == .polluters([polluter], cleaners: [])
    }
    #expect(found.right == 5)
    #expect(found.worst <= 35)
  }

  @Test func findsTheOnlyTestThatRanBefore() {
    let found = figures(.victim(["a"], rate: 1), .init(before: ["a"], others: ["a", "b"]), times: 5) {
      $0 == .polluters(["a"], cleaners: [])
    }
    #expect(found.right == 5)
  }

  @Test func findsPollutersThatAreNeededTogether() {
    for (names, places) in [(Self.forty, [7, 30]), (Self.forty, [0, 39]), (Self.many, [7, 330])] {
      let pair = places.map { names[$0] }
      let found = figures(.victim(pair, rate: 1), .init(before: names), times: 5) {
        $0 == .polluters(pair, cleaners: [])
      }
      #expect(found.right == 5)
      #expect(found.worst <= 55)
    }
  }

  /// A step is repeated as often as the rate demands.
  @Test func findsThePolluterOfARareFailure() {
    for (rate, right) in [(0.9, 19), (0.6, 14)] {
      let polluter = Self.forty[11]
      let found = figures(.victim([polluter], rate: rate), .init(before: Self.forty), times: 20) {
        $0 == .polluters([polluter], cleaners: [])
      }
      #expect(found.right >= right)
    }
  }

  @Test func findsThePolluterThatOnlyAnotherOrderPutsBefore() {
    let polluter = Self.forty[30]
    let question = FlakeCauseSearch.Question(before: Array(Self.forty[..<20]), others: Self.forty)
    let found = figures(.victim([polluter], rate: 1), question, times: 10) {
      $0 == .polluters([polluter], cleaners: [])
    }
    #expect(found.right == 10)
    #expect(found.worst <= 40)
  }

  @Test func findsTheCleanerThatHidesAPolluterInTheRunsOwnOrder() {
    let (polluter, cleaner) = (Self.forty[10], Self.forty[15])
    let question = FlakeCauseSearch.Question(before: Array(Self.forty[..<20]), others: Self.forty)
    let found = figures(.victim([polluter], rate: 1, cleaner: cleaner), question, times: 10) {
      $0 == .polluters([polluter], cleaners: [cleaner])
    }
    #expect(found.right == 10)
  }

  @Test func findsWhatABrittleTestNeeds() {
    let found = figures(.brittle(Self.forty[8]), .init(before: Self.forty), times: 5) {
      $0 == .stateSetters([Self.forty[8]])
    }
    #expect(found.right == 5)
    #expect(found.worst <= 33)
  }

  @Test(arguments: [0.5, 0.25])
  func findsThatTheHashSeedDecides(_ share: Double) {
    let found = figures(.hashSeed(share: share), .init(before: Self.forty), times: 20) {
      $0.word == "hash-seed"
    }
    #expect(found.right >= 17)
    #expect(found.wrong == 0)
    #expect(found.median <= 30)
  }

  @Test(arguments: [RerunCondition.Kind.timeZone, .clock, .oneProcessor, .busyProcessors, .noNetwork])
  func findsTheConditionThatMatters(_ kind: RerunCondition.Kind) {
    for (with, without) in [(1.0, 0.0), (0.0, 1.0)] {
      let found = figures(
        .condition(kind, rate: with, else: without), .init(before: Self.forty), times: 5
      ) { $0.word == kind.word }
      #expect(found.right == 5)
      #expect(found.worst <= 40)
    }
  }

  @Test func findsAConditionThatOnlyShiftsTheRate() {
    let found = figures(
      .condition(.busyProcessors, rate: 0.7, else: 0.05), .init(before: Self.forty), times: 20
    ) { $0.word == "busy-processors" }
    #expect(found.right >= 14)
    #expect(found.wrong == 0)
  }

  /// The promise: of tests that hang on nothing that is tried, at most the configured share is said to hang on something.
  @Test(arguments: [0.05, 0.2, 0.5])
  func namesNoCauseOfAPlainFlake(_ rate: Double) {
    let error = 0.05
    let found = figures(.flake(rate), .init(before: Self.forty, error: error), times: 200) { !$0.isCause }
    #expect(Double(found.wrong) <= error * 200)
  }

  @Test func saysOfAPlainFlakeHowOftenItFailed() {
    var test = SimulatedTest(.flake(0.2), seed: 1)
    let cause = test.cause(.init(before: Self.forty, budget: 60))
    #expect(cause.finding.word == "not-told")
    #expect(cause.runs == 60)
    #expect(
      cause.sentence.hasPrefix("not told apart in 60 runs: fails \(cause.with.failures) of 60, whatever was changed"))
  }

  @Test func saysWhatAlwaysAndNeverFails() {
    let always = figures(.flake(1), .init(before: Self.forty), times: 1) { $0 == .alwaysFails }
    #expect(always.right == 1)
    #expect(always.worst <= 30)
    let never = figures(.flake(0), .init(before: Self.forty, budget: 60), times: 1) { $0 == .neverFails }
    #expect(never.right == 1)
    #expect(never.worst == 60)
  }

  @Test func neverAsksForMoreThanItsBudget() {
    for budget in [0, 1, 5, 12, 20] {
      var test = SimulatedTest(.victim([Self.forty[3]], rate: 1), seed: 5)
      var search = FlakeCauseSearch(.init(before: Self.forty, budget: budget))
      var asked = 0
      while case let trials = search.next(limit: 4), !trials.isEmpty {
        asked += trials.count
        for trial in trials.reversed() { search.record(trial, test.run(trial)) }
      }
      #expect(asked == budget)
      #expect(search.isOver)
      if budget == 12 { #expect(search.cause.finding.word != "polluter") }
    }
  }

  /// Attempts that tell nothing are no passes, and a condition that cannot be had is left alone.
  @Test func leavesAConditionThatTellsNothing() {
    var test = SimulatedTest(.condition(.timeZone, rate: 1, else: 0), seed: 1)
    var search = FlakeCauseSearch(.init(before: Self.forty))
    var silent = 0
    while let trial = search.next().first {
      let isSilent = trial.condition == .noNetwork
      if isSilent { silent += 1 }
      search.record(trial, isSilent ? .unusable("no network namespace") : test.run(trial))
    }
    #expect(silent <= 3)
    #expect(search.cause.finding.word == "time-zone")

    search = FlakeCauseSearch(.init(before: Self.forty))
    while let trial = search.next().first { search.record(trial, .unusable("it left no report")) }
    #expect(search.cause.finding == .nothingKnown)
    #expect(search.cause.unusable == search.cause.runs && search.cause.runs <= 6)
  }

  @Test func countsAnAnswerOnce() {
    var search = FlakeCauseSearch(.init(before: Self.forty))
    let trial = search.next()[0]
    search.record(trial, .passed)
    search.record(trial, .failed(nil))
    search.record(CauseTrial(number: 77, condition: .alone, before: []), .failed(nil))
    #expect(search.cause.with == TrialCount(0, of: 1))
  }

  @Test func saysWhatWasSeen() {
    var test = SimulatedTest(.victim(["test_app.py::test_3"], rate: 1), seed: 1)
    let cause = test.cause(.init(before: SimulatedTest.names(8)))
    #expect(cause.with.failures == cause.with.total)
    #expect(cause.without.failures == 0)
    #expect(cause.with.total + cause.without.total == cause.runs)
    #expect(
      cause.sentence
        == "fails after test_app.py::test_3: \(cause.with.text), else \(cause.without.text)")
    #expect(cause.chance.map { $0 <= 0.01 } ?? false)
  }

  @Test func tellsTheCostBefore() {
    let search = FlakeCauseSearch(
      .init(before: ["a", "b", "c"], conditions: [.hashSeed(1), .oneProcessor], budget: 40))
    let cost = CauseCost(of: search, startup: 1, duration: 2) { $0 == "a" ? 3 : $0 == "b" ? 5 : nil }
    #expect(cost.rows.map(\.condition) == [.alone, .asInRun, .hashSeed(1), .oneProcessor])
    #expect(cost.rows.map(\.seconds) == [3, 15, 3, 3])
    #expect(cost.seconds == 240)
    #expect(CauseCost(of: search, startup: 1, duration: nil) { _ in nil }.seconds == nil)
  }
}
