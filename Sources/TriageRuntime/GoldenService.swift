internal import Dispatch
internal import Goldens
internal import Synchronization
package import TriageMessages
internal import TriageModel
package import TriageServices

/// Answers what the screens ask about goldens, on its own threads: finding and comparing all, comparing one, trying a
/// tolerance. A newer question makes the older one stop.
package final class GoldenService: Sendable {
  private struct State {
    var runs = RunSet.none
    /// The survey of the run that is looked at, the set's revision, and how often was asked to find when it was begun.
    var survey: (run: Int, revision: Int, asked: Int, survey: GoldenSurvey)?
    /// How often was asked to find: what is begun after the newest question answers it.
    var asked = 0
    var wanted: (run: Int, revision: Int)?
    var request: ComparisonRequest?
    var whatIf = 0
    /// The comparison that is on the screen: tolerances are tried on it.
    var shown: ComparisonAnswer?
  }

  private let finder: GoldenFinder
  private let knowledge: RunKnowledge
  private let post: @Sendable (Event) -> Void
  private let state = Mutex(State())
  /// Held while a survey is made: who needs the same one meanwhile waits for it.
  private let making = Mutex(())
  private let finding = DispatchQueue(label: "assay.goldens.finding")
  private let comparing = DispatchQueue(label: "assay.goldens.comparing")
  private let judging = DispatchQueue(label: "assay.goldens.judging")

  /// A service that posts its answers, and keeps in mind which tests have golden changes.
  init(finder: GoldenFinder, knowledge: RunKnowledge = RunKnowledge(), post: @escaping @Sendable (Event) -> Void) {
    self.finder = finder
    self.knowledge = knowledge
    self.post = post
  }

  /// Takes a snapshot of the open runs.
  package func take(_ runs: RunSet) {
    state.withLock { $0.runs = runs }
  }

  /// Finds and compares the golden changes of a run; posts the list when they are found, and again as they are compared.
  package func find(run: Int, revision: Int) {
    let asked = state.withLock { state in
      state.wanted = (run, revision)
      state.asked += 1
      return state.asked
    }
    finding.async { self.list(run, revision, asked) }
  }

  /// Finds and compares those that were asked for last: something wrote goldens.
  func findAgain() {
    if let wanted = state.withLock(\.wanted) { find(run: wanted.run, revision: wanted.revision) }
  }

  /// Compares one golden.
  package func compare(_ request: ComparisonRequest) {
    state.withLock { $0.request = request }
    comparing.async { self.answer(request) }
  }

  /// Tries a tolerance on the comparison that is shown.
  package func tryTolerance(_ request: WhatIfRequest) {
    state.withLock { $0.whatIf = request.generation }
    judging.async {
      let answer = self.state.withLock { state in
        state.whatIf == request.generation && state.shown?.request == request.comparison ? state.shown : nil
      }
      guard let comparison = answer?.comparison else { return }
      self.post(.whatIf(WhatIfAnswer(request: request, remaining: comparison.remaining(under: request.tolerance))))
    }
  }

  /// The survey of a run, made when the known one is of another run or set.
  package func survey(of run: Int, revision: Int) -> GoldenSurvey? {
    survey(of: run, revision: revision, asked: 0)
  }

  /// - Parameter asked: A survey that was begun before that many questions is made anew.
  private func survey(of run: Int, revision: Int, asked: Int) -> GoldenSurvey? {
    func known() -> GoldenSurvey? {
      state.withLock(\.survey).flatMap {
        $0.run == run && $0.revision == revision && $0.asked >= asked ? $0.survey : nil
      }
    }
    return known() ?? making.withLock { _ in known() ?? make(run, revision) }
  }

  private func make(_ run: Int, _ revision: Int) -> GoldenSurvey? {
    let (set, asked) = state.withLock { ($0.runs, $0.asked) }
    guard set.revision == revision, set.runs.indices.contains(run) else { return nil }
    let survey = finder.survey(set.runs[run], others: set.runs)
    state.withLock { $0.survey = (run, revision, asked, survey) }
    return survey
  }

  private func list(_ run: Int, _ revision: Int, _ asked: Int) {
    let isWanted = { self.state.withLock { $0.asked == asked } }
    guard isWanted(), var survey = survey(of: run, revision: revision, asked: asked) else { return }
    func list(_ compared: Int, _ survey: GoldenSurvey) -> GoldenList {
      GoldenList(
        run: run, revision: revision, changes: survey.changes, compared: compared,
        isComplete: compared == survey.changes.count)
    }
    remember(survey, run, revision)
    post(.goldens(list(0, survey)))
    var pace = Pace()
    survey.compareAll { done, survey in
      if pace.isDue, done < survey.changes.count { self.post(.goldens(list(done, survey))) }
      return isWanted()
    }
    guard isWanted() else { return }
    state.withLock { $0.survey = (run, revision, asked, survey) }
    if !survey.changes.isEmpty { post(.goldens(list(survey.changes.count, survey))) }
  }

  private func remember(_ survey: GoldenSurvey, _ place: Int, _ revision: Int) {
    let runs = state.withLock(\.runs)
    guard runs.revision == revision, runs.runs.indices.contains(place) else { return }
    let tests = runs.runs[place].tests(of: survey.changes)
    knowledge.take(goldenTests: tests, at: RunKnowledge.Place(run: place, revision: revision))
  }

  private func answer(_ request: ComparisonRequest) {
    guard state.withLock({ $0.request == request }),
      let survey = survey(of: request.run, revision: request.revision)
    else { return }
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
