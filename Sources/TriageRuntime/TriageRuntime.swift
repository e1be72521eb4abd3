internal import Dispatch
internal import FailureAnalysis
internal import Foundation
internal import RunHistory
internal import Synchronization
internal import TestQueries
internal import TriageActions
internal import TriageDocuments
package import TriageMessages
package import TriageModel
package import TriageServices

/// Carries out what the screens ask for, each thing on its own thread, and posts the answers.
///
/// Reading runs, answering queries and making texts wait for nobody: a newer question makes the older one stop,
/// and an answer that nobody waits for is dropped by the screens.
package final class TriageRuntime: Sendable {
  /// What a load ended with.
  package enum Outcome: Sendable {
    /// The runs, newest first, and the files and folders to watch.
    case runs([Run], watched: [String])
    /// Why there are none, as a sentence.
    case failed(String)
  }

  /// Reads everything; `publish` is told how far it came, with a snapshot now and then, and says whether to go on.
  package typealias Load = @Sendable (_ publish: @escaping (LoadCount, [Run]?) -> Bool) -> Outcome

  private struct State {
    var runs = RunSet.none
    var revision = 0
    /// The number of the newest load; an older one stops.
    var load = 0
    var query = 0
    /// The text that is wanted by now.
    var document: DocumentRequest?
    /// What the last load that succeeded read.
    var watched: [String] = []
  }

  private let queue: EventQueue
  private let load: Load
  private let owners: OwnerLookup
  private let ownFiles: OwnFiles
  private let goldens: GoldenService
  private let decisions: DecisionRunner
  private let history: HistoryOpener
  private let historyDesk: HistoryDesk
  private let knowledge = RunKnowledge()
  private let commits: CommitSearch
  /// Reads people's rules on causes.
  private let causeBook: @Sendable () -> CauseBook
  /// Whether loaded runs are added to the history.
  private let keepsHistory: Bool
  private let watches: Bool
  private let state = Mutex(State())
  private let loading = DispatchQueue(label: "assay.loading")
  private let asking = DispatchQueue(label: "assay.asking")
  private let reading = DispatchQueue(label: "assay.reading")
  private let copying = DispatchQueue(label: "assay.copying")
  private let remembering = DispatchQueue(label: "assay.remembering")

  /// A runtime that posts to a queue; `start` begins the first load.
  package init(
    queue: EventQueue, owners: OwnerLookup, ownFiles: OwnFiles, commits: CommitSearch, goldens: GoldenFinder,
    decisions: DecisionService, keepsHistory: Bool = false, watches: Bool,
    history: @escaping HistoryOpening = { () throws(HistoryError) in nil },
    causeBook: @escaping @Sendable () -> CauseBook = { CauseBook(nil) },
    load: @escaping Load
  ) {
    self.queue = queue
    self.load = load
    self.owners = owners
    self.ownFiles = ownFiles
    self.commits = commits
    let service = GoldenService(finder: goldens, knowledge: knowledge) { queue.post($0) }
    self.goldens = service
    self.decisions = DecisionRunner(service: decisions, goldens: service) { queue.post($0) }
    let opener = HistoryOpener(open: history) { queue.post(.notice(Notice(.warning, $0))) }
    self.history = opener
    historyDesk = HistoryDesk(history: opener, owners: owners) { queue.post($0) }
    self.causeBook = causeBook
    self.keepsHistory = keepsHistory
    self.watches = watches
  }

  /// Begins to read the runs.
  package func start() {
    let number = state.withLock { state in
      state.load += 1
      return state.load
    }
    decisions.start()
    loading.async { self.runLoad(number) }
  }

  /// Carries out an effect that needs no terminal; false for those that do.
  package func perform(_ effect: Effect) -> Bool {
    switch effect {
    case .reload: start()
    case .arrange(let request):
      state.withLock { $0.query = request.generation }
      asking.async { self.answer(request) }
    case .read(let request):
      state.withLock { $0.document = request }
      reading.async { self.read(request) }
    case .findGoldens(let run, let revision): goldens.find(run: run, revision: revision)
    case .compare(let request): goldens.compare(request)
    case .whatIf(let request): goldens.tryTolerance(request)
    case .prepare(let request): decisions.prepare(request)
    case .decide(let request): decisions.decide(request)
    case .offerUndo(let isRedo): decisions.offer(isRedo: isRedo)
    case .undo(let offer): decisions.undo(offer)
    case .decideCauses(let decision):
      let place = RunKnowledge.Place(run: decision.run, revision: decision.revision)
      decisions.decide(decision) { [self] in
        run(decision.run, revision: decision.revision).map { causes(of: $0, at: place) }
      }
    case .judge(let run, let revision): judge(run, revision: revision)
    case .findFlakes(let request): historyDesk.findFlakes(request)
    case .describe(let request): historyDesk.describe(request, openRuns: state.withLock(\.runs.runs))
    case .listRuns(let request): historyDesk.listRuns(request)
    case .compareRuns(let pair): historyDesk.compare(pair)
    case .edit, .copy, .mouse, .suspend, .quit: return false
    }
    return true
  }

  /// Hands text to tmux and to the system's clipboard tool, where they are, and says which ways it went.
  ///
  /// - Parameter isOffered: Whether the terminal was asked already.
  package func copy(
    _ text: String, what: String, by route: ClipboardRoute, isOffered: Bool, environment: [String: String]
  ) {
    copying.async {
      let reach = route == .tmux ? TmuxBuffer.load(text, environment: environment) : nil
      let tool = Clipboard.systemTool(environment: environment).flatMap { Clipboard.copy(text, with: $0) ? $0[0] : nil }
      self.queue.post(.notice(Clipboard.notice(what, by: route, isOffered: isOffered, tmux: reach, tool: tool)))
    }
  }

  private func runLoad(_ number: Int) {
    let began = Date().timeIntervalSince1970
    let outcome = load { count, runs in
      guard self.state.withLock({ $0.load == number }) else { return false }
      self.queue.post(.loading(count))
      // Runs that are read again are shown when all of them are there: until then the old ones are whole.
      if let runs, !self.state.withLock(\.runs.isComplete) { self.publish(runs, isComplete: false) }
      return true
    }
    guard state.withLock({ $0.load == number }) else { return }
    switch outcome {
    case .runs(let runs, let watched):
      state.withLock { $0.watched = watched }
      let set = take(runs, isComplete: true)
      // Before anybody can ask the history of them.
      keep(set)
      queue.post(.runs(set))
      complete(set)
    case .failed(let reason):
      publish(state.withLock { $0.runs.runs }, isComplete: true)
      queue.post(.notice(Notice(.failure, reason)))
    }
    // What is gone may come back: a job often clears its folder before it writes.
    if watches { watch(FileWatch(paths: state.withLock(\.watched), readSince: began), of: number) }
  }

  /// Shows the runs again where the history knows of tests that did not run: the first screen does not wait for it.
  private func complete(_ set: RunSet) {
    remembering.async {
      guard let completed = try? self.history.service?.completed(set.runs),
        zip(completed, set.runs).contains(where: { $0.info.completeness != $1.info.completeness })
      else { return }
      guard self.state.withLock({ $0.revision == set.revision }) else { return }
      self.publish(completed, isComplete: true)
    }
  }

  /// Runs with more tests are added when a person asks for it (`assay ingest`): the screen comes first.
  private static let largestKept = 200_000

  /// Adds what was loaded to the history, where one is kept.
  private func keep(_ set: RunSet) {
    guard keepsHistory else { return }
    remembering.async {
      guard let history = self.history.service else { return }
      for (place, run) in set.runs.enumerated() where run.table.count > 0 && run.table.count <= Self.largestKept {
        do throws(HistoryError) {
          let place = RunKnowledge.Place(run: place, revision: set.revision)
          try history.add(run, signatures: self.knowledge.signatures(of: run, at: place))
        } catch {
          return self.queue.post(.notice(Notice(.warning, "could not add the run to the history: \(error)")))
        }
      }
    }
  }

  private func publish(_ runs: [Run], isComplete: Bool) { queue.post(.runs(take(runs, isComplete: isComplete))) }

  /// Makes runs the open ones, under a revision of their own.
  private func take(_ runs: [Run], isComplete: Bool) -> RunSet {
    let set = state.withLock { state in
      state.revision += 1
      state.runs = RunSet(revision: state.revision, runs: runs, isComplete: isComplete)
      return state.runs
    }
    goldens.take(set)
    return set
  }

  /// The run that a request means, unless the tables have changed since.
  private func run(_ place: Int, revision: Int) -> Run? {
    let runs = state.withLock(\.runs)
    return runs.revision == revision && runs.runs.indices.contains(place) ? runs.runs[place] : nil
  }

  /// Failing tests whose causes are worked out before the first answer; with more, tests stand by suite until then.
  private static let quicklyGrouped = 2000

  private func answer(_ request: QueryRequest) {
    let isWanted = { self.state.withLock(\.query) == request.generation }
    guard isWanted(), let run = run(request.run, revision: request.revision) else { return }
    func answer(by grouping: Grouping?) {
      let runner = QueryRunner(facts: facts(of: run, request, grouping), isWanted: isWanted)
      if let answer = runner.answer(request, in: run, groupedBy: grouping) { queue.post(.arranged(answer)) }
    }
    guard request.query.grouping == .cause else { return answer(by: nil) }
    // A table that still grows has other causes with every block that is read.
    guard state.withLock(\.runs.isComplete) else { return answer(by: .suite) }
    let place = RunKnowledge.Place(run: request.run, revision: request.revision)
    if knowledge.knownCauses(at: place) == nil, run.testsOfNote.count > Self.quicklyGrouped { answer(by: .suite) }
    answer(by: nil)
  }

  /// The causes of a run's failures; they are worked out anew when people's rules have changed.
  private func causes(of run: Run, at place: RunKnowledge.Place) -> RunCauses {
    let book = causeBook().carried { self.history.service?.rekeyed($0) ?? [:] }
    if knowledge.isNew(book), let problem = book.problem { queue.post(.notice(Notice(.warning, problem))) }
    return knowledge.causes(of: run, at: place, book) { self.history.service?.knownCauses(of: $0) ?? [:] }
  }

  /// What the causes of a run are called, by what is known of its tests by now.
  private func names(of run: Run, at place: RunKnowledge.Place, _ causes: RunCauses) -> CauseNames {
    knowledge.names(at: place, causes) { standings, goldenTests in
      CauseNames(of: run, causes: causes, standings: standings, goldenTests: goldenTests) {
        self.commits.culprit(of: $0, $1, in: run)
      }
    }
  }

  /// What is known of a run's tests by now; causes are worked out when they are asked for.
  private func facts(of run: Run, _ request: QueryRequest, _ grouping: Grouping?) -> TestFacts {
    let place = RunKnowledge.Place(run: request.run, revision: request.revision)
    let standings = knowledge.standings(at: place)
    var facts = TestFacts { self.owners.owner(of: $0, in: run) }
    facts.verdict = { standings[$0]?.verdict.label }
    facts.brokeAt = { standings[$0]?.brokeAt }
    guard (grouping ?? request.query.grouping) == .cause else { return facts }
    let names = names(of: run, at: place, causes(of: run, at: place))
    facts.cause = { names.name(of: $0) }
    return facts
  }

  /// Says what the history knows of a run's tests, after all runs that were read are in it; what takes longer follows.
  private func judge(_ place: Int, revision: Int) {
    remembering.async {
      guard let run = self.run(place, revision: revision) else { return }
      var judgement = RunJudgement(run: place, revision: revision, tests: [:])
      guard let service = self.history.service else { return self.queue.post(.judgement(judgement)) }
      let at = RunKnowledge.Place(run: place, revision: revision)
      do throws(HistoryError) {
        judgement.tests = try service.standings(
          of: run.testsOfNote, in: run, self.knowledge.signatures(of: run, at: at))
        self.knowledge.take(judgement.tests, at: at)
        if place == 0 { judgement.sinceLook = try service.look(at: run, isKept: self.keepsHistory) }
      } catch {
        self.queue.post(.notice(Notice(.warning, "could not read the history: \(error)")))
      }
      self.queue.post(.judgement(judgement))
      self.historyDesk.countFlaky(besides: judgement, of: run)
    }
  }

  private func read(_ request: DocumentRequest) {
    let (wanted, set) = state.withLock { ($0.document, $0.runs) }
    guard wanted == request, set.revision == request.revision, set.runs.indices.contains(request.run) else { return }
    let run = set.runs[request.run]
    let text = DocumentBuilder.text(
      about: request.subject, of: run, at: request.run, from: sources(for: request, run, set.runs))
    queue.post(.document(Document(request: request, text)))
  }

  /// What a text is made from besides its run; `runs` are the open ones of the same reading.
  private func sources(for request: DocumentRequest, _ run: Run, _ runs: [Run]) -> DocumentSources {
    let place = RunKnowledge.Place(run: request.run, revision: request.revision)
    let standings = knowledge.standings(at: place)
    var sources = DocumentSources(ownFiles: ownFiles)
    sources.runs = runs
    sources.history = { self.history.service }
    sources.standing = { test in
      // Tests that passed are not judged with the others: a person asks for one of them now and then.
      if standings[test] != nil || run.table.isOfNote(test) { return standings[test] }
      return self.history.service?.standing(of: test, in: run)
    }
    sources.commits = { self.commits.range(for: $1, of: $0, in: run, ownFiles: self.ownFiles) }
    sources.causes = knowledge.knownCauses(at: place).map { names(of: run, at: place, $0) }
    sources.patch = { self.commits.patch(of: $0) }
    sources.owner = { self.owners.owner(of: $0, in: run) }
    return sources
  }

  /// Looks once a second whether the files changed; then the screens are told, and they ask for a reload.
  private func watch(_ files: FileWatch, of number: Int) {
    reading.asyncAfter(deadline: .now() + 1) {
      guard self.state.withLock({ $0.load == number }) else { return }
      var files = files
      if files.hasChanged() { self.queue.post(.filesChanged) } else { self.watch(files, of: number) }
    }
  }
}
