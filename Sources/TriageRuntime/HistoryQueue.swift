internal import Dispatch
internal import RunHistory
internal import Synchronization
internal import TriageMessages
internal import TriageModel
internal import TriageServices

/// Answers what the screens of the history ask, one question after the other, away from what is being loaded.
final class HistoryQueue: Sendable {
  private let history: HistoryOpener
  private let owners: OwnerLookup
  private let post: @Sendable (Event) -> Void
  private let queue: DispatchQueue
  private let flakes: Latest<FlakesRequest>
  private let mutes: Latest<MutesRequest>
  private let attempts: Latest<AttemptRequest>
  private let lists: Latest<RunListRequest>
  private let pairs: Latest<RunPair>

  /// What the screens say where there is no history: why it cannot be opened, or how one is made.
  private var absence: String { history.failure ?? "no history is kept here yet: assay ingest PATH… makes one" }

  init(history: HistoryOpener, owners: OwnerLookup, post: @escaping @Sendable (Event) -> Void) {
    self.history = history
    self.owners = owners
    self.post = post
    queue = DispatchQueue(label: "assay.history")
    flakes = Latest(on: queue)
    mutes = Latest(on: queue)
    attempts = Latest(on: queue)
    lists = Latest(on: queue)
    pairs = Latest(on: queue)
  }

  /// Finds the flaky tests of a window.
  func findFlakes(_ request: FlakesRequest) {
    flakes.ask(request) { request, turn in
      guard let service = self.history.service else {
        return self.post(.flakes(FlakeList(request: request, FlakeTable(problem: self.absence))))
      }
      do throws(HistoryError) {
        let survey = FlakeSurvey(service, self.owners)
        let table = try survey.table(of: HistoryFilter(request.window), isAll: request.isAll) { turn.isWanted }
        if let table { self.post(.flakes(FlakeList(request: request, table))) }
      } catch {
        let table = FlakeTable(problem: "could not read the history: \(error)")
        self.post(.flakes(FlakeList(request: request, table)))
      }
    }
  }

  /// Says how the mutes stand; without a history only by their days.
  func findMutes(
    _ request: MutesRequest, _ records: @escaping @Sendable (HistoryService?) -> TeamRecords, _ settings: MuteSettings
  ) {
    mutes.ask(request) { request, _ in
      let service = self.history.service
      let table = MuteSurvey(service, settings).answer(of: records(service))
      self.post(.mutes(MutesAnswer(request: request, table: table)))
    }
  }

  /// Says what an attempt of the history did; what it said is known of open runs.
  func describe(_ request: AttemptRequest, openRuns: [Run]) {
    attempts.ask(request) { request, _ in
      let attempt = try? self.history.service?.attempt(of: request.test, in: request.run, openRuns: openRuns)
      self.post(
        .attempt(
          AttemptAnswer(
            request: request, results: attempt?.results ?? [], text: attempt?.text, title: attempt?.title)))
    }
  }

  /// Lists the runs of a window.
  func listRuns(_ request: RunListRequest) {
    lists.ask(request) { request, _ in
      var list = RunList(request: request, runs: [])
      if let service = self.history.service {
        do throws(HistoryError) {
          list.runs = try service.runs(HistoryFilter(request.window))
        } catch {
          list.problem = "could not list the runs: \(error)"
        }
      } else {
        list.problem = self.absence
      }
      self.post(.runList(list))
    }
  }

  /// Compares two runs.
  func compare(_ pair: RunPair) {
    pairs.ask(pair) { pair, _ in self.post(.runComparison(self.comparison(of: pair))) }
  }

  private func comparison(of pair: RunPair) -> RunComparisonAnswer {
    guard let service = history.service else {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: absence)
    }
    do throws(HistoryError) {
      return RunComparisonAnswer(pair: pair, comparison: try service.compare(pair.before, pair.after))
    } catch {
      return RunComparisonAnswer(pair: pair, comparison: nil, problem: "could not compare the runs: \(error)")
    }
  }

  /// Posts a judgement again with the number of tests that are flaky elsewhere: it takes longer than the verdicts, and
  /// the next run's must not wait for it.
  func countFlaky(besides judgement: RunJudgement, of run: Run) {
    queue.async {
      guard let count = try? self.history.service?.flakyTests(notIn: run), count > 0 else { return }
      var judgement = judgement
      judgement.flakyElsewhere = count
      self.post(.judgement(judgement))
    }
  }
}

/// Opens the history when it is first asked, on the thread that asks: never before the first screen.
final class HistoryOpener: Sendable {
  private let open: HistoryOpening
  private let say: @Sendable (String) -> Void
  /// nil until it was tried; then what came of it.
  private let opened = Mutex<Opened?>(nil)

  /// What came of opening.
  private struct Opened {
    var service: HistoryService?
    var failure: String?
  }

  /// - Parameter say: Told once why there is none, or what opening had to say.
  init(open: @escaping HistoryOpening, say: @escaping @Sendable (String) -> Void) {
    self.open = open
    self.say = say
  }

  /// The history; nil where there is none, or it cannot be opened.
  var service: HistoryService? { outcome.service }

  /// Why the history cannot be opened, as a sentence; nil when it can, or there is none.
  var failure: String? { outcome.failure }

  private var outcome: Opened {
    opened.withLock { opened in
      if let opened { return opened }
      let outcome = tryToOpen()
      // Where there is none yet, another program may make it meanwhile.
      if outcome.service != nil || outcome.failure != nil { opened = outcome }
      return outcome
    }
  }

  private func tryToOpen() -> Opened {
    do throws(HistoryError) {
      let service = try open()
      if let notice = service?.notice { say(notice) }
      return Opened(service: service)
    } catch {
      let words = "could not open the history: \(error)"
      say(words)
      return Opened(failure: words)
    }
  }
}
