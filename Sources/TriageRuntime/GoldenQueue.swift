internal import Dispatch
internal import Goldens
internal import Synchronization
internal import TriageMessages
internal import TriageModel
internal import TriageServices

/// Answers what the screens ask about goldens, on its own threads: finding and comparing all, comparing one, trying a
/// tolerance.
final class GoldenQueue: Sendable {
  private struct State {
    /// The survey of the run that is looked at, and the number of the newest question when it was begun.
    var survey: (run: RunRef, number: Int, survey: GoldenSurvey)?
    var wanted: RunRef?
    /// The comparison that is on the screen: tolerances are tried on it.
    var shown: ComparisonAnswer?
  }

  private let finder: GoldenFinder
  private let runs: OpenRuns
  private let post: @Sendable (Event) -> Void
  private let state = Mutex(State())
  /// Held while a survey is made: who needs the same one meanwhile waits for it.
  private let making = Mutex(())
  private let finding = Latest<RunRef>(on: DispatchQueue(label: "assay.goldens.finding"))
  private let comparing = Latest<ComparisonRequest>(on: DispatchQueue(label: "assay.goldens.comparing"))
  private let judging = Latest<WhatIfRequest>(on: DispatchQueue(label: "assay.goldens.judging"))

  /// A queue that posts its answers, and tells the open runs which of their goldens changed.
  init(finder: GoldenFinder, runs: OpenRuns, post: @escaping @Sendable (Event) -> Void) {
    self.finder = finder
    self.runs = runs
    self.post = post
  }

  /// Finds and compares the golden changes of a run; posts the list when they are found, and again as they are compared.
  func find(_ run: RunRef) {
    state.withLock { $0.wanted = run }
    finding.ask(run) { self.list($0, $1) }
  }

  /// Finds and compares those that were asked for last: something wrote goldens.
  func findAgain() {
    if let wanted = state.withLock(\.wanted) { find(wanted) }
  }

  /// Compares one golden.
  func compare(_ request: ComparisonRequest) {
    comparing.ask(request) { request, _ in self.answer(request) }
  }

  /// Tries a tolerance on the comparison that is shown.
  func tryTolerance(_ request: WhatIfRequest) {
    judging.ask(request) { request, _ in
      let shown = self.state.withLock(\.shown)
      guard let shown, shown.request == request.comparison, let comparison = shown.comparison else { return }
      self.post(.whatIf(WhatIfAnswer(request: request, remaining: comparison.remaining(under: request.tolerance))))
    }
  }

  /// The survey of a run, made when the known one is of another run or reading.
  ///
  /// - Parameter number: A survey that was begun before the question of that number is made anew.
  func survey(of run: RunRef, since number: Int = 0) -> GoldenSurvey? {
    func known() -> GoldenSurvey? {
      state.withLock(\.survey).flatMap { $0.run == run && $0.number >= number ? $0.survey : nil }
    }
    return known() ?? making.withLock { _ in known() ?? make(run) }
  }

  private func make(_ ref: RunRef) -> GoldenSurvey? {
    // What is begun after the newest question answers it.
    let number = finding.number
    let set = runs.set
    guard let run = set[ref] else { return nil }
    let survey = finder.survey(run, others: set.runs)
    state.withLock { $0.survey = (ref, number, survey) }
    return survey
  }

  private func list(_ run: RunRef, _ turn: Turn) {
    guard var survey = survey(of: run, since: turn.number) else { return }
    func list(_ compared: Int, _ survey: GoldenSurvey) -> GoldenList {
      GoldenList(
        run: run, changes: survey.changes, compared: compared, isComplete: compared == survey.changes.count)
    }
    if let tests = runs.set[run]?.tests(of: survey.changes) { runs.learn(of: run) { $0.take(goldenTests: tests) } }
    post(.goldens(list(0, survey)))
    var pace = Pace()
    survey.compareAll { done, survey in
      if pace.isDue, done < survey.changes.count { self.post(.goldens(list(done, survey))) }
      return turn.isWanted
    }
    guard turn.isWanted else { return }
    state.withLock { $0.survey = (run, turn.number, survey) }
    if !survey.changes.isEmpty { post(.goldens(list(survey.changes.count, survey))) }
  }

  private func answer(_ request: ComparisonRequest) {
    guard let survey = survey(of: request.run) else { return }
    let sides = request.sides.pair
    let answer =
      switch survey.compare(request.golden, from: sides.from, to: sides.to, asText: request.asText) {
      case .success(let comparison): ComparisonAnswer(request: request, comparison: comparison)
      case .failure(let error):
        ComparisonAnswer(request: request, comparison: nil, problem: "could not compare \(request.golden): \(error)")
      }
    state.withLock { $0.shown = answer }
    post(.comparison(answer))
  }
}

extension ComparisonRequest.Sides {
  /// The two sides.
  fileprivate var pair: (from: GoldenSide, to: GoldenSide) {
    switch self {
    case .expectedActual: (.expected, .actual)
    case .currentActual: (.current, .actual)
    case .expectedCurrent: (.expected, .current)
    }
  }
}

/// Ten times a second at most.
private struct Pace {
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant?

  /// Whether it is time again; asking counts as doing.
  var isDue: Bool {
    mutating get {
      guard last.map({ clock.now - $0 >= .milliseconds(100) }) ?? true else { return false }
      last = clock.now
      return true
    }
  }
}
