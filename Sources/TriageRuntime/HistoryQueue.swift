internal import Dispatch
internal import RunHistory
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
  private let health: Latest<HealthRequest>
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
    health = Latest(on: queue)
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

  /// Counts the service-level figures of a window.
  func findHealth(_ request: HealthRequest, _ survey: @escaping @Sendable (HistoryService) -> HealthSurvey?) {
    health.ask(request) { request, turn in
      var report: HealthReport? = HealthReport(window: request.window, problem: self.absence)
      do throws(HistoryError) {
        if let service = self.history.service, let survey = survey(service) {
          report = try survey.report(of: HistoryFilter(request.window)) { turn.isWanted }
        }
      } catch {
        report?.problem = "could not read the history: \(error)"
      }
      if let report { self.post(.health(HealthAnswer(request: request, report: report))) }
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
