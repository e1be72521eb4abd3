internal import Dispatch
internal import RunHistory
internal import Synchronization
internal import TriageMessages
internal import TriageModel
internal import TriageServices

/// Answers what the screens of the history ask, one question after the other, away from what is being loaded.
final class HistoryDesk: Sendable {
  let history: HistoryOpener
  private let owners: OwnerLookup
  let post: @Sendable (Event) -> Void
  let asking = DispatchQueue(label: "assay.history")
  let wanted = Mutex(Wanted())

  /// What the screens say where there is no history: why it cannot be opened, or how one is made.
  var absence: String { history.failure ?? "no history is kept here yet: assay ingest PATH… makes one" }

  /// The newest of the questions of which only the newest counts.
  struct Wanted {
    var flakes = 0
    var attempt: AttemptRequest?
    var runs: RunListRequest?
    var pair: RunPair?
  }

  init(history: HistoryOpener, owners: OwnerLookup, post: @escaping @Sendable (Event) -> Void) {
    self.history = history
    self.owners = owners
    self.post = post
  }

  /// Finds the flaky tests of a window.
  func findFlakes(_ request: FlakesRequest) {
    wanted.withLock { $0.flakes = request.generation }
    asking.async {
      let isWanted = { self.wanted.withLock(\.flakes) == request.generation }
      guard isWanted() else { return }
      guard let service = self.history.service else {
        return self.post(.flakes(FlakeList(request: request, runs: [], rows: [], problem: self.absence)))
      }
      let survey = FlakeSurvey(service, self.owners)
      if let table = survey.table(of: request.window, isAll: request.isAll, isWanted: isWanted) {
        self.post(.flakes(FlakeList(request: request, table)))
      }
    }
  }

  /// Posts a judgement again with the number of tests that are flaky elsewhere: it takes longer than the verdicts, and
  /// the next run's must not wait for it.
  func countFlaky(besides judgement: RunJudgement, of run: Run) {
    asking.async {
      guard let count = try? self.history.service?.flakyTests(notIn: run), count > 0 else { return }
      var judgement = judgement
      judgement.flakyElsewhere = count
      self.post(.judgement(judgement))
    }
  }

  /// Says what an attempt of the history did; what it said is known of open runs.
  func describe(_ request: AttemptRequest, openRuns: [Run]) {
    wanted.withLock { $0.attempt = request }
    asking.async {
      guard self.wanted.withLock(\.attempt) == request else { return }
      let attempt = try? self.history.service?.attempt(of: request.test, in: request.run, openRuns: openRuns)
      self.post(
        .attempt(
          AttemptAnswer(
            request: request, results: attempt?.results ?? [], text: attempt?.text, title: attempt?.title)))
    }
  }
}
