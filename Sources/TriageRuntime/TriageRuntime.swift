internal import Dispatch
internal import FailureAnalysis
internal import Foundation
internal import RunHistory
internal import Synchronization
package import SystemKit
internal import ItemQueries
internal import TriageActions
internal import TriageDocuments
package import TriageMessages
package import TriageModel
package import TriageServices
internal import Workspace

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

  private let queue: EventQueue
  private let load: Load
  private let ownFiles: OwnFiles
  private let runs: OpenRuns
  private let goldens: GoldenQueue
  private let decisions: DecisionQueue
  private let history: HistoryOpener
  private let past: HistoryQueue
  private let jobs: JobQueue
  private let commits: CommitSearch
  private let runbooks: RunbookLibrary?
  /// Reads people's rules on causes.
  private let causeRules: @Sendable () -> CauseRuleSet
  /// Reads what the team decided and kept.
  private let readRecords: @Sendable (HistoryService?) -> TeamRecords
  /// Counts figures from a history and the golden changes of the run that is looked at.
  private let health: @Sendable (HistoryService, GoldenSurvey?) -> HealthSurvey?
  /// Whether loaded runs are added to the history.
  private let keepsHistory: Bool
  private let watches: Bool
  /// What the last load that succeeded read.
  private let watched = Mutex<[String]>([])
  private let loading = Latest<Void>(on: DispatchQueue(label: "assay.loading"))
  private let arranging = Latest<QueryRequest>(on: DispatchQueue(label: "assay.asking"))
  private let reading = Latest<DocumentRequest>(on: DispatchQueue(label: "assay.reading"))
  private let relearning = Latest<RunRef>(on: DispatchQueue(label: "assay.relearning"))
  private let watching = DispatchQueue(label: "assay.watching")
  private let copying = DispatchQueue(label: "assay.copying")
  private let remembering = DispatchQueue(label: "assay.remembering")

  /// A runtime that posts to a queue; `start` begins the first load.
  package init(
    queue: EventQueue, owners: OwnerLookup, ownFiles: OwnFiles, commits: CommitSearch, goldens: GoldenFinder,
    runbooks: RunbookLibrary? = nil, decisions: DecisionService, keepsHistory: Bool = false, watches: Bool,
    history: @escaping HistoryOpening = { () throws(HistoryError) in nil },
    causeRules: @escaping @Sendable () -> CauseRuleSet = { CauseRuleSet(nil) },
    records: @escaping @Sendable (HistoryService?) -> TeamRecords = { _ in .none },
    health: @escaping @Sendable (HistoryService, GoldenSurvey?) -> HealthSurvey? = { _, _ in nil },
    elsewhere: JobReruns? = nil, load: @escaping Load
  ) {
    self.queue = queue
    self.load = load
    self.ownFiles = ownFiles
    self.commits = commits
    self.runbooks = runbooks
    let runs = OpenRuns(owners: owners, commits: commits)
    self.runs = runs
    self.goldens = GoldenQueue(finder: goldens, runs: runs) { queue.post($0) }
    let opener = HistoryOpener(open: history) { queue.post(.notice(Notice(.warning, $0))) }
    self.history = opener
    self.decisions = DecisionQueue(
      service: decisions, goldens: self.goldens, history: opener, owners: owners, elsewhere: elsewhere
    ) { queue.post($0) }
    jobs = JobQueue(service: decisions.reruns, history: opener, elsewhere: elsewhere) { queue.post($0) }
    past = HistoryQueue(history: opener, owners: owners) { queue.post($0) }
    self.causeRules = causeRules
    readRecords = records
    self.health = health
    self.keepsHistory = keepsHistory
    self.watches = watches
  }

  /// Begins to read the runs.
  package func start() {
    decisions.start()
    remembering.async {
      for words in self.runbooks?.problems ?? [] { self.queue.post(.notice(Notice(.warning, words))) }
    }
    loading.ask(()) { _, turn in self.runLoad(turn) }
  }

  /// Carries out an effect that needs no terminal; false for those that do.
  package func perform(_ effect: Effect) -> Bool {
    switch effect {
    case .reload: start()
    case .arrange(let request): arranging.ask(request) { self.answer($0, $1) }
    case .read(let request): reading.ask(request) { request, _ in self.read(request) }
    case .findGoldens(let run): goldens.find(run)
    case .compare(let request): goldens.compare(request)
    case .whatIf(let request): goldens.tryTolerance(request)
    case .prepare(let request): decisions.prepare(request)
    case .decide(let request): decisions.decide(request)
    case .offerUndo(let isRedo): decisions.offer(isRedo: isRedo)
    case .undo(let offer): decisions.undo(offer) { [self] in learnRecords() }
    case .prepareAction(let request):
      guard let dossier = runs.named(request.run) else { return true }
      decisions.prepare(request, dossier)
    case .carryOut(let request) where request.action.id == Rerun.description.id:
      guard let dossier = runs.named(request.run) else { return true }
      decisions.rerun(request, dossier) { [self] plan in
        jobs.start(plan, run: request.run, dossier.run.info) { [self] in learnReruns(of: request.run) }
      }
    case .cancelJob(let number): jobs.cancel(number)
    case .carryOut(let request):
      guard let dossier = runs.named(request.run) else { return true }
      decisions.carryOut(request, dossier) { [self] in learnRecords() }
    case .mark(let run, let test, let mark): keep(mark, at: test, of: run)
    case .prepareScript(let run, let test, let place): prepare(place, for: test, of: run)
    case .acceptScript(let offer): runbooks.map { decisions.accept(offer, $0) }
    case .keepScript(let offer, let status): keepRun(of: offer, status: status)
    case .composeTicket(let run, let test): remembering.async { self.composeTicket(on: test, of: run) }
    case .keepTicket(let ticket, let subject): keep(ticket, on: subject)
    case .decideCauses(let decision):
      decisions.decide(decision) { [self] in
        findCauses(of: decision.run)
        return runs.dossier(decision.run)?.causes
      }
    case .judge(let run): judge(run)
    case .findMutes(let request): past.findMutes(request, readRecords, decisions.muteSettings)
    case .findHealth(let request):
      past.findHealth(request) { [self] in health($0, goldens.survey(of: request.run)) }
    case .findFlakes(let request): past.findFlakes(request)
    case .describe(let request): past.describe(request, openRuns: runs.set.runs)
    case .listRuns(let request): past.listRuns(request)
    case .compareRuns(let pair): past.compare(pair)
    case .runScript, .fileTicket, .edit, .openElsewhere, .copy, .mouse, .suspend, .quit: return false
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

  private func runLoad(_ turn: Turn) {
    let began = Date().timeIntervalSince1970
    let outcome = load { count, runs in
      guard turn.isWanted else { return false }
      self.queue.post(.loading(count))
      // Runs that are read again are shown when all of them are there: until then the old ones are whole.
      if let runs, !self.runs.set.isComplete { self.publish(runs, isComplete: false) }
      return true
    }
    guard turn.isWanted else { return }
    switch outcome {
    case .runs(let runs, let watched):
      self.watched.withLock { $0 = watched }
      let set = self.runs.open(runs, isComplete: true)
      // Before anybody can ask the history of them.
      keep(set)
      queue.post(.runs(set))
      complete(set)
    case .failed(let reason):
      publish(runs.set.runs, isComplete: true)
      queue.post(.notice(Notice(.failure, reason)))
    }
    // What is gone may come back: a job often clears its folder before it writes.
    if watches { watch(FileWatch(paths: watched.withLock(\.self), readSince: began), turn) }
  }

  /// Shows the runs again where the history knows of tests that did not run: the first screen does not wait for it.
  private func complete(_ set: RunSet) {
    remembering.async {
      guard let completed = try? self.history.service?.completed(set.runs),
        zip(completed, set.runs).contains(where: {
          $0.info.completeness != $1.info.completeness || $0.table.itemCounts != $1.table.itemCounts
        })
      else { return }
      guard self.runs.set.revision == set.revision else { return }
      self.publish(completed, isComplete: true)
    }
  }

  /// Runs with more tests are added when a person asks for it (`assay ingest`): the screen comes first.
  private static let largestKept = 200_000

  /// Adds what was loaded to the history, where one is kept.
  private func keep(_ set: RunSet) {
    guard keepsHistory else { return }
    remembering.async {
      // Who may only read a shared history, or has a copy of it, was told so when it was opened.
      guard let history = self.history.service, history.refusal == nil else { return }
      // Oldest first: items are judged by the runs before them.
      for (index, run) in set.runs.enumerated().reversed()
      where run.table.count > 0 && run.table.count <= Self.largestKept {
        do throws(HistoryError) {
          try history.add(run, signatures: self.runs.signatures(of: run, set.ref(index)))
        } catch {
          return self.queue.post(.notice(Notice(.warning, "could not add the run to the history: \(error)")))
        }
      }
    }
  }

  private func publish(_ runs: [Run], isComplete: Bool) {
    queue.post(.runs(self.runs.open(runs, isComplete: isComplete)))
  }

  /// Failing tests whose causes are worked out before the first answer; with more, tests stand by suite until then.
  private static let quicklyGrouped = 2000

  private func answer(_ request: QueryRequest, _ turn: Turn) {
    guard let known = runs.dossier(request.run) else { return }
    func answer(_ dossier: RunDossier, by grouping: Grouping?) {
      let found = request.query.arrangement(of: dossier.run, dossier.facts, groupedBy: grouping) { turn.isWanted }
      guard let (arrangement, problem) = found else { return }
      queue.post(.arranged(QueryAnswer(request: request, arrangement: arrangement, problem: problem)))
    }
    guard request.query.grouping == .cause else { return answer(known, by: nil) }
    // A table that still grows has other causes with every block that is read.
    guard runs.set.isComplete else { return answer(known, by: .suite) }
    if known.causes == nil, known.run.testsOfNote.count > Self.quicklyGrouped { answer(known, by: .suite) }
    findCauses(of: request.run)
    if let named = runs.named(request.run) { answer(named, by: nil) }
  }

  /// Works out the causes of a run's failures, anew when people's rules have changed.
  private func findCauses(of run: RunRef) {
    let book = causeRules().carried { self.history.service?.rekeyed($0) ?? [:] }
    if runs.isNew(book), let problem = book.problem { queue.post(.notice(Notice(.warning, problem))) }
    runs.findCauses(of: run, book) { self.history.service?.knownCauses(of: $0) ?? [:] }
  }

  /// Says what the history knows of a run's tests, after all runs that were read are in it; what takes longer follows.
  private func judge(_ ref: RunRef) {
    remembering.async {
      guard let run = self.runs.set[ref] else { return }
      var judgement = RunJudgement(run: ref, tests: [:])
      self.learn(self.readRecords(self.history.service), of: ref)
      guard let service = self.history.service else {
        judgement.tests = self.runs.dossier(ref)?.standings ?? [:]
        return self.queue.post(.judgement(judgement))
      }
      do throws(HistoryError) {
        let standings = try service.standings(of: run.testsOfNote, in: run, self.runs.signatures(of: run, ref))
        self.runs.learn(of: ref) { $0.take(standings) }
        judgement.tests = self.runs.dossier(ref)?.standings ?? [:]
        if ref.index == 0 { judgement.sinceLook = try service.look(at: run, isKept: self.keepsHistory) }
      } catch {
        self.queue.post(.notice(Notice(.warning, "could not read the history: \(error)")))
      }
      self.queue.post(.judgement(judgement))
      self.past.countFlaky(besides: judgement, of: run)
    }
  }

  /// Learns of a run what the team decided and kept, and says what could not be read of it.
  private func learn(_ records: TeamRecords, of ref: RunRef) {
    for problem in records.problems { queue.post(.notice(Notice(.warning, problem))) }
    // A mute of one failure can be looked up only where it is known what the tests said.
    if !records.mutes.mutes.isEmpty, let run = runs.set[ref] { _ = runs.signatures(of: run, ref) }
    runs.learn(of: ref) { $0.take(records) }
  }

  /// Says what reruns make of a run's tests.
  private func learnReruns(of ref: RunRef) {
    relearning.ask(ref) { [self] ref, _ in
      guard let run = runs.set[ref], let service = history.service,
        let standings = try? service.standings(of: run.testsOfNote, in: run, runs.signatures(of: run, ref))
      else { return }
      runs.learn(of: ref) { $0.take(standings) }
      if let dossier = runs.dossier(ref) { queue.post(.standings(ref, dossier.standings)) }
    }
  }

  /// Learns again what the team decided, and says what it makes of the tests.
  private func learnRecords() {
    let records = readRecords(history.service)
    let set = runs.set
    for index in set.runs.indices where runs.isKnown(set.ref(index)) {
      learn(records, of: set.ref(index))
      guard let dossier = runs.dossier(set.ref(index)) else { continue }
      queue.post(.standings(set.ref(index), dossier.standings))
    }
    queue.post(.causesChanged)
  }

  private func read(_ request: DocumentRequest) {
    let set = runs.set
    guard set[request.run] != nil, let dossier = runs.named(request.run) else { return }
    let text = DocumentBuilder.text(
      about: request.subject, of: dossier.run, at: request.run.index, from: sources(for: dossier, among: set.runs))
    queue.post(.document(Document(request: request, text)))
  }

  private func keep(_ mark: RunbookMark, at test: TestIndex, of run: RunRef) {
    guard let dossier = runs.named(run), let runbooks else { return }
    decisions.write("could not write it: ", learn: { self.learnRecords() }) { [queue] service throws(JournalError) in
      let (title, page) = try service.carryOut(mark, at: test, in: dossier, runbooks)
      if let page { queue.post(.runbookStarted(page)) }
      return title
    }
  }

  private func prepare(_ place: RunbookScript.Place, for test: TestIndex, of run: RunRef) {
    guard let dossier = runs.named(run), let runbooks else {
      return queue.post(.scriptRefused(place, DecisionQueue.reread))
    }
    decisions.prepare(place, for: test, in: dossier, runbooks)
  }

  /// Keeps that a block was run; what it did is not undone with the note of it.
  private func keepRun(of offer: ScriptOffer, status: Int) {
    decisions.write("could not keep that it was run: ", remark: "", learn: { self.learnRecords() }) {
      service throws(JournalError) in try service.keep(offer, status: status)
    }
  }

  private func keep(_ ticket: String, on subject: NoteSubject) {
    decisions.write("could not keep the ticket with the failure: ", learn: { self.learnRecords() }) {
      service throws(JournalError) in try service.keep(ticket: ticket, on: subject)
    }
  }

  /// Composes a ticket on a test's failure by all that is known of it.
  private func composeTicket(on test: TestIndex, of run: RunRef) {
    guard let dossier = runs.named(run) else {
      return queue.post(.notice(Notice(.warning, DecisionQueue.reread)))
    }
    let sources = sources(for: dossier, among: runs.set.runs)
    guard let draft = TicketDraft(on: test, in: dossier, from: sources, history: history.service) else {
      return queue.post(.notice(Notice(.warning, "could not compose a ticket: the test did not fail")))
    }
    queue.post(.ticketComposed(draft))
  }

  /// What a text is made from besides its run; `open` are the runs of the same reading.
  private func sources(for dossier: RunDossier, among open: [Run]) -> DocumentSources {
    let run = dossier.run
    var sources = DocumentSources(ownFiles: ownFiles)
    sources.runs = open
    sources.history = { self.history.service }
    sources.standing = { test in
      // Tests that passed are not judged with the others: a person asks for one of them now and then.
      if dossier.standings[test] != nil || run.table.isOfNote(test) { return dossier.standings[test] }
      return self.history.service?.standing(of: test, in: run)
    }
    sources.commits = { self.commits.range(for: $1, of: $0, in: run, ownFiles: self.ownFiles) }
    sources.causes = dossier.names
    sources.wrapped = dossier.signatures?.wrapped
    sources.runbooks = runbooks
    sources.pages = { self.runbooks?.pages(for: $0, in: dossier) ?? [] }
    sources.coverage = { self.commits.coverage(of: $0, in: run, among: open) }
    sources.patch = { self.commits.patch(of: $0) }
    sources.owner = { dossier.owner(of: $0) }
    sources.notes = { dossier.notes(on: $0) }
    return sources
  }

  /// Looks once a second whether the files changed; then the screens are told, and they ask for a reload.
  private func watch(_ files: FileWatch, _ turn: Turn) {
    watching.asyncAfter(deadline: .now() + 1) {
      guard turn.isWanted else { return }
      var files = files
      if files.hasChanged() { self.queue.post(.filesChanged) } else { self.watch(files, turn) }
    }
  }
}
